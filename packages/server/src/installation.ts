/**
 * What a new installation begins with: one account, and credentials of its root.
 *
 * Shape   nothing is open: without these credentials nobody gets in. They are told once, and kept sealed.
 * Errors  {@link Fault} of a write.
 *
 * @module
 */
import { randomInt } from 'node:crypto'
import { newAccessKeyId, newSecret } from './iam/ids.js'
import type { AccountDraft } from './state/account-view.js'
import { kinds } from './state/record-shape.js'
import type { Writer } from './state/writer.js'
import { purposeOf } from './vault/sealed-field.js'
import type { Vault } from './vault/vault.js'

export interface RootCredentials {
  /** Twelve digits. */
  readonly account: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

interface Parts {
  readonly writer: Pick<Writer, 'world' | 'write'>
  readonly vault: Vault
  readonly now: () => Date
}

/**
 * Makes the first account, where there is none.
 *
 * @returns its root credentials, which nobody can ask for again; `undefined` where there was an account
 */
export async function install(
  parts: Parts,
  given?: RootCredentials,
): Promise<RootCredentials | undefined> {
  if (parts.writer.world.accounts().length > 0) return undefined
  const root = given ?? {
    account: String(randomInt(1, 1_000_000_000_000)).padStart(12, '0'),
    accessKeyId: newAccessKeyId(),
    secretAccessKey: newSecret(),
  }
  const isNew = await parts.writer.write(root.account, (draft, head) => {
    if (head.accounts().length > 0) return false
    putRoot(draft, root, parts)
    return true
  })
  return isNew ? root : undefined
}

/**
 * Makes a further account, where it is not there yet.
 *
 * @returns its root credentials, which nobody can ask for again; `undefined` where it was there
 */
export async function addAccount(
  parts: Parts,
  root: RootCredentials,
): Promise<RootCredentials | undefined> {
  const isNew = await parts.writer.write(root.account, (draft, head) => {
    if (head.account(root.account) || head.accessKey(root.accessKeyId)) return false
    putRoot(draft, root, parts)
    return true
  })
  return isNew ? root : undefined
}

/** Removes every account and begins anew: for tests. */
export async function reset(parts: Parts, root: RootCredentials): Promise<void> {
  for (const account of parts.writer.world.accounts()) {
    await parts.writer.write(account, clear)
  }
  await install(parts, root)
}

function putRoot(draft: AccountDraft, root: RootCredentials, { vault, now }: Parts): void {
  const createDate = now().toISOString()
  const { account, accessKeyId: id, secretAccessKey } = root
  draft.put('account', { id: account, createDate })
  const secret = vault.seal(secretAccessKey, purposeOf('access-key', id))
  draft.put('access-key', { id, createDate, status: 'Active', secret })
}

function clear(draft: AccountDraft): void {
  for (const kind of kinds) {
    for (const { id } of [...draft.list(kind)]) draft.remove(kind, id)
  }
}
