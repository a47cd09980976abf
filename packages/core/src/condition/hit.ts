/**
 * A value test: whether one request value hits any of a condition's wanted values.
 *
 * Errors  None: a wanted value that cannot be read is never hit.
 * Source  Specification 2.1, step 5, and 2.11.
 *
 * @module
 */
import type { RequestContext } from '../request/context.js'

/** The positive comparison with some wanted value; negation is applied by the caller, once. */
export type Hits = (value: string, context: RequestContext) => boolean

/** A test whose wanted values are read once and compared with each request value. */
export function parsedHits<Wanted, Had>(
  values: readonly string[],
  compare: {
    readonly parseWanted: (text: string) => Wanted | undefined
    readonly parseHad: (text: string) => Had | undefined
    readonly matches: (had: Had, wanted: Wanted) => boolean
  },
): Hits {
  const { parseHad, matches } = compare
  const wanted = values.map(compare.parseWanted).filter((one) => one !== undefined)
  return (value) => {
    const had = parseHad(value)
    if (had === undefined) return false
    for (const one of wanted) if (matches(had, one)) return true
    return false
  }
}

/** Hit where any of the tests is. */
export function anyHit(tests: readonly Hits[]): Hits {
  const [only] = tests
  if (only && tests.length === 1) return only
  return (value, context) => {
    for (const hits of tests) if (hits(value, context)) return true
    return false
  }
}
