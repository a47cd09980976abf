/**
 * Tells the control plane what was decided, in batches, and never in a request's way.
 *
 * Shape   equal decisions are counted together. The buffer has a bound: what does not fit is counted as dropped, and the
 *         count is told. A batch that could not be sent is sent again under its id, and is counted once; one that the
 *         control plane will never take is dropped, so that it holds up no other.
 * Units   milliseconds.
 * Errors  {@link ClientOptionsError} (`ERR_CLIENT_OPTIONS_INVALID`) from {@link reportActivity}. What cannot be sent is told
 *         to `onProblem`.
 *
 * @module
 */
import { type AnyClient, transportOf } from '../client.js'
import { ServiceError } from '../errors.js'
import { checkNames, type NamesOf } from '../option-names.js'

/** What an app's `onDecision` hears; that of `createIam` is one. */
export interface DecidedEvent {
  readonly time: Date
  readonly decision: {
    readonly answer: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'
    readonly request: {
      readonly principal: object
      readonly action: string
      readonly resource: string
    }
  }
}

export interface ActivityOptions {
  /** Names the app in the control plane's records. */
  readonly app?: string
  /** Absent: 5,000. */
  readonly flushEvery?: number
  /** Different decisions that are held at the most. Absent: 10,000. */
  readonly capacity?: number
  readonly onProblem?: (error: unknown) => void
}

export interface ActivityStatus {
  readonly held: number
  readonly sent: number
  readonly dropped: number
}

export interface Activity {
  /** For `createIam({ onDecision })`. */
  readonly onDecision: (event: DecidedEvent) => void
  /** Sends what is held now; resolves when it is sent or cannot be. */
  readonly flush: () => Promise<void>
  readonly status: () => ActivityStatus
  /** Sends what is left, and stops. */
  readonly close: () => Promise<void>
}

interface Line {
  readonly time: string
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly answer: DecidedEvent['decision']['answer']
  count: number
}

interface Batch {
  readonly batchId: string
  readonly app: string | undefined
  readonly dropped: number
  readonly events: readonly Line[]
}

const LONGEST_BATCH = 1_000

const NAMES: NamesOf<ActivityOptions> = {
  app: true,
  flushEvery: true,
  capacity: true,
  onProblem: true,
}

/**
 * Reports decisions.
 *
 * @example
 * ```ts
 * const activity = reportActivity(client, { app: 'documents' })
 * createIam({ …, onDecision: activity.onDecision })
 * ```
 */
export function reportActivity(client: AnyClient, options: ActivityOptions = {}): Activity {
  checkNames('reportActivity', options, NAMES)
  const { app, flushEvery = 5_000, capacity = 10_000, onProblem } = options
  const held = new Map<string, Line>()
  let pending: Batch | undefined
  let dropped = 0
  let toldDropped = 0
  let sent = 0
  let sending: Promise<void> | undefined

  const nextBatch = (): Batch | undefined => {
    if (held.size === 0 && dropped === toldDropped) return undefined
    const events = [...held.values()].slice(0, LONGEST_BATCH)
    for (const key of [...held.keys()].slice(0, LONGEST_BATCH)) held.delete(key)
    const untold = dropped - toldDropped
    toldDropped = dropped
    return { batchId: crypto.randomUUID(), app, dropped: untold, events }
  }
  const send = async () => {
    for (pending ??= nextBatch(); pending; pending = nextBatch()) {
      try {
        await transportOf(client).call({ method: 'POST', path: '/v1/activity', body: pending })
        sent += countOf(pending)
      } catch (error) {
        onProblem?.(error)
        if (isHopeless(error)) {
          dropped += countOf(pending)
          toldDropped -= pending.dropped // what it was to tell is for the next one
          pending = undefined
        }
        return
      }
    }
  }
  const flush = () => {
    sending ??= send().finally(() => {
      sending = undefined
    })
    return sending
  }
  const timer = setInterval(() => void flush(), flushEvery)
  ;(timer as { unref?: () => void }).unref?.()

  return {
    onDecision({ time, decision: { answer, request } }) {
      const principal = nameOf(request.principal)
      const key = `${answer} ${request.action} ${principal} ${request.resource}`
      const line = held.get(key)
      if (line) line.count += 1
      else if (held.size >= capacity) dropped += 1
      else {
        const { action, resource } = request
        held.set(key, { time: time.toISOString(), principal, action, resource, answer, count: 1 })
      }
    },
    flush,
    status: () => ({ held: held.size + (pending?.events.length ?? 0), sent, dropped }),
    close: async () => {
      clearInterval(timer)
      await flush()
      await flush()
    },
  }
}

function countOf({ events }: Batch): number {
  return events.reduce((sum, { count }) => sum + count, 0)
}

/** Refused for what it says, and so each time. */
function isHopeless(error: unknown): boolean {
  return (
    error instanceof ServiceError && (error.code === 'ValidationException' || error.status === 413)
  )
}

/** The ARN, or what a caller without one is known by. */
function nameOf(principal: object): string {
  const { arn, service, provider, type } = principal as Readonly<Record<string, unknown>>
  return String(arn ?? service ?? provider ?? type)
}
