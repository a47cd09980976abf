/**
 * The address of whoever calls, behind proxies that the app trusts.
 *
 * Shape   the socket's other end; if that is a trusted proxy, the rightmost address of
 *         `X-Forwarded-For` that is not. Without trusted proxies no header is looked at.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) where a trusted proxy passed on what is no address;
 *         {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link clientAddress}.
 * Source  Specification 2.5 and 4.3: addresses and ranges are read as policies read them, by core itself.
 *
 * @module
 */
import {
  compile,
  createPolicySet,
  isAllowed,
  PolicyParseError,
  type PolicySet,
  parsePolicy,
  RequestError,
  requestContext,
} from '@iamkit/core'
import { IamOptionsError } from '../errors.js'
import type { HttpRequest } from '../request.js'

/** Finds a request's `aws:SourceIp`; undefined on a Unix socket. */
export type ClientAddress = (request: HttpRequest) => string | undefined

/** The most addresses that are looked at: no honest chain of proxies is longer. */
const MAX_HOPS = 32

export function clientAddress(trustedProxies: readonly string[] = []): ClientAddress {
  const peer: ClientAddress = ({ remoteAddress }) =>
    remoteAddress === undefined ? undefined : plainAddress(remoteAddress)
  if (trustedProxies.length === 0) return peer
  const all = trustedProxies.find((range) => /\/0+$/.test(range))
  if (all !== undefined) {
    throw new IamOptionsError(
      'trustedProxies',
      `\`${all}\` believes whoever calls: name your proxies`,
    )
  }
  const trusted = rangesOf(trustedProxies)
  const anywhere = rangesOf(['0.0.0.0/0', '::/0'])

  return (request) => {
    const socket = peer(request)
    if (socket === undefined || !isIn(trusted, socket)) return socket
    const lines = request.headers('x-forwarded-for').filter((line) => line.trim() !== '')
    const hops = lines.flatMap((line) => line.split(','))
    let nearest = socket
    for (const hop of hops.slice(-MAX_HOPS).reverse()) {
      nearest = plainAddress(withoutPort(hop.trim()))
      if (!isIn(anywhere, nearest)) {
        throw new RequestError('x-forwarded-for', 'a proxy passed on what is no address')
      }
      if (!isIn(trusted, nearest)) return nearest
    }
    return nearest
  }
}

/** IPv4 in its own notation, though the socket may be IPv6; without the zone of a link-local one. */
function plainAddress(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)
  return mapped?.[1] ?? address.replace(/%.*$/, '')
}

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  const [, v4, v6] =
    /^(?:(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?|\[([\da-f:.]+)\](?::\d{1,5})?)$/i.exec(hop) ?? []
  return v4 ?? v6 ?? hop
}

/** A policy set that allows what comes from these ranges. */
function rangesOf(ranges: readonly string[]): PolicySet {
  try {
    const Condition = { IpAddress: { 'aws:SourceIp': ranges } }
    const Statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition } as const
    return createPolicySet({ identity: [compile(parsePolicy({ Statement }))] })
  } catch (error) {
    if (!(error instanceof PolicyParseError)) throw error
    throw new IamOptionsError('trustedProxies', 'must be addresses or ranges such as `10.0.0.0/8`')
  }
}

function isIn(ranges: PolicySet, address: string): boolean {
  return isAllowed(ranges, {
    principal: { type: 'user', account: 'proxy', arn: 'arn:aws:iam::proxy:user/proxy' },
    action: 'proxy:Trust',
    resource: '*',
    resourceAccount: 'proxy',
    context: requestContext({ 'aws:SourceIp': address }),
  })
}
