/**
 * The whole table, by theme.
 *
 * @module
 */
import type { Exchange } from '../exchange.js'
import { failures } from './failures.js'
import { headers } from './headers.js'
import { identity } from './identity.js'
import { methods } from './methods.js'
import { overlapping, paths } from './paths.js'
import { anonymous, masks, notThere, shadow, stepUps } from './refusals.js'
import { segments } from './segments.js'
import { tables } from './tables.js'
import { bodyTags, otherTags } from './tags.js'

export const EXCHANGES: Readonly<Record<string, readonly Exchange[]>> = {
  'every verb in `http.METHODS` against guarded, public and unmapped routes: handler runs only on allow':
    methods,
  'all path variants of 2.6': paths,
  '`/docs/:id` vs `/docs/latest` in both orders: action checked = handler run': overlapping,
  'decoded `/`, `*`, `${`, NUL, empty segment, 1 KB segment in path params: 400, never a wider ARN':
    segments,
  'array/duplicate/`__proto__` tags: 400; tag from body never readable as ResourceTag': bodyTags,
  'tags in a header or the query': otherTags,
  'loader throws / store down / policy invalid: 5xx, handler not run, logged': failures,
  '401 always with WWW-Authenticate; no error code without credentials': identity,
  '404 mask byte-equal to real 404': masks,
  'what is not there': notThere,
  'headers that claim something': headers,
  'step-up': stepUps,
  anonymous,
  'shadow mode': shadow,
  'tables and OpenAPI': tables,
}
