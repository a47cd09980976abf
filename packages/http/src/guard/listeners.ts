/**
 * The app's own functions that only listen: to decisions, and to faults.
 *
 * Shape   one that answers later holds nothing up. Where it fails then, nobody waits for it any more, and a failure that
 *         nobody catches would end the app: `onFault` hears of it. What fails in `onFault` itself is let go.
 * Errors  What `onDecision` throws at once, and nothing else: it refuses the request.
 *
 * @module
 */
import type { DecisionEvent } from './decision.js'
import { type FaultEvent, reportFault } from './fault.js'
import { isPromise } from './time-limit.js'

export interface Listeners {
  readonly onDecision: (event: DecisionEvent) => void
  readonly onFault: (event: FaultEvent) => void
}

export function listenersOf({
  onDecision,
  onFault = reportFault,
}: { readonly [Name in keyof Listeners]?: Listeners[Name] | undefined }): Listeners {
  const tellFault: Listeners['onFault'] = (event) => {
    try {
      whereItFails(onFault(event), () => {})
    } catch {
      // A reporter that fails must not turn a refusal into something else.
    }
  }
  return {
    onFault: tellFault,
    onDecision: (event) => {
      const { id, request } = event.decision
      whereItFails(onDecision?.(event), (cause) => tellFault({ id, action: request.action, cause }))
    },
  }
}

/** Types say that a listener answers nothing; an `async` one fits them too. */
function whereItFails(answer: unknown, tell: (cause: unknown) => void): void {
  if (isPromise(answer)) Promise.resolve(answer).catch(tell)
}
