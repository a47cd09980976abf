/**
 * Keeps a page's snapshot up to date. **For display only, as the snapshot is.**
 *
 * Shape   the app's server is asked again and again while the page is looked at, and at once when somebody comes back to it;
 *         told is only a snapshot that differs. Where the server does not answer, the last one stays.
 * Units   milliseconds.
 * Errors  {@link ClientOptionsError} (`ERR_CLIENT_OPTIONS_INVALID`) from {@link followSnapshot}. What `load` rejects with
 *         changes nothing.
 *
 * @module
 */
import { checkNames, type NamesOf } from '../option-names.js'
import type { CanSnapshot } from './can-snapshot.js'

/** Asks the app's server. The signal says that nobody waits any more. */
export type LoadSnapshot = (signal: AbortSignal) => Promise<CanSnapshot>

export interface FollowSnapshotOptions {
  /** The one in hand. */
  readonly first: CanSnapshot
  readonly load: LoadSnapshot
  readonly onChange: (snapshot: CanSnapshot) => void
  /** Absent: 5,000. */
  readonly every?: number | undefined
}

const NAMES: NamesOf<FollowSnapshotOptions> = {
  first: true,
  load: true,
  onChange: true,
  every: true,
}

const PATIENCE = 10_000

/** Where there is a page: at the edge and in tests there is none. */
interface Page extends EventTarget {
  readonly visibilityState: string
}

/**
 * Follows until the answer is called.
 *
 * @example
 * ```ts
 * const load = async (signal) => (await fetch('/policies', { signal })).json()
 * const stop = followSnapshot({ first, load, onChange: (snapshot) => show(createCan(snapshot)) })
 * ```
 */
export function followSnapshot(options: FollowSnapshotOptions): () => void {
  checkNames('followSnapshot', options, NAMES)
  const { first, load, onChange, every = 5_000 } = options
  const { document: page } = globalThis as { document?: Page }
  const stop = new AbortController()
  const { signal } = stop
  let known = JSON.stringify(first)
  let isAsking = false
  const ask = async () => {
    if (isAsking || page?.visibilityState === 'hidden') return
    isAsking = true
    const snapshot = await loadInTime(load, signal)
    isAsking = false
    const text = JSON.stringify(snapshot)
    if (snapshot === undefined || signal.aborted || text === known) return
    known = text
    onChange(snapshot)
  }
  const timer = setInterval(() => void ask(), every)
  page?.addEventListener('visibilitychange', () => void ask(), { signal })
  return () => {
    clearInterval(timer)
    stop.abort()
  }
}

async function loadInTime(
  load: LoadSnapshot,
  signal: AbortSignal,
): Promise<CanSnapshot | undefined> {
  try {
    const loaded = await load(AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]))
    return loaded?.format === 1 ? loaded : undefined // a refusal, taken for a snapshot, would break the page
  } catch {
    return undefined // the next time, perhaps
  }
}
