/**
 * What an issuer publishes, fetched so that nobody reaches through it what only this machine reaches.
 *
 * Shape   https, to public addresses: a name is looked up once, and the connection goes to what was looked at. Redirects are
 *         not followed. Origins that an option names may be anywhere, and do without TLS.
 * Units   an answer has at most 1 MiB.
 * Errors  `TypeError` from {@link createIssuerFetch} for what is no origin; any other from the fetch itself, for those who
 *         run the server: callers are told none of it.
 * Source  RFC 8725, section 3.10; OWASP, "Server-Side Request Forgery Prevention".
 *
 * @module
 */
import { lookup } from 'node:dns'
import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { get as getHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { readAtMost } from '../fetch.js'
import { isPublicAddress } from './public-address.js'

export interface IssuerFetchOptions {
  /** Origins that may be on inner addresses or do without TLS, such as `https://login.corp.example`. Absent: none. */
  readonly innerIssuers?: readonly string[] | undefined
  /** Whether every issuer on this machine may: for tests only. */
  readonly allowLoopback?: boolean | undefined
}

export type IssuerFetch = (
  address: string,
  options: { readonly signal: AbortSignal; readonly headers?: Headers },
) => Promise<Response>

const MAX_BYTES = 1024 * 1024
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

export function createIssuerFetch({
  innerIssuers = [],
  allowLoopback = false,
}: IssuerFetchOptions = {}): IssuerFetch {
  const named = new Set(innerIssuers.map(originOf))
  return async (address, { signal, headers = new Headers() }) => {
    const url = new URL(address)
    const isInner = named.has(url.origin) || (allowLoopback && LOOPBACK.test(url.hostname))
    if (!isInner) checkPublic(url)
    const options = { signal, headers: Object.fromEntries(headers) }
    const response = await get(url, isInner ? options : { ...options, lookup: publicLookup })
    return wholeOf(response)
  }
}

function originOf(text: string): string {
  const { origin, protocol } = URL.canParse(text) ? new URL(text) : { origin: '', protocol: '' }
  if (/^https?:$/.test(protocol) && text.replace(/\/$/, '') === origin) return origin
  throw new TypeError(`\`${text.slice(0, 64)}\` is no origin such as https://login.corp.example`)
}

/** An address that stands in the URL itself is never looked up. */
function checkPublic({ protocol, hostname }: URL): void {
  if (protocol !== 'https:') throw new IssuerError('an issuer is asked over https only')
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw new IssuerError(NOT_PUBLIC)
}

const publicLookup: LookupFunction = (name, options, done) => {
  lookup(name, { ...options, all: true }, (failure, addresses) => {
    const isPublic = failure || addresses.every(({ address }) => isPublicAddress(address))
    const error = failure ?? (isPublic ? null : new IssuerError(NOT_PUBLIC))
    const [first] = error ? [] : addresses
    if (options.all) done(error, error ? [] : addresses)
    else done(error, first?.address ?? '', first?.family)
  })
}

const NOT_PUBLIC = 'the address of the issuer is not public, and `innerIssuers` does not name it'

/** Why an issuer could not be asked, for the log alone. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError'
  readonly code = 'ERR_ISSUER'
}

function get(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? getHttps : getHttp
    send(url, { ...options, agent: false }, resolve).on('error', reject)
  })
}

async function wholeOf(response: IncomingMessage): Promise<Response> {
  try {
    if (response.statusCode !== 200)
      throw new IssuerError(`the issuer answered ${response.statusCode}`)
    const body = await readAtMost(response, MAX_BYTES + 1)
    if (body.length > MAX_BYTES) throw new IssuerError('the issuer answered more than 1 MiB')
    return new Response(body)
  } finally {
    response.destroy()
  }
}
