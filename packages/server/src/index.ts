/**
 * IAM and STS that the official AWS clients talk to, on PGlite or PostgreSQL.
 *
 * @module
 */

export type { FollowLimit } from './apps/replicas.js'
export { type Archive, ArchiveError, type PassphraseSalt } from './archive/archive.js'
export { type ExportOptions, exportAccount } from './archive/export-account.js'
export { type ImportOptions, importAccount } from './archive/import-account.js'
export type { AuditEvent, AuditQuery } from './audit/audit-event.js'
export { type ControlPlane, type ControlPlaneOptions, createControlPlane } from './control-plane.js'
export type { FetchOrigin } from './fetch.js'
export type { RootCredentials } from './installation.js'
export type { RateLimit } from './limiter.js'
export { createLog, type Log, type LogLevel } from './log.js'
export type { Health } from './own-paths.js'
export { openPglite, type PgliteOptions } from './store/pglite.js'
export { openPostgres, type PostgresOptions } from './store/postgres.js'
export type { Store } from './store/store.js'
export { StoreError } from './store/store-error.js'
export { rotate } from './vault/rotate.js'
export { createVault, type Vault } from './vault/vault.js'
export { VaultError } from './vault/vault-error.js'
export {
  createVaultKey,
  parseVaultKeys,
  readVaultKeyFile,
  type VaultKey,
  type VaultKeys,
} from './vault/vault-key.js'
export type { Received } from './wire/received.js'
export type { Reply } from './wire/reply.js'
