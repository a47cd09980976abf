/**
 * Makes an account of an archive, with the ids that it had.
 *
 * Shape   everything in one transaction, into an installation that has no such account and none of its access keys.
 *         What policies say is not checked: one that cannot be read denies everything.
 * Errors  `ArchiveError` for whatever is wrong with the archive or in the way of it; `StoreError`; {@link Fault}
 *         `ServiceUnavailable` of the write.
 *
 * @module
 */
import type { AccountDraft } from '../state/account-view.js'
import type { Entities, Kind } from '../state/entity.js'
import { isRecord, kinds } from '../state/record-shape.js'
import type { World } from '../state/world.js'
import { openWriter } from '../state/writer.js'
import type { Store } from '../store/store.js'
import type { Vault } from '../vault/vault.js'
import { VaultError } from '../vault/vault-error.js'
import { type Archive, ArchiveError } from './archive.js'
import { type Carrier, carried } from './carried.js'
import { vaultOf } from './passphrase.js'

export interface ImportOptions {
  readonly store: Store
  readonly vault: Vault
  /** An {@link Archive}, as it was read: nothing is taken for granted. */
  readonly archive: unknown
  /** Needed where the archive holds secrets. */
  readonly passphrase?: string
}

/** Resolves to the account's number. The store stays open. */
export async function importAccount(options: ImportOptions): Promise<string> {
  const { store, vault, passphrase } = options
  const archive = readArchive(options.archive)
  const carrier = await carrierInto(vault, archive, passphrase)
  const writer = await openWriter(store)
  try {
    await writer.write(archive.account, (draft, head) => putAll({ draft, head }, archive, carrier))
  } finally {
    await writer.close()
  }
  return archive.account
}

function readArchive(value: unknown): Archive {
  const archive = (typeof value === 'object' && value !== null ? value : {}) as Partial<Archive>
  const { format, version, account, records, sealed } = archive
  if (format !== 'iamkit-account') throw new ArchiveError('not an archive of an account')
  if (version !== 1) throw new ArchiveError('an archive of a newer iamkit')
  if (typeof account !== 'string' || !/^\d{12}$/.test(account)) {
    throw new ArchiveError('the account of the archive is not twelve digits')
  }
  if (sealed !== undefined && typeof sealed?.scrypt !== 'string') {
    throw new ArchiveError('the salt of the archive is malformed')
  }
  if (typeof records !== 'object' || records === null)
    throw new ArchiveError('records are malformed')
  for (const [kind, list] of Object.entries(records)) checkRecords(kind, list)
  return archive as Archive
}

function checkRecords(kind: string, list: unknown): void {
  const known = kinds.find((one) => one === kind)
  if (!known || !Array.isArray(list)) throw new ArchiveError('records are malformed')
  const wrong = list.findIndex((record) => !isRecord(known, record))
  if (wrong >= 0) throw new ArchiveError(`record ${wrong} of kind \`${known}\` is malformed`)
}

async function carrierInto(
  vault: Vault,
  { sealed, records }: Archive,
  passphrase: string | undefined,
): Promise<Carrier> {
  if (!sealed) {
    const isOpen =
      records['access-key'] || records['mfa-device'] || records.user?.some(({ login }) => login)
    if (isOpen) throw new ArchiveError('the archive has secrets that no passphrase opens')
    return { sealed: (text) => text, hash: (text) => text }
  }
  if (passphrase === undefined) throw new ArchiveError('the archive needs its passphrase')
  const own = await vaultOf(passphrase, sealed)
  return {
    sealed: (text, purpose) => vault.seal(own.open(text, purpose), purpose),
    hash: own.open,
  }
}

interface Target {
  readonly draft: AccountDraft
  readonly head: World
}

function putAll({ draft, head }: Target, { account, records }: Archive, carrier: Carrier): void {
  if (head.account(account)) throw new ArchiveError(`account \`${account}\` is there already`)
  for (const { id } of records['access-key'] ?? []) {
    if (head.accessKey(id)) throw new ArchiveError(`access key \`${id}\` is there already`)
  }
  for (const kind of kinds) putKind(draft, { kind, list: records[kind] ?? [], carrier })
  if (draft.get('account', account) === undefined || draft.count('account') !== 1) {
    throw new ArchiveError('the archive lacks the record of its account')
  }
}

interface Records<K extends Kind> {
  readonly kind: K
  readonly list: readonly Entities[K][]
  readonly carrier: Carrier
}

function putKind<K extends Kind>(draft: AccountDraft, { kind, list, carrier }: Records<K>): void {
  for (const record of list) {
    if (draft.get(kind, record.id)) throw new ArchiveError(`\`${kind}\` has an id twice`)
    try {
      draft.put(kind, carried(kind, record, carrier))
    } catch (cause) {
      const isLocked = cause instanceof VaultError
      const problem = isLocked ? 'the passphrase is not the one' : `\`${kind}\` has a name twice`
      throw new ArchiveError(problem, { cause })
    }
  }
}
