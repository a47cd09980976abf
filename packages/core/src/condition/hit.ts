/**
 * A value test: whether one request value hits any of a condition's wanted values.
 *
 * Errors  None: a wanted value that cannot be read is never hit.
 * Source  Specification 2.1, step 5, and 2.11.
 *
 * @module
 */
import type { RequestContext } from '../request/context.js'

export interface ValueTest {
  /** The positive comparison with some wanted value; negation is applied by the caller, once. */
  readonly hits: (value: string, context: RequestContext) => boolean
  /** The wanted values after substitution; null for one whose variable has no value. */
  readonly wanted: (context: RequestContext) => readonly (string | null)[]
}

/** A test whose wanted values are read once and compared with each request value. */
export function parsedTest<Wanted, Had>(
  values: readonly string[],
  compare: {
    readonly parseWanted: (text: string) => Wanted | undefined
    readonly parseHad: (text: string) => Had | undefined
    readonly matches: (had: Had, wanted: Wanted) => boolean
  },
): ValueTest {
  const wanted: Wanted[] = []
  for (const value of values) {
    const parsed = compare.parseWanted(value)
    if (parsed !== undefined) wanted.push(parsed)
  }
  return {
    hits(value) {
      const had = compare.parseHad(value)
      return had !== undefined && wanted.some((one) => compare.matches(had, one))
    },
    wanted: () => values,
  }
}

/** A test that is hit where any of its parts is. */
export function anyOf(parts: readonly ValueTest[]): ValueTest {
  return {
    hits: (value, context) => parts.some((part) => part.hits(value, context)),
    wanted: (context) => parts.flatMap((part) => part.wanted(context)),
  }
}
