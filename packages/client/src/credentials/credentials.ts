/**
 * Who the client is, in the shape that AWS's SDK uses: a provider of either works with the other.
 *
 * Errors  `CredentialsError` (`ERR_CREDENTIALS`) from providers.
 *
 * @module
 */
import type { Clock } from '../clock.js'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
  /** Absent: they do not expire. */
  readonly expiration?: Date | undefined
}

/** What a client tells a provider of its own, so that it need not be told twice. */
export interface ProviderScope {
  readonly endpoint: URL
  readonly region: string
  readonly fetch: typeof fetch
  readonly clock: Clock
}

/** Called before each request: it keeps what it has until that expires. AWS's SDK passes something of its own. */
export type CredentialProvider = (scope?: {
  readonly iamkit?: ProviderScope
}) => Promise<Credentials>

export function isCredentials(value: unknown): value is Credentials {
  const { accessKeyId, secretAccessKey } = (value ?? {}) as Partial<Credentials>
  return isText(accessKeyId) && isText(secretAccessKey)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
