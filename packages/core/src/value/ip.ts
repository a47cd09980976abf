/**
 * IP addresses and ranges of them, compared as numbers.
 *
 * Shape   `203.0.113.9`, `2001:db8::1` or `::ffff:203.0.113.9`, each for a range with `/prefix` or without.
 *         No octet and no prefix has a leading zero; there are no zone ids.
 * Units   prefixes count bits, from 0 to 32 or 128; a range without one is a single host.
 * Errors  None; {@link parseIpAddress} and {@link parseIpRange} give undefined for what is none.
 * Source  Specification 2.7; RFC 4291, section 2.2. An IPv4-mapped IPv6 address is its IPv4 address, in a
 *         range too (`::ffff:203.0.113.0/120` is `203.0.113.0/24`). A mapped address with a prefix below 96
 *         is no range: nobody can tell which family it means, and a guess would let callers in.
 *
 * @module
 */

/** One host. */
export interface IpAddress {
  readonly family: 4 | 6
  /** Eight numbers of 16 bits, highest first; an IPv4 address in its IPv4-mapped form. */
  readonly groups: readonly number[]
}

/** All hosts that agree with these groups in their first bits. */
export interface IpRange extends IpAddress {
  readonly bits: number
}

/** Six full groups and a dotted tail. */
const MAX_LENGTH = 45
const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`:${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`)
const DOTTED = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`)
const MAPPED = [0, 0, 0, 0, 0, 0xffff]
const PREFIX = /^(?:0|[1-9]\d{0,2})$/

/** Reads an address of either family. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const octets = DOTTED.exec(text)
  if (octets) return { family: 4, groups: [...MAPPED, ...tailOf(octets.slice(1))] }
  const [start = '', end, ...rest] = withoutDots(text).split('::')
  const [before, after] = [groupsOf(start), groupsOf(end)]
  const missing = 8 - before.length - after.length
  if (rest.length > 0 || (end === undefined ? missing !== 0 : missing < 1)) return undefined

  const groups = [...before, ...Array<number>(missing).fill(0), ...after]
  if (groups.some(Number.isNaN)) return undefined
  return { family: groups.slice(0, 6).join() === '0,0,0,0,0,65535' ? 4 : 6, groups }
}

/**
 * Reads a range: an address, or an address with a prefix; bits behind the prefix are ignored.
 *
 * @example
 * ```ts
 * const office = parseIpRange('203.0.113.0/24')
 * ```
 */
export function parseIpRange(text: string): IpRange | undefined {
  const [host = '', prefix, ...rest] = text.split('/', 3)
  const address = parseIpAddress(host)
  if (!address || rest.length > 0) return undefined
  if (prefix === undefined) return { ...address, bits: 128 }

  const bits = Number(prefix) + (host.includes(':') ? 0 : 96)
  if (!PREFIX.test(prefix) || bits > 128 || (address.family === 4 && bits < 96)) return undefined
  return { ...address, bits }
}

/** Whether an address lies in a range; never across families. */
export function isInRange(address: IpAddress, { family, groups, bits }: IpRange): boolean {
  if (address.family !== family) return false
  for (let i = 0; i * 16 < bits; i++) {
    const difference = (address.groups[i] ?? 0) ^ (groups[i] ?? 0)
    if (difference >> Math.max(i * 16 + 16 - bits, 0) !== 0) return false
  }
  return true
}

/** Spells the IPv4 address that ends an IPv6 address as two groups. */
function withoutDots(text: string): string {
  return text.replace(IPV4, (_, ...octets: readonly string[]) => {
    const [high, low] = tailOf(octets)
    return `:${high.toString(16)}:${low.toString(16)}`
  })
}

/** Four octets, as the last two groups. */
function tailOf(octets: readonly string[]): readonly [high: number, low: number] {
  const [a = '', b = '', c = '', d = ''] = octets
  return [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)]
}

/** NaN stands for what is no group. */
function groupsOf(text: string | undefined): readonly number[] {
  if (!text) return []
  return text
    .split(':')
    .map((group) => (/^[\da-f]{1,4}$/i.test(group) ? Number(`0x${group}`) : NaN))
}
