/**
 * A text that does not open, or a key that cannot be used.
 *
 * Errors  {@link VaultError} (`ERR_VAULT`). Never holds a secret, a sealed text or a key.
 *
 * @module
 */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly code = 'ERR_VAULT'
}
