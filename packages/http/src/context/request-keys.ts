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
import type { ContextEntries, ContextValue } from '@iamkit/core'
import type { HttpRequest } from '../request.js'
import type { ClientAddress } from './client-address.js'

/** A header longer than this is cut: the caller chose it, and no policy should rest on it. */
const MAX_HEADER_LENGTH = 2048

/** What is true of every request, over whatever it came. */
export interface Circumstances {
  /** Milliseconds since 1970. */
  readonly time: number
  readonly resourceAccount: string
  readonly region?: string | undefined
}

/** Worked out when a condition asks. */
const CIRCUMSTANCES: Readonly<Record<string, (about: Circumstances) => ContextValue>> = {
  'aws:CurrentTime': ({ time }) => new Date(time),
  'aws:EpochTime': ({ time }) => Math.floor(time / 1000),
  'aws:ResourceAccount': ({ resourceAccount }) => resourceAccount,
  'aws:RequestedRegion': ({ region }) => region,
  'aws:ViaAWSService': () => false,
}

export const CIRCUMSTANCE_KEYS = Object.keys(CIRCUMSTANCES)

/** One of {@link CIRCUMSTANCE_KEYS}. */
export function circumstance(about: Circumstances, key: string): ContextValue {
  return CIRCUMSTANCES[key]?.(about)
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
