/**
 * The last good policies, kept where a restart finds them.
 *
 * Shape   text in, text out; `fileCopy` of `@iamkit/client/node` keeps it in a file.
 * Errors  What `read` and `write` throw is told to `onProblem`, and harms nothing.
 *
 * @module
 */
import { readSnapshot, type Snapshot } from './snapshot.js'

export interface KeptCopy {
  /** Nothing where none was kept. */
  readonly read: () => Promise<string | undefined>
  readonly write: (text: string) => Promise<void>
}

/** A snapshot, and when it was last known to be the newest. */
export interface Kept {
  readonly snapshot: Snapshot
  /** Milliseconds since 1970, by this machine's clock. */
  readonly confirmed: number
}

export function formatKept(kept: Kept): string {
  return JSON.stringify(kept)
}

export function parseKept(text: string): Kept {
  const { snapshot, confirmed } = JSON.parse(text) as { snapshot: unknown; confirmed: unknown }
  return {
    snapshot: readSnapshot(snapshot),
    confirmed: typeof confirmed === 'number' ? confirmed : 0,
  }
}
