/**
 * What an address may still try that has often failed to say who calls.
 *
 * Shape   every call that is refused before anybody has vouched for its caller takes one from its address. Where none is left,
 *         what costs something, a body or a signature, is looked at only if it names a key or bears a token that is good
 *         here: so nobody is locked out by a neighbour, nor by whoever knows the id of a key.
 * Units   calls and seconds; of IPv6 the first 64 bits are one address; the last 10,000 addresses are kept.
 * Errors  {@link Fault} `Throttling` from {@link Gate.check}, which AWS's clients try again.
 *
 * @module
 */
import type { NamesKnown } from './authenticate/names-known.js'
import { createLimiter, type RateLimit, throttled } from './limiter.js'
import { addressOf } from './request-keys.js'
import { credentialOf, type WireRequest } from './wire/received.js'

export interface GateOptions {
  readonly limit: RateLimit
  readonly namesKnown: NamesKnown
}

export interface Gate {
  /** Whether nothing is left of an address. One that is not known has none that could be counted. */
  readonly isStrained: (sourceIp: string | undefined, now: Date) => boolean
  /** Of a strained address. */
  readonly check: (request: WireRequest, how: { hasBody: boolean; now: Date }) => Promise<void>
  readonly failed: (sourceIp: string | undefined, now: Date) => void
}

export function createGate({ limit, namesKnown }: GateOptions): Gate {
  const failures = createLimiter(limit)
  return {
    isStrained: (sourceIp, now) =>
      sourceIp !== undefined && !failures.has(networkOf(sourceIp), now),
    check: async (request, { hasBody, now }) => {
      const isSigned =
        request.header('authorization') !== undefined || credentialOf(request) !== undefined
      if (!hasBody && !isSigned) return
      if (!(await namesKnown(request, now))) throw throttled()
    },
    failed: (sourceIp, now) => {
      if (sourceIp === undefined) return
      const network = networkOf(sourceIp)
      if (failures.has(network, now)) failures.take(network, now)
    },
  }
}

/** Whoever has one address of IPv6 has the 64 bits behind it. */
function networkOf(sourceIp: string): string {
  const address = addressOf(sourceIp) ?? ''
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = (text = '') => (text === '' ? [] : text.split(':'))
  const left = groups(head)
  const missing = tail === undefined ? 0 : 8 - left.length - groups(tail).length
  const zeros = Array.from({ length: Math.max(0, missing) }, () => '0')
  return [...left, ...zeros, ...groups(tail)].slice(0, 4).join(':')
}
