/**
 * The context keys that a request itself has.
 *
 * Units   a header is cut to its first 2048 characters.
 * Errors  None.
 * Source  Specification 4.4.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import type { WireRequest } from './wire/received.js'

const MAX_LENGTH = 2048

export function requestKeys(request: WireRequest): ContextEntries {
  return {
    'aws:SourceIp': addressOf(request.sourceIp),
    'aws:UserAgent': request.header('user-agent')?.slice(0, MAX_LENGTH),
    'aws:Referer': request.header('referer')?.slice(0, MAX_LENGTH),
    'aws:SecureTransport': request.isSecure,
  }
}

/** An IPv4 address that a socket for both families has written as IPv6 is itself again. */
export function addressOf(sourceIp: string | undefined): string | undefined {
  return sourceIp?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
}
