/**
 * Seals every secret of a store anew, under the first of the vault's keys.
 *
 * Shape   every server that runs must know the new key before, and the old one until this is done.
 * Errors  `VaultError` where a secret does not open: what was sealed until then stays so; `StoreError`; {@link Fault} of
 *         a write.
 *
 * @module
 */
import type { AccountDraft } from '../state/account-view.js'
import { openWriter, type Writer } from '../state/writer.js'
import type { Store } from '../store/store.js'
import { resealed, type SealedKind, sealedKinds } from './sealed-field.js'
import type { Vault } from './vault.js'
import { checkVault, markStore } from './vault-mark.js'

/** Records in one write, so that others need not wait for long. */
const AT_ONCE = 500

interface Parts {
  readonly store: Store
  readonly vault: Vault
}

/** Resolves to how many secrets there were. The store stays open. */
export async function rotate({ store, vault }: Parts): Promise<number> {
  await checkVault(store, vault)
  const writer = await openWriter(store)
  let count = 0
  for (const account of writer.world.accounts()) {
    for (const kind of sealedKinds) count += await rotateKind(writer, { account, kind, vault })
  }
  await writer.close()
  await markStore(store, vault)
  return count
}

interface Kindred {
  readonly account: string
  readonly kind: SealedKind
  readonly vault: Vault
}

async function rotateKind(writer: Writer, { account, kind, vault }: Kindred): Promise<number> {
  const ids =
    writer.world
      .account(account)
      ?.list(kind)
      .map(({ id }) => id) ?? []
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE)
    await writer.write(account, (draft) => {
      for (const id of some) reseal(draft, { kind, id, vault })
    })
  }
  return ids.length
}

interface Sealed<K extends SealedKind> {
  readonly kind: K
  readonly id: string
  readonly vault: Vault
}

function reseal<K extends SealedKind>(draft: AccountDraft, { kind, id, vault }: Sealed<K>): void {
  const entity = draft.get(kind, id)
  if (!entity) return // removed in the meantime
  const anew = (text: string, purpose: string) => vault.seal(vault.open(text, purpose), purpose)
  draft.put(kind, resealed(kind, entity, anew))
}
