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

/** Four words of 32 bits, highest first, their signs without meaning. */
type Words = readonly [number, number, number, number]

/** One host. */
export interface IpAddress {
  readonly family: 4 | 6
  /** An IPv4 address in its IPv4-mapped form. */
  readonly words: Words
}

/** All hosts whose words agree with these wherever the mask has a 1. */
export interface IpRange extends IpAddress {
  readonly mask: Words
}

/** Six full groups and a dotted tail. */
const MAX_LENGTH = 45
const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`)
const PREFIX = /^(?:0|[1-9]\d{0,2})$/

/** Reads an address of either family. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const parse = !text.includes(':') ? parseIpv4 : text.includes('.') ? parseDotted : parseIpv6
  const words = parse(text)
  if (!words) return undefined
  const mapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff
  return { family: mapped ? 4 : 6, words }
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
  if (prefix === undefined) return { ...address, mask: maskOf(128) }

  const width = host.includes(':') ? 128 : 32
  const bits = Number(prefix) + 128 - width
  if (!PREFIX.test(prefix) || bits > 128 || (address.family === 4 && bits < 96)) return undefined
  return { ...address, mask: maskOf(bits) }
}

/** Whether an address lies in a range; never across families. */
export function isInRange(address: IpAddress, range: IpRange): boolean {
  if (address.family !== range.family) return false
  const { words } = address
  const { words: network, mask } = range
  return (
    ((words[3] ^ network[3]) & mask[3]) === 0 &&
    ((words[2] ^ network[2]) & mask[2]) === 0 &&
    ((words[1] ^ network[1]) & mask[1]) === 0 &&
    ((words[0] ^ network[0]) & mask[0]) === 0
  )
}

function parseIpv4(text: string): Words | undefined {
  const match = IPV4.exec(text)
  if (!match) return undefined
  const [, a, b, c, d] = match
  return [0, 0, 0xffff, (Number(a) << 24) | (Number(b) << 16) | (Number(c) << 8) | Number(d)]
}

function parseIpv6(text: string): Words | undefined {
  const groups: number[] = []
  let gap = text.startsWith('::') ? 0 : -1
  for (let at = gap === 0 ? 2 : 0; at < text.length; at++) {
    const start = at
    let group = 0
    for (let digit = hexDigit(text, at); digit >= 0; digit = hexDigit(text, at)) {
      group = (group << 4) | digit
      at++
    }
    if (at === start || at - start > 4) return undefined
    groups.push(group)
    if (at === text.length) break
    if (text[at] !== ':' || at + 1 === text.length) return undefined
    if (text[at + 1] !== ':') continue
    if (gap >= 0) return undefined
    gap = groups.length
    at++
  }
  return wordsOf(groups, gap)
}

/** Reads an IPv6 address that ends in an IPv4 address, with two groups in its place. */
function parseDotted(text: string): Words | undefined {
  const start = text.lastIndexOf(':') + 1
  const tail = parseIpv4(text.slice(start))
  const words = parseIpv6(`${text.slice(0, start)}0:0`)
  return words && tail && [words[0], words[1], words[2], tail[3]]
}

/** Fills the gap that `::` left, if there is one, with as many zeros as are missing. */
function wordsOf(groups: readonly number[], gap: number): Words | undefined {
  const missing = 8 - groups.length
  if (gap < 0 ? missing !== 0 : missing < 1) return undefined
  const group = (index: number) => {
    if (index < gap) return groups[index] ?? 0
    return index < gap + missing ? 0 : (groups[index - missing] ?? 0)
  }
  const word = (index: number) => (group(index) << 16) | group(index + 1)
  return [word(0), word(2), word(4), word(6)]
}

/** The digit's value, or -1. */
function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

function maskOf(bits: number): Words {
  const word = (bitsBefore: number) => {
    const zeros = 32 - Math.min(Math.max(bits - bitsBefore, 0), 32)
    return zeros === 32 ? 0 : -1 << zeros
  }
  return [word(0), word(32), word(64), word(96)]
}
