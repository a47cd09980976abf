/**
 * How long decisions take and how they end, for whoever watches the app.
 *
 * Shape   a {@link Telemetry} starts a {@link Measurement} for each guard and each check.
 *         `@iamkit/http/otel` makes one of OpenTelemetry's API.
 * Errors  None of its own.
 *
 * @module
 */
import type { IamDecision } from '../guard/decision.js'
import type { Outcome } from '../guard/outcome.js'
import { andThen } from '../guard/time-limit.js'
import type { Mode, Route } from '../route/route.js'

export interface Telemetry {
  start(action: string): Measurement
}

export interface Measurement {
  /** Runs the work once and gives what it gives; what it starts may become children of the span. */
  within<T>(work: () => T): T
  end(result: Measured): void
}

/** What is known when a guard or a check has ended. */
export interface Measured {
  readonly action: string
  /** How a guard ended; for a check, `allowed` or `denied`; `failed` where it threw. */
  readonly outcome: Outcome['kind'] | 'failed'
  readonly mode: Mode
  readonly resourceType?: string | undefined
  /** Absent where no decision was made. */
  readonly decision?: IamDecision | undefined
}

/** A guard in its span. In shadow mode the outcome is what would have been. */
export function measuredGuard<T>(
  telemetry: Telemetry | undefined,
  { action, options }: Route<T>,
  run: () => Outcome<T> | Promise<Outcome<T>>,
): Outcome<T> | Promise<Outcome<T>> {
  if (telemetry === undefined) return run()
  const measurement = telemetry.start(action.action)
  return andThen(measurement.within(run), (outcome) => {
    measurement.end({
      action: action.action,
      outcome:
        outcome.kind === 'allowed' ? (outcome.access.refusal?.kind ?? 'allowed') : outcome.kind,
      mode: options.mode ?? 'enforce',
      resourceType: action.resource?.resourceType,
      decision: decisionIn(outcome),
    })
    return outcome
  })
}

/** A check in its span. */
export function measuredCheck(
  telemetry: Telemetry | undefined,
  action: string,
  run: () => IamDecision,
): IamDecision {
  if (telemetry === undefined) return run()
  const measurement = telemetry.start(action)
  const about = { action, mode: 'enforce' } as const
  try {
    const decision = measurement.within(run)
    measurement.end({ ...about, outcome: decision.allowed ? 'allowed' : 'denied', decision })
    return decision
  } catch (error) {
    measurement.end({ ...about, outcome: 'failed' })
    throw error
  }
}

function decisionIn(outcome: Outcome): IamDecision | undefined {
  if (outcome.kind === 'allowed') return outcome.access.decision
  return 'decision' in outcome ? outcome.decision : undefined
}
