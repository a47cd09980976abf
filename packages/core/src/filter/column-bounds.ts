/**
 * Comparisons of numbers and dates as a column's type can take them.
 *
 * Shape   whole numbers and instants lie on a grid, so each comparison is a range of it, cut to what the
 *         type holds: a database refuses a number that its column could not.
 * Units   an instant counts to its millisecond, as JavaScript's `Date` does; finer digits of a column do
 *         not count. Years are 0001 to 9999.
 * Errors  None.
 *
 * @module
 */
import { parseInstant } from '../value/instant.js'
import type { FilterComparison } from './filter-condition.js'

/** What a column compares its values with. */
export interface Bound {
  readonly is: FilterComparison['is']
  readonly value: string | number | bigint
}

/** Without bounds, `and` is true and `or` is false. */
export interface Bounds {
  readonly by: 'and' | 'or'
  readonly bounds: readonly Bound[]
}

/** `numeric` is exact, such as `numeric(12, 2)`; a float is not, and has no name here. */
export type OrderedType = 'integer' | 'bigint' | 'numeric' | 'timestamptz'

interface Grid {
  readonly first: bigint
  /** The first point that the type does not hold. */
  readonly end: bigint
  readonly write: (point: bigint) => Bound['value']
}

const GRIDS: Readonly<Record<Exclude<OrderedType, 'numeric'>, Grid>> = {
  integer: { first: -(2n ** 31n), end: 2n ** 31n, write: Number },
  bigint: { first: -(2n ** 63n), end: 2n ** 63n, write: (point) => point },
  timestamptz: {
    first: -62_135_596_800_000n,
    end: 253_402_300_800_000n,
    write: (point) => new Date(Number(point)).toISOString(),
  },
}

export function boundsOf(test: FilterComparison, type: OrderedType): Bounds {
  const { is, value } = test
  if (type === 'numeric') return { by: 'and', bounds: [{ is, value }] }
  const grid = GRIDS[type]
  const { from, to } = rangeOf(test, grid)
  const bound = (at: FilterComparison['is'], point: bigint) => ({
    is: at,
    value: grid.write(point),
  })
  if (is === '!=') {
    if (from >= to) return { by: 'and', bounds: [] }
    const isPoint = type !== 'timestamptz'
    return { by: 'or', bounds: isPoint ? [bound('!=', from)] : [bound('<', from), bound('>=', to)] }
  }
  if (from >= to) return { by: 'or', bounds: [] }
  if (is === '=' && type !== 'timestamptz') return { by: 'and', bounds: [bound('=', from)] }
  return {
    by: 'and',
    bounds: [
      ...(from > grid.first ? [bound('>=', from)] : []),
      ...(to < grid.end ? [bound('<', to)] : []),
    ],
  }
}

/** The points that compare so, from the first to before the last; of `!=`, those that do not. */
function rangeOf({ is, type, value }: FilterComparison, { first, end }: Grid) {
  const { floor, isWhole } = type === 'number' ? placeOfNumber(value) : placeOfDate(value)
  const next = floor + 1n
  const ceiling = isWhole ? floor : next
  const isEqual = is === '=' || is === '!='
  const from = is === '>=' || isEqual ? ceiling : is === '>' ? next : first
  const to = is === '<' ? ceiling : is === '<=' || isEqual ? next : end
  return { from: from > first ? from : first, to: to < end ? to : end }
}

interface Place {
  readonly floor: bigint
  readonly isWhole: boolean
}

function placeOfNumber(text: string): Place {
  const [whole = '', fraction] = text.split('.')
  const isWhole = fraction === undefined
  return { floor: BigInt(whole) - (text.startsWith('-') && !isWhole ? 1n : 0n), isWhole }
}

function placeOfDate(text: string): Place {
  const { seconds = 0, nanoseconds = 0 } = parseInstant(text) ?? {}
  const floor = BigInt(seconds * 1000 + Math.floor(nanoseconds / 1_000_000))
  return { floor, isWhole: nanoseconds % 1_000_000 === 0 }
}
