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
import { paths } from './paths.js'
import { anonymous, masks, notThere, shadow, stepUps } from './refusals.js'
import { segments } from './segments.js'
import { tables } from './tables.js'
import { bodyTags, otherTags } from './tags.js'

export const EXCHANGES: Readonly<Record<string, readonly Exchange[]>> = {
  methods,
  paths,
  'path parameters': segments,
  identity,
  headers,
  'tags in a body': bodyTags,
  'tags in a header or the query': otherTags,
  masks,
  'what is not there': notThere,
  'step-up': stepUps,
  anonymous,
  'shadow mode': shadow,
  failures,
  'tables and OpenAPI': tables,
}
