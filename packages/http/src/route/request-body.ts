/**
 * The body of a request, for extractors that look for tags in it.
 *
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`): there is a body, but nobody has read it as JSON. To take it for
 *         one without tags would let through what a Deny forbids, if the handler reads it later.
 *
 * @module
 */
import { RequestError } from '@iamkit/core'
import type { RouteRequest } from '../request.js'

/** A field of a JSON body; undefined where there is no body, or none of this name. */
export function bodyField(request: RouteRequest, field: string): unknown {
  const { body } = request
  if (body === null || (body === undefined && !isSent(request))) return undefined
  if (typeof body !== 'object' || ArrayBuffer.isView(body)) {
    throw new RequestError(
      'body',
      'must be a JSON object that a body parser has read before the guard',
    )
  }
  return Object.hasOwn(body, field) ? (body as Record<string, unknown>)[field] : undefined
}

/** RFC 9112, section 6: a body is announced by one of two headers. */
function isSent(request: RouteRequest): boolean {
  const isLong = request.headers('content-length').some((length) => length.trim() !== '0')
  return isLong || request.headers('transfer-encoding').length > 0
}
