/**
 * Credentials that are renewed ahead of their expiry, once for all who wait.
 *
 * Shape   one flight at a time. A renewal that fails while the old ones hold is tried again later, and nobody hears of it;
 *         once they have expired, everybody does.
 * Units   milliseconds.
 * Errors  {@link CredentialsError} (`ERR_CREDENTIALS`).
 *
 * @module
 */
import { CredentialsError } from '../errors.js'
import {
  type CredentialProvider,
  type Credentials,
  isCredentials,
  type ProviderScope,
} from './credentials.js'

/** Renewed when this much is left, or a fifth of their life where that is less. */
const AHEAD = 5 * 60_000
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 60_000
/** What has less than this left is not given out: a request takes time. */
const MARGIN = 5_000

interface Held {
  readonly credentials: Credentials
  readonly renewAt: number
  readonly expiresAt: number
}

export function refreshing(
  obtain: (scope: ProviderScope | undefined) => Promise<Credentials>,
): CredentialProvider {
  let held: Held | undefined
  let flight: Promise<Credentials> | undefined
  let retryAt = 0
  let pause = FIRST_PAUSE

  const renew = async (scope: ProviderScope | undefined, now: () => number) => {
    try {
      const credentials = await obtain(scope)
      if (!isCredentials(credentials)) throw new CredentialsError('the provider gave none')
      held = hold(credentials, now())
      pause = FIRST_PAUSE
      return credentials
    } catch (error) {
      retryAt = now() + pause
      pause = Math.min(pause * 2, LONGEST_PAUSE)
      throw error
    } finally {
      flight = undefined
    }
  }

  return async ({ iamkit: scope } = {}) => {
    const now = scope?.clock.now ?? Date.now
    if (held && now() < held.renewAt) return held.credentials
    const isGood = held !== undefined && now() < held.expiresAt - MARGIN
    if (!flight && (!isGood || now() >= retryAt)) flight = renew(scope, now)
    if (held && isGood) {
      flight?.catch(() => undefined) // the old ones still hold; the next call tries again
      return held.credentials
    }
    return flight as Promise<Credentials>
  }
}

function hold(credentials: Credentials, now: number): Held {
  const expiresAt = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY
  const ahead = Math.min(AHEAD, (expiresAt - now) / 5)
  return { credentials, expiresAt, renewAt: expiresAt - (Number.isFinite(ahead) ? ahead : 0) }
}
