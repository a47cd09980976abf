/**
 * A filter applied to rows in memory.
 *
 * Shape   reads each row's {@link ResourceFacts}. A row whose facts could not stand in an ARN or a context is
 *         not selected.
 * Errors  None but what `read` throws.
 *
 * @module
 */

import { RequestError } from '../errors.js'
import { matchGlob } from '../glob/glob.js'
import { type ContextEntries, requestContext } from '../request/context.js'
import { resourceTagEntries, type Tags } from '../request/tag-keys.js'
import { partProblem } from '../service/arn-part.js'
import { parseBoolean } from '../value/boolean.js'
import { compareDecimals, parseDecimal } from '../value/decimal.js'
import { compareInstants, parseInstant } from '../value/instant.js'
import type {
  FilterComparison,
  FilterCondition,
  FilterField,
  FilterTest,
  ResourceFilter,
} from './filter-condition.js'

/** What a row says of its resource. */
export interface ResourceFacts {
  /** What the placeholders of the ARN stand for. */
  readonly params: Readonly<Record<string, string>>
  readonly tags?: Tags
  /** The context keys that the resource brings. */
  readonly keys?: ContextEntries
}

/** The rows that a filter lets through. */
export function selectRows<Row>(
  filter: ResourceFilter,
  rows: readonly Row[],
  read: (row: Row) => ResourceFacts,
): readonly Row[] {
  return filter.kind === 'none' ? [] : rows.filter((row) => isSelected(filter, read(row)))
}

function isSelected(filter: ResourceFilter, facts: ResourceFacts): boolean {
  if (Object.values(facts.params).some((value) => partProblem(value) !== undefined)) return false
  try {
    const readField = fieldReader(facts)
    return filter.kind === 'all' || (filter.kind === 'where' && holds(filter.condition, readField))
  } catch (error) {
    if (error instanceof RequestError) return false
    throw error
  }
}

type Read = (field: FilterField) => string | readonly string[] | undefined

function fieldReader({ params, tags = {}, keys }: ResourceFacts): Read {
  const context = requestContext({ ...keys, ...resourceTagEntries(tags) })
  return (field) => {
    if ('param' in field)
      return Object.hasOwn(params, field.param) ? params[field.param] : undefined
    const key = 'tag' in field ? `aws:resourcetag/${field.tag}` : field.key.toLowerCase()
    return context.get(key)
  }
}

function holds(condition: FilterCondition, readField: Read): boolean {
  if ('and' in condition) return condition.and.every((part) => holds(part, readField))
  if ('or' in condition) return condition.or.some((part) => holds(part, readField))
  const had = readField(condition.field)
  if (had === undefined) return condition.is === 'absent'
  return typeof had === 'string' && passes(condition, had, readField)
}

/** Of a value that is there and is one text. */
function passes(test: FilterTest, had: string, readField: Read): boolean {
  switch (test.is) {
    case 'absent':
    case 'present':
      return test.is === 'present'
    case 'in':
    case 'not-in':
      return test.values.includes(had) === (test.is === 'in')
    case 'like':
    case 'not-like':
      return matchGlob(test.pattern, had) === (test.is === 'like')
    case 'same':
    case 'not-same': {
      const other = readField(test.other)
      return typeof other === 'string' && (had === other) === (test.is === 'same')
    }
    case 'true':
    case 'false':
      return parseBoolean(had) === (test.is === 'true')
    default:
      return compares(test, orderOf(test, had))
  }
}

/** Undefined where the value is no number or no date: such a value equals nothing, and is in no order. */
function orderOf({ type, value }: FilterComparison, had: string): number | undefined {
  if (type === 'number') {
    const [a, b] = [parseDecimal(had), parseDecimal(value)]
    return a && b && compareDecimals(a, b)
  }
  const [a, b] = [parseInstant(had), parseInstant(value)]
  return a && b && compareInstants(a, b)
}

function compares({ is }: FilterComparison, order: number | undefined): boolean {
  if (order === undefined) return false
  switch (is) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    default:
      return (order === 0) === (is === '=')
  }
}
