/**
 * What comes in, body or query → values that the handlers can trust.
 *
 * Shape   an object with the fields named here and no others; text without NUL and half characters.
 * Units   lengths count UTF-16 code units.
 * Errors  {@link InputError} (`ERR_INPUT_INVALID`) from every function.
 *
 * @module
 */
import { InputError } from './errors.js'
import type { DocumentContent } from './store/documents.js'

const MAX_TITLE_LENGTH = 200
const MAX_TEXT_LENGTH = 20_000
const MAX_PAGE = 100

/** A document's content: `{ "title": "…", "text": "…" }`. The field `tags` is the guard's. */
export function readContent(input: unknown): DocumentContent {
  const fields = readFields(input, ['title', 'text', 'tags'])
  const title = readText(fields.get('title'), { field: 'title', max: MAX_TITLE_LENGTH })
  if (title.trim() === '') throw new InputError('title', 'must not be empty')
  const text = readText(fields.get('text') ?? '', { field: 'text', max: MAX_TEXT_LENGTH })
  return { title, text }
}

/** A body that passes tags and nothing else. The guard has read them. */
export function refuseOtherFields(input: unknown): void {
  readFields(input, ['tags'])
}

/** The name of a new folder: small letters, digits and hyphens, so that no two look alike. */
export function readName(name: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return name
  throw new InputError('name', 'must have 1 to 63 small letters, digits and hyphens')
}

export interface Page {
  /** The id after which the page begins; empty for the first. */
  readonly after: string
  /** 1 to 100. */
  readonly limit: number
}

export function readPage(query: unknown): Page {
  const fields = readFields(query, ['after', 'limit'])
  const after = readText(fields.get('after') ?? '', { field: 'after', max: MAX_TITLE_LENGTH })
  const limit = fields.get('limit') ?? '50'
  const isWhole = typeof limit === 'string' && /^[1-9]\d{0,2}$/.test(limit)
  if (!isWhole || Number(limit) > MAX_PAGE) {
    throw new InputError('limit', `must be a whole number from 1 to ${MAX_PAGE}`)
  }
  return { after, limit: Number(limit) }
}

function readFields(input: unknown, names: readonly string[]): ReadonlyMap<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InputError('body', 'must be a JSON object, sent as `application/json`')
  }
  const fields = new Map(Object.entries(input))
  const other = [...fields.keys()].find((name) => !names.includes(name))
  if (other !== undefined) throw new InputError(other, `is not one of ${names.join(', ')}`)
  return fields
}

function readText(value: unknown, { field, max }: { field: string; max: number }): string {
  if (typeof value !== 'string') throw new InputError(field, 'must be text')
  if (value.length > max) throw new InputError(field, `is longer than ${max} characters`)
  if (/\0|\p{Cs}/u.test(value)) throw new InputError(field, 'holds NUL or half a character')
  return value
}
