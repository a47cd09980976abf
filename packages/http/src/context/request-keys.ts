/**
 * The context keys that the connection and the clock give to every request.
 *
 * Shape   `aws:SourceIp`, `aws:SecureTransport`, `aws:CurrentTime`, `aws:EpochTime`, `aws:UserAgent`,
 *         `aws:referer`, `aws:ResourceAccount`, `aws:ViaAWSService`, `aws:RequestedRegion`.
 * Units   `aws:EpochTime` counts whole seconds.
 * Errors  None.
 * Source  Specification 4.3.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import type { HttpRequest } from '../request.js'
import type { ClientAddress } from './client-address.js'

/** A header longer than this is cut: the caller chose it, and no policy should rest on it. */
const MAX_HEADER_LENGTH = 2048

/** What is true of every request, over whatever it came. */
export interface Circumstances {
  readonly time: Date
  readonly resourceAccount: string
  readonly region?: string | undefined
}

export function circumstanceEntries({
  time,
  resourceAccount,
  region,
}: Circumstances): ContextEntries {
  return {
    // A copy, written as text when a condition asks: the app has the other in its hands.
    'aws:CurrentTime': new Date(time),
    'aws:EpochTime': Math.floor(time.getTime() / 1000),
    'aws:ResourceAccount': resourceAccount,
    'aws:RequestedRegion': region,
    'aws:ViaAWSService': false,
  }
}

/** What the connection says. The address is the peer's, or what a trusted proxy says it is. */
export function connectionEntries(
  request: HttpRequest,
  clientAddress: ClientAddress,
): ContextEntries {
  return {
    'aws:SourceIp': clientAddress(request),
    'aws:SecureTransport': request.isSecure,
    'aws:UserAgent': firstHeader(request, 'user-agent'),
    'aws:referer': firstHeader(request, 'referer'),
  }
}

function firstHeader(request: HttpRequest, name: string): string | undefined {
  return request.headers(name)[0]?.slice(0, MAX_HEADER_LENGTH)
}

export const CONNECTION_KEYS = [
  'aws:SourceIp',
  'aws:SecureTransport',
  'aws:UserAgent',
  'aws:referer',
] as const

export const CIRCUMSTANCE_KEYS = Object.keys(
  circumstanceEntries({ time: new Date(0), resourceAccount: '' }),
)
