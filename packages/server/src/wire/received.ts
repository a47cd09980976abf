/**
 * A request as a server got it, and the parts of it that say what is called.
 *
 * Shape   target and headers as on the wire: signatures are checked against them.
 * Errors  None.
 *
 * @module
 */
import type { ReceivedRequest } from '@iamkit/sigv4'

/** What a server fills in. */
export interface Received extends ReceivedRequest {
  /** The address that the connection came from. */
  readonly sourceIp?: string | undefined
  /** Whether it came over TLS. */
  readonly isSecure: boolean
}

/** A request with its headers gathered and its target parted. */
export interface WireRequest extends Received {
  /** As on the wire, still encoded. */
  readonly path: string
  /** As on the wire, without the question mark. */
  readonly query: string
  /** The first header of a name, given in lower case. */
  readonly header: (name: string) => string | undefined
}

export function wireRequest(received: Received): WireRequest {
  const headers = new Map<string, string>()
  for (const [name, value] of received.headers) {
    const first = typeof value === 'string' ? value : value?.[0]
    const key = name.toLowerCase()
    if (first !== undefined && !headers.has(key)) headers.set(key, first)
  }
  const header = (name: string) => headers.get(name)
  const mark = received.target.indexOf('?')
  return {
    ...received,
    path: mark < 0 ? received.target : received.target.slice(0, mark),
    query: mark < 0 ? '' : received.target.slice(mark + 1),
    header,
  }
}

/** `application/json` of `application/json; charset=utf-8`, in lower case. */
export function mediaType(request: WireRequest): string {
  return (request.header('content-type') ?? '').replace(/;.*/s, '').trim().toLowerCase()
}

/** What the request says it is signed with: `AKIA…/20260101/us-east-1/iam/aws4_request`. Not checked yet. */
export function credentialOf(request: WireRequest): string | undefined {
  const inHeader = request.header('authorization') ?? ''
  return (
    /^AWS4-[^ ]+ +Credential=([^\s,]+)/.exec(inHeader)?.[1] ??
    parameterOf(request, 'X-Amz-Credential')
  )
}

/** The service that the request says it is signed for. Not checked yet. */
export function scopeService(request: WireRequest): string | undefined {
  return credentialOf(request)?.split('/')[3]
}

/** The first parameter of a name in the query, decoded. */
export function parameterOf({ query }: WireRequest, name: string): string | undefined {
  const pair = query.split('&').find((one) => one.startsWith(`${name}=`))
  try {
    return pair && decodeURIComponent(pair.slice(name.length + 1))
  } catch {
    return undefined
  }
}
