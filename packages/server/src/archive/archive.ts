/**
 * A whole account as JSON, to be kept or to be carried elsewhere.
 *
 * Shape   records by kind, as they are in memory. Without a passphrase there is nothing in it that opens a door: no
 *         access keys, no MFA devices, no passwords' hashes. With one, these are sealed under a key made from it.
 * Errors  {@link ArchiveError} (`ERR_ARCHIVE`).
 *
 * @module
 */
import type { Entities, Kind } from '../state/entity.js'

export interface Archive {
  readonly format: 'iamkit-account'
  readonly version: 1
  /** Twelve digits. */
  readonly account: string
  /** ISO-8601. */
  readonly exported: string
  /** Absent: secrets are left out. */
  readonly sealed?: PassphraseSalt
  readonly records: { readonly [K in Kind]?: readonly Entities[K][] }
}

/** What the key was made with, beside the passphrase: scrypt's salt, in base64. */
export interface PassphraseSalt {
  readonly scrypt: string
}

export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
  readonly code = 'ERR_ARCHIVE'
}
