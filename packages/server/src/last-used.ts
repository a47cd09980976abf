/**
 * When access keys and roles were used last.
 *
 * Shape   noted in memory and written together, once in a while: AWS's own answer is late by some hours too. What is no
 *         longer there is not written.
 * Errors  None: what cannot be written is told to `onError`, and noted anew at the next use.
 *
 * @module
 */
import type { Call } from './operation.js'
import type { LastUsedEntity } from './state/entity.js'
import type { Writer } from './state/writer.js'

export class LastUsed {
  readonly #writer: Pick<Writer, 'write'>
  readonly #onError: (error: unknown) => void
  /** Accounts → ids → uses. */
  #noted = new Map<string, Map<string, LastUsedEntity>>()

  constructor(writer: Pick<Writer, 'write'>, onError: (error: unknown) => void) {
    this.#writer = writer
    this.#onError = onError
  }

  /** @param service that was called, such as `iam` */
  note({ caller, now, region }: Pick<Call, 'caller' | 'now' | 'region'>, service: string): void {
    const id = caller.session?.kind === 'role' ? caller.session.subject : keyOf(caller)
    if (id === undefined || caller.account === '') return
    const uses = this.#noted.get(caller.account) ?? new Map<string, LastUsedEntity>()
    this.#noted.set(caller.account, uses)
    uses.set(id, { id, date: now.toISOString(), service, region })
  }

  async flush(): Promise<void> {
    const noted = this.#noted
    this.#noted = new Map()
    const writes = [...noted].map(([account, uses]) =>
      this.#writer.write(account, (draft) => {
        for (const use of uses.values()) {
          const isThere = draft.get('access-key', use.id) ?? draft.get('role', use.id)
          if (isThere) draft.put('last-used', use)
        }
      }),
    )
    const results = await Promise.allSettled(writes)
    for (const result of results) if (result.status === 'rejected') this.#onError(result.reason)
  }
}

/** A session of a user is not its key: the key was used when the session was made. */
function keyOf({ accessKeyId, session }: Call['caller']): string | undefined {
  return session ? undefined : accessKeyId
}
