import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IpAddress, isInRange, parseIpAddress, parseIpRange } from './ip.js'

function address(text: string): IpAddress {
  return parseIpAddress(text) ?? expect.fail(`\`${text}\` is no address`)
}

function isIn(host: string, range: string): boolean {
  return isInRange(address(host), parseIpRange(range) ?? expect.fail(`\`${range}\` is no range`))
}

const octet = fc.nat(255)
const anyIpv4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'))
const anyGroups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 })
const nearAddress = fc
  .array(
    fc.constantFrom(':', '::', '.', '0', '1', '25', '255', '256', 'a', 'FFFF', 'g', '00', '/', ' '),
    {
      maxLength: 16,
    },
  )
  .map((parts) => parts.join(''))

/** Spells eight groups with one run of zeros left out, where there is one at the place. */
function shortened(groups: readonly number[], start: number, end: number): string {
  const hex = groups.map((group) => group.toString(16))
  const isZero = end > start && groups.slice(start, end).every((group) => group === 0)
  return isZero ? `${hex.slice(0, start).join(':')}::${hex.slice(end).join(':')}` : hex.join(':')
}

function bitsOf(groups: readonly number[]): bigint {
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n)
}

describe('parseIpAddress', () => {
  it.each([
    ['0.0.0.0', 4, [0, 0, 0, 0, 0, 0xffff, 0, 0]],
    ['203.0.113.9', 4, [0, 0, 0, 0, 0, 0xffff, 0xcb00, 0x7109]],
    ['255.255.255.255', 4, [0, 0, 0, 0, 0, 0xffff, 0xffff, 0xffff]],
    ['::', 6, [0, 0, 0, 0, 0, 0, 0, 0]],
    ['::1', 6, [0, 0, 0, 0, 0, 0, 0, 1]],
    ['1::', 6, [1, 0, 0, 0, 0, 0, 0, 0]],
    ['2001:DB8::8:800:200c:417a', 6, [0x2001, 0xdb8, 0, 0, 8, 0x800, 0x200c, 0x417a]],
    ['1:2:3:4:5:6:7::', 6, [1, 2, 3, 4, 5, 6, 7, 0]],
    ['::2:3:4:5:6:7:8', 6, [0, 2, 3, 4, 5, 6, 7, 8]],
    ['::203.0.113.9', 6, [0, 0, 0, 0, 0, 0, 0xcb00, 0x7109]],
    ['64:ff9b::203.0.113.9', 6, [0x64, 0xff9b, 0, 0, 0, 0, 0xcb00, 0x7109]],
    ['1:2:3:4:5:6:1.2.3.4', 6, [1, 2, 3, 4, 5, 6, 0x102, 0x304]],
  ])('reads `%s`', (text, family, groups) => {
    expect(parseIpAddress(text)).toEqual({ family, groups })
  })

  it.each([
    '::ffff:203.0.113.9',
    '::FFFF:203.0.113.9',
    '::ffff:cb00:7109',
    '0:0:0:0:0:ffff:203.0.113.9',
    '0000:0000:0000:0000:0000:ffff:cb00:7109',
  ])('reads `%s` as the IPv4 address that it maps', (text) => {
    expect(parseIpAddress(text)).toEqual(parseIpAddress('203.0.113.9'))
  })

  it.each([
    '',
    ' ',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.-4',
    '01.2.3.4',
    '1.2.3.04',
    '1.2.3.4 ',
    '0x1.2.3.4',
    '1.2.3.4/32',
    '1.2.3.4:80',
    '3405803785',
    ':',
    ':::',
    '1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8',
    '1::2::3',
    '::1::',
    '1:::2',
    '12345::',
    'g::',
    '::-1',
    ' ::1',
    '::1 ',
    '[::1]',
    'fe80::1%eth0',
    'fe80::1%1',
    '::1/128',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '::1.2.3',
    '::1.2.3.256',
    '::01.2.3.4',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::ffff:1.2.3.4.5',
    '1.2.3.4:5:6:7::',
  ])('refuses `%s`', (text) => {
    expect(parseIpAddress(text)).toBeUndefined()
  })

  it('refuses ten million colons at once', () => {
    expect(parseIpAddress(':'.repeat(10_000_000))).toBeUndefined()
  })

  it('reads every spelling as one number, for every IPv6 address', () => {
    const place = fc.integer({ min: 0, max: 8 })
    const property = fc.property(anyGroups, place, place, (groups, start, end) => {
      const full = groups
        .map((group) => group.toString(16).toUpperCase().padStart(4, '0'))
        .join(':')
      expect(parseIpAddress(shortened(groups, start, end))).toEqual(address(full))
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  it('reads a dotted tail as two groups, for every IPv6 address', () => {
    const property = fc.property(anyGroups, (groups) => {
      const hex = groups.map((group) => group.toString(16))
      const tail = groups.slice(6).flatMap((group) => [group >> 8, group & 255])
      const dotted = `${hex.slice(0, 6).join(':')}:${tail.join('.')}`
      expect(parseIpAddress(dotted)).toEqual(address(hex.join(':')))
    })
    fc.assert(property)
  })

  it('reads what Node takes for an address and nothing else, for every near miss', () => {
    const property = fc.property(nearAddress, (text) => {
      expect(parseIpAddress(text) !== undefined).toBe(isIP(text) !== 0)
    })
    fc.assert(property, { numRuns: 3_000 })
  })
})

describe('parseIpRange', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::ffff:203.0.113.9', '203.0.113.9/32'],
    ['::ffff:203.0.113.9/128', '203.0.113.9/32'],
  ])('reads `%s` as `%s`', (text, range) => {
    expect(parseIpRange(text)).toEqual(parseIpRange(range))
  })

  it.each([
    '',
    '/',
    '/24',
    '203.0.113.0/',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/024',
    '203.0.113.0/+24',
    '203.0.113.0/2e1',
    '203.0.113.0/24/24',
    '203.0.113.0 /24',
    '203.0.113.0/ 24',
    '203.0.113/24',
    '203.0.113.0/255.255.255.0',
    '203.0.113.0-203.0.113.9',
    '203.0.113.*',
    '2001:db8::/129',
    '2001:db8::/1000',
    '*',
  ])('refuses `%s`', (text) => {
    expect(parseIpRange(text)).toBeUndefined()
  })

  it.each(['::ffff:0:0/95', '::ffff:203.0.113.0/24', '::ffff:10.0.0.0/8', '::ffff:0:0/0'])(
    'refuses `%s`, which may mean either family',
    (text) => {
      expect(parseIpRange(text)).toBeUndefined()
    },
  )
})

describe('isInRange', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['203.0.113.200', '203.0.113.5/24'],
    ['203.0.113.255', '203.0.113.254/31'],
    ['203.0.113.1', '203.0.113.1'],
    ['203.0.113.1', '0.0.0.0/0'],
    ['128.0.0.0', '255.255.255.255/1'],
    ['2001:0db8:1234:5678:0:0:0:1', '2001:DB8:1234:5678::/64'],
    ['2001:db8::1', '::/0'],
    ['2001:db8::1', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.0/24'],
    ['203.0.113.9', '::ffff:203.0.113.0/120'],
    ['::ffff:203.0.113.9', '::ffff:cb00:7100/120'],
    ['203.0.113.9', '::ffff:0:0/96'],
  ])('finds %s in %s', (host, range) => {
    expect(isIn(host, range)).toBe(true)
  })

  it.each([
    ['203.0.114.0', '203.0.113.0/24'],
    ['203.0.113.1', '203.0.113.0'],
    ['127.255.255.255', '128.0.0.0/1'],
    ['2001:db8:1234:5679::', '2001:db8:1234:5678::/64'],
    ['2001:db8::2', '2001:db8::1'],
    ['2001:db8::1', '0.0.0.0/0'],
    ['203.0.113.9', '::/0'],
    ['::ffff:203.0.113.9', '::/0'],
    ['::cb00:7109', '203.0.113.0/24'],
    ['203.0.114.9', '::ffff:203.0.113.0/120'],
    ['::fffe:0:1', '::ffff:0:0/96'],
  ])('finds %s outside %s', (host, range) => {
    expect(isIn(host, range)).toBe(false)
  })

  it('compares the bits before the prefix, for every two IPv6 addresses', () => {
    const anyCase = fc.record({ host: anyGroups, flipped: fc.nat(127), prefix: fc.nat(128) })
    const property = fc.property(anyCase, ({ host, flipped, prefix }) => {
      const network = host.map((group, index) =>
        index === flipped >> 4 ? group ^ (0x8000 >> (flipped & 15)) : group,
      )
      fc.pre([host, network].every((groups) => bitsOf(groups) >> 32n !== 0xffffn))
      const hex = (groups: readonly number[]) => shortened(groups, 0, 0)
      expect(isIn(hex(host), `${hex(network)}/${prefix}`)).toBe(prefix <= flipped)
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  it('compares the bits before the prefix, for every two IPv4 addresses', () => {
    const property = fc.property(anyIpv4, anyIpv4, fc.nat(32), (host, network, prefix) => {
      const [a, b] = [host, network].map((text) => bitsOf(text.split('.').map(Number)))
      const octets = (bits = 0n) =>
        [48n, 32n, 16n, 0n].reduce((sum, at) => (sum << 8n) | ((bits >> at) & 255n), 0n)
      const shift = BigInt(32 - prefix)
      expect(isIn(host, `${network}/${prefix}`)).toBe(octets(a) >> shift === octets(b) >> shift)
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  it('knows a mapped address and range by their IPv4 forms, for every IPv4 address', () => {
    const property = fc.property(anyIpv4, anyIpv4, fc.nat(32), (host, network, prefix) => {
      const plain = isIn(host, `${network}/${prefix}`)
      const mapped = `::ffff:${network}/${prefix + 96}`
      expect(isIn(`::ffff:${host}`, `${network}/${prefix}`)).toBe(plain)
      expect(isIn(host, mapped)).toBe(plain)
      expect(isIn(`::ffff:${host}`, mapped)).toBe(plain)
    })
    fc.assert(property)
  })
})
