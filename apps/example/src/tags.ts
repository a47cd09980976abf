/**
 * Tags as they come in and are kept.
 *
 * Shape   key and value of letters, digits, blanks and `_.:/=+-@`, as AWS takes them. How many there
 *         may be and how long is checked where they become condition keys.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`), which a guard answers with 400.
 * Source  Resource Groups Tagging API, shapes `TagKey` and `TagValue`.
 *
 * @module
 */
import { RequestError } from '@iamkit/core'
import { bodyTags, type RouteRequest } from '@iamkit/http'

export type TagSet = Readonly<Record<string, string>>

const WORD = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

const readBody = bodyTags()

/** The tags that a body passes, `{ "tags": { "team": "engineering" } }`: what is to be set. */
export function sentTags(request: RouteRequest): unknown {
  const tags = readBody(request)
  if (typeof tags === 'object' && tags !== null) {
    for (const [key, value] of Object.entries(tags)) {
      refuseStrange(key)
      if (typeof value === 'string') refuseStrange(value)
    }
  }
  return tags
}

/** The tag that a path names, as a key without a value: what is to be taken away. */
export function namedTag({ params }: RouteRequest<'tagKey'>): Map<string, string> {
  refuseStrange(params.tagKey)
  return new Map([[params.tagKey, '']])
}

function refuseStrange(text: string): void {
  if (!WORD.test(text)) {
    throw new RequestError('tags', 'a tag holds letters, digits, blanks and `_.:/=+-@`')
  }
}
