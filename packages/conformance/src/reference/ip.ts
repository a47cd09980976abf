/**
 * IP operators: addresses and CIDR ranges of both families, as numbers.
 *
 * Shape   an address, or an address, a slash and a prefix length. An IPv4 address mapped into IPv6
 *         is its IPv4 address, on both sides; a range around it that leaves IPv4 is none.
 * Errors  None: text that is no address is undefined.
 * Source  Specification 2.7.
 *
 * @module
 */

interface Address {
  readonly family: 4 | 6
  readonly bits: bigint
}

const MAPPED = 0xffffn
const OCTET = /^(?:0|[1-9]\d{0,2})$/
const GROUP = /^[0-9a-fA-F]{1,4}$/
const PREFIX = /^(?:0|[1-9]\d{0,2})$/

/** Whether the request's address lies in the policy's range. */
export function ipInRange(wanted: string, had: string): boolean {
  const address = parseAddress(had)
  const range = parseRange(wanted)
  if (address === undefined || range === undefined) return false
  const hostBits = BigInt(width(range.family) - range.prefix)
  return address.family === range.family && address.bits >> hostBits === range.bits >> hostBits
}

function width(family: 4 | 6): number {
  return family === 4 ? 32 : 128
}

function parseRange(text: string): (Address & { readonly prefix: number }) | undefined {
  const [host = '', prefixText, ...rest] = text.split('/')
  const written = parseWritten(host)
  if (written === undefined || rest.length > 0) return undefined
  if (prefixText !== undefined && !PREFIX.test(prefixText)) return undefined
  const prefix = prefixText === undefined ? width(written.family) : Number(prefixText)
  if (prefix > width(written.family)) return undefined

  if (written.family === 4 || written.bits >> 32n !== MAPPED) return { ...written, prefix }
  return prefix < 96 ? undefined : { ...unmapped(written), prefix: prefix - 96 }
}

function parseAddress(text: string): Address | undefined {
  const written = parseWritten(text)
  const isMapped = written?.family === 6 && written.bits >> 32n === MAPPED
  return isMapped ? unmapped(written) : written
}

function unmapped(address: Address): Address {
  return { family: 4, bits: address.bits & 0xffffffffn }
}

function parseWritten(text: string): Address | undefined {
  const isSix = text.includes(':')
  const bits = isSix ? parseSix(text) : parseFour(text)
  return bits === undefined ? undefined : { family: isSix ? 6 : 4, bits }
}

function parseFour(text: string): bigint | undefined {
  const octets = text.split('.')
  const isRight = octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255)
  if (octets.length !== 4 || !isRight) return undefined
  return octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n)
}

/** `::` stands for one or more groups of zeros, once; an IPv4 address may stand for the last two. */
function parseSix(text: string): bigint | undefined {
  const [before = '', after, ...rest] = text.split('::')
  if (rest.length > 0) return undefined
  const left = groupsOf(before, after === undefined)
  const right = after === undefined ? [] : groupsOf(after, true)
  if (left === undefined || right === undefined) return undefined

  const missing = 8 - left.length - right.length
  if (after === undefined ? missing !== 0 : missing < 1) return undefined
  const zeros = Array.from({ length: missing }, () => 0n)
  return [...left, ...zeros, ...right].reduce((bits, group) => (bits << 16n) | group, 0n)
}

/** The groups on one side of `::`; an IPv4 address is two of them and stands last. */
function groupsOf(text: string, isEnd: boolean): readonly bigint[] | undefined {
  if (text === '') return []
  const words = text.split(':')
  const four = isEnd && words.at(-1)?.includes('.') ? parseFour(words.pop() ?? '') : null
  if (four === undefined || !words.every((word) => GROUP.test(word))) return undefined
  const groups = words.map((word) => BigInt(`0x${word}`))
  return four === null ? groups : [...groups, four >> 16n, four & 0xffffn]
}
