/**
 * What keeps secrets at rest: AES-256-GCM under a key from outside the store.
 *
 * Shape   a sealed text names the key that sealed it, so that several may be known while one is replaced by another.
 * Errors  {@link Fault} is never thrown here: a text that does not open throws `VaultError`.
 *
 * @module
 */
export interface Vault {
  /** @param purpose bound to the text: what was sealed for one purpose does not open for another. */
  readonly seal: (plain: string, purpose: string) => string
  readonly open: (sealed: string, purpose: string) => string
}
