/**
 * The public keys that an issuer publishes, fetched when they are needed and kept for a while.
 *
 * Shape   fetched once for many tokens. From half their age on they are fetched anew beside the requests,
 *         so that an outage is noticed late: until `maxAge` the keys at hand serve, then nobody can tell who
 *         calls. A key that is not among them is looked for once in `cooldown`.
 * Units   seconds. A key set has at most 1 MiB.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link remoteKeys}, at start-up. A set
 *         that cannot be had makes the authenticator throw.
 * Source  RFC 7517; RFC 8725, section 3.
 *
 * @module
 */
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import { IamOptionsError } from '../errors.js'
import { checkKinds, type KindsOf } from '../option-kinds.js'

export interface KeyCache {
  /** How long keys serve after they were fetched. Absent: 600. */
  readonly maxAge?: number
  /** How often a token with an unknown key may ask for keys anew. Absent: 30. */
  readonly cooldown?: number
  /** How long the issuer may take to answer. Absent: 5. */
  readonly timeout?: number
}

const KINDS: KindsOf<KeyCache> = { maxAge: 'number', cooldown: 'number', timeout: 'number' }

const MAX_BYTES = 1024 * 1024
/** Seconds after a failure in which nobody asks again: callers are refused at once, and do not queue up. */
const BACK_OFF = 1

export function remoteKeys(address: string | URL, cache: KeyCache = {}): JWTVerifyGetKey {
  checkKinds('`keyCache`', cache, KINDS)
  const { maxAge = 600, cooldown = 30, timeout = 5 } = cache
  checkCache({ maxAge, cooldown, timeout })
  const source = keySource()
  const keys = createRemoteJWKSet(safeUrl(address), {
    cacheMaxAge: maxAge * 1000,
    cooldownDuration: cooldown * 1000,
    timeoutDuration: timeout * 1000,
    [customFetch]: source.fetch,
  })
  return (header, token) => {
    const isOld = source.age() > maxAge / 2
    // It fails beside the request: while the keys at hand serve, nobody needs to know.
    if (isOld && keys.fresh && !keys.reloading) keys.reload().catch(() => {})
    return keys(header, token)
  }
}

interface KeySource {
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>
  /** Seconds since keys came. */
  readonly age: () => number
}

function keySource(): KeySource {
  let fetchedAt = 0
  let failure: { readonly at: number; readonly cause: unknown } | undefined
  return {
    age: () => (Date.now() - fetchedAt) / 1000,
    fetch: async (url, options) => {
      if (failure && Date.now() - failure.at < BACK_OFF * 1000) throw failure.cause
      try {
        const response = await limited(await fetch(url, options))
        fetchedAt = Date.now()
        failure = undefined
        return response
      } catch (cause) {
        failure = { at: Date.now(), cause }
        throw cause
      }
    },
  }
}

/** The response, read whole, if it is one and not endless. */
async function limited(response: Response): Promise<Response> {
  if (response.status !== 200)
    throw new Error(`the issuer answered ${response.status}, not its keys`)
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MAX_BYTES) throw new Error('the issuer answered more than 1 MiB of keys')
  }
  return new Response(text)
}

/** Whoever can change the keys on their way decides who calls. */
function safeUrl(text: string | URL): URL {
  const url = URL.canParse(String(text)) ? new URL(text) : undefined
  const isLocal =
    url?.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (url?.protocol !== 'https:' && !isLocal) {
    throw new IamOptionsError('keys', 'must be an `https:` address (`http:` on this machine only)')
  }
  return url as URL
}

function checkCache({ maxAge, cooldown, timeout }: Required<KeyCache>): void {
  const isSound = maxAge > 0 && maxAge <= 86_400 && cooldown >= 0 && timeout > 0 && timeout <= 60
  if (!isSound || cooldown > maxAge) {
    throw new IamOptionsError(
      'keyCache',
      '`maxAge` is at most 86400 seconds, `cooldown` at most `maxAge` and `timeout` at most 60',
    )
  }
}
