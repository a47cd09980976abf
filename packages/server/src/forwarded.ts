/**
 * Where a request comes from, behind proxies that the server trusts.
 *
 * Shape   the socket's other end; if that is a trusted proxy, the rightmost address of `X-Forwarded-For` that is none, and
 *         TLS as the nearest proxy's `X-Forwarded-Proto` has it. Without trusted proxies no header is looked at.
 * Errors  `TypeError` from {@link createOrigin} for what is no address and no range.
 * Source  RFC 7239, section 8.1, for why only a trusted hop is believed.
 *
 * @module
 */
import { BlockList, isIP } from 'node:net'
import { addressOf } from './request-keys.js'

export interface Origin {
  readonly sourceIp: string | undefined
  readonly isSecure: boolean
}

/** Every value of a header, in order. */
type HeaderValues = (name: string) => readonly string[]

/** The origin of a request; undefined where a trusted proxy passed on what is no address. */
export type OriginOf = (socket: Origin, headers: HeaderValues) => Origin | undefined

/** @param trustedProxies addresses, and ranges such as `10.0.0.0/8` */
export function createOrigin(trustedProxies: readonly string[] = []): OriginOf {
  const trusted = rangesOf(trustedProxies)
  const isTrusting = trustedProxies.length > 0
  return (socket, headers) => {
    const peer = addressOf(socket.sourceIp)
    if (!isTrusting || !isIn(trusted, peer)) return { ...socket, sourceIp: peer }
    const hops = listOf(headers('x-forwarded-for')).reverse()
    const place = hops.findIndex((hop) => !isIn(trusted, hop))
    const sourceIp = place < 0 ? (hops.at(-1) ?? peer) : hops[place]
    const proto = listOf(headers('x-forwarded-proto')).at(-1)?.toLowerCase()
    if (sourceIp === undefined || isIP(sourceIp) === 0) return undefined
    return { sourceIp, isSecure: proto === undefined ? socket.isSecure : proto === 'https' }
  }
}

function listOf(values: readonly string[]): string[] {
  const parts = values.flatMap((value) => (value.trim() === '' ? [] : value.split(',')))
  return parts.map((part) => withoutPort(part.trim()))
}

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  const [, v4, v6] = /^(?:([\d.]+):\d{1,5}|\[([\da-f:.]+)\](?::\d{1,5})?)$/i.exec(hop) ?? []
  return addressOf(v4 ?? v6 ?? hop) ?? ''
}

function rangesOf(texts: readonly string[]): BlockList {
  const ranges = new BlockList()
  for (const text of texts) {
    const [address = '', bits, ...rest] = text.split('/')
    const family = isIP(address)
    const most = family === 4 ? 32 : 128
    const prefix = bits === undefined ? most : Number(/^\d{1,3}$/.test(bits) ? bits : -1)
    if (family === 0 || prefix < 0 || prefix > most || rest.length > 0) {
      throw new TypeError(`\`${text.slice(0, 64)}\` is no address and no range such as 10.0.0.0/8`)
    }
    ranges.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6')
  }
  return ranges
}

function isIn(ranges: BlockList, address: string | undefined): boolean {
  const family = isIP(address ?? '')
  return family !== 0 && ranges.check(address ?? '', family === 4 ? 'ipv4' : 'ipv6')
}
