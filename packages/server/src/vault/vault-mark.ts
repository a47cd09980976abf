/**
 * A text in the store that only its vault opens, so that a server with other keys does not start.
 *
 * Errors  `VaultError` from {@link checkVault}; `StoreError`.
 *
 * @module
 */
import type { Store } from '../store/store.js'
import type { Vault } from './vault.js'

const MARK = 'vault-mark'

/** Refuses to go on with keys that do not open what the store holds. */
export async function checkVault(store: Store, vault: Vault): Promise<void> {
  const mark = await store.setting(MARK)
  if (mark === undefined) await markStore(store, vault)
  else vault.open(mark, MARK)
}

/** Seals the mark under the vault's first key. */
export async function markStore(store: Store, vault: Vault): Promise<void> {
  await store.putSetting(MARK, vault.seal(MARK, MARK))
}
