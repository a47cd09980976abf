/**
 * Writes down an account as an archive.
 *
 * Errors  `ArchiveError` where there is no such account; `VaultError` where a secret does not open; `StoreError`.
 *
 * @module
 */
import type { AccountView } from '../state/account-view.js'
import type { Entities, Kind } from '../state/entity.js'
import { kinds } from '../state/record-shape.js'
import { Replica } from '../state/replica.js'
import type { Store } from '../store/store.js'
import { isSealedKind } from '../vault/sealed-field.js'
import type { Vault } from '../vault/vault.js'
import { type Archive, ArchiveError } from './archive.js'
import { carried } from './carried.js'
import { newSalt, vaultOf } from './passphrase.js'

export interface ExportOptions {
  readonly store: Store
  readonly vault: Vault
  readonly account: string
  /** Absent: secrets are left out. */
  readonly passphrase?: string
  readonly now?: Date
}

/** The store stays open. */
export async function exportAccount(options: ExportOptions): Promise<Archive> {
  const { store, vault, account, passphrase, now = new Date() } = options
  const replica = new Replica()
  await replica.load(store)
  const view = replica.world.account(account)
  if (!view) throw new ArchiveError(`there is no account \`${account.slice(0, 20)}\``)

  const about = {
    format: 'iamkit-account',
    version: 1,
    account,
    exported: now.toISOString(),
  } as const
  if (passphrase === undefined) return { ...about, records: recordsOf(view, withoutSecrets) }
  const sealed = newSalt()
  const own = await vaultOf(passphrase, sealed)
  const carrier = {
    sealed: (text: string, purpose: string) => own.seal(vault.open(text, purpose), purpose),
    hash: own.seal,
  }
  const records = recordsOf(view, (kind, entity) => carried(kind, entity, carrier))
  return { ...about, sealed, records }
}

type Choose = <K extends Kind>(kind: K, entity: Entities[K]) => Entities[K] | undefined

function recordsOf(view: AccountView, choose: Choose): Archive['records'] {
  const lists = kinds.map((kind) => {
    const chosen = view.list(kind).flatMap((entity) => choose(kind, entity) ?? [])
    return [kind, chosen] as const
  })
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0))
}

/** An access key or a device without its secret is of no use. */
function withoutSecrets<K extends Kind>(kind: K, entity: Entities[K]): Entities[K] | undefined {
  if (isSealedKind(kind)) return undefined
  if (kind !== 'user') return entity
  const { login: _, ...user } = entity as Entities['user']
  return user as Entities[K]
}
