/**
 * Whether an address is one of the open internet.
 *
 * Shape   of IPv6 only what is given out for global unicast, and of that nothing that stands for other addresses: a tunnel
 *         or a translation may lead inside.
 * Errors  None: text that is no address is not public.
 * Source  IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890.
 *
 * @module
 */
import { BlockList, isIP } from 'node:net'

const INNER_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

const SPECIAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const inner = new BlockList()
for (const [address, prefix] of INNER_V4) inner.addSubnet(address, prefix, 'ipv4')
const special = new BlockList()
for (const [address, prefix] of SPECIAL_V6) special.addSubnet(address, prefix, 'ipv6')
const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')

export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !inner.check(address, 'ipv4')
    case 6:
      return global.check(address, 'ipv6') && !special.check(address, 'ipv6')
    default:
      return false
  }
}
