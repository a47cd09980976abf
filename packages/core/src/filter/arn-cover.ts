/**
 * A pattern with wildcards against a text with placeholders: what each placeholder must be.
 *
 * Shape   a placeholder stands for a text that is not empty and holds no separator, `/` or `:`, so a
 *         pattern's literal separators tell where one ends. Only a wildcard can reach over several, and
 *         then each way to share it out is one alternative.
 * Units   at most 6 wildcards in a pattern: alternatives grow with their number.
 * Errors  None.
 * Source  Specification 1.6.
 *
 * @module
 */
import { ANY, type GlobToken, ONE } from '../glob/glob.js'
import type { ArnPart } from './filter-query.js'
import { allOf, anyOf, type Formula } from './formula.js'
import { likeTest } from './text-test.js'

const MAX_WILDCARDS = 6

type Refuse = (obstacle: string) => Formula

export function coverFormula(
  pattern: readonly GlobToken[],
  tail: readonly ArnPart[],
  refuse: Refuse,
): Formula {
  if (pattern.filter((token) => typeof token !== 'string').length > MAX_WILDCARDS) {
    return refuse(`a resource with more than ${MAX_WILDCARDS} wildcards`)
  }
  const wanted = pattern.flatMap((token): readonly GlobToken[] =>
    typeof token === 'string' ? token.split('') : [token],
  )
  const had = tail.flatMap((part): readonly ArnPart[] =>
    typeof part === 'string' ? part.split('') : [part],
  )
  const known = new Map<number, Formula>()
  const from = (i: number, j: number): Formula => {
    const place = i * (had.length + 1) + j
    const found = known.get(place) ?? match(i, j)
    known.set(place, found)
    return found
  }
  const match = (i: number, j: number): Formula => {
    const part = had[j]
    const unit = wanted[i]
    if (part === undefined) return wanted.slice(i).every((one) => one === ANY)
    if (unit === undefined) return false
    if (typeof part === 'string') {
      if (unit === ANY) return anyOf([from(i + 1, j), from(i, j + 1)])
      return (unit === ONE || unit === part) && from(i + 1, j + 1)
    }
    const ways = shares(wanted, i).map(({ piece, next }) => {
      const rest = from(next, j + 1)
      return rest === false ? false : allOf([likeTest(part, piece, refuse), rest])
    })
    return anyOf(ways)
  }
  return from(0, 0)
}

interface Share {
  /** What of the pattern the placeholder must match. */
  readonly piece: readonly GlobToken[]
  /** Where the pattern goes on. */
  readonly next: number
}

/**
 * Each piece of the pattern, from a place on, that one placeholder could take. It ends where the pattern does,
 * at a separator, or at a wildcard that may stand for one.
 */
function shares(wanted: readonly GlobToken[], start: number): readonly Share[] {
  const found: Share[] = []
  for (let i = start; i <= wanted.length; i++) {
    const unit = wanted[i]
    const isSeparator = unit === '/' || unit === ':'
    // A star that one placeholder uses is there for the next part as well.
    if (unit === ANY) found.push({ piece: wanted.slice(start, i + 1), next: i })
    else if (i > start && (isSeparator || unit === ONE || unit === undefined)) {
      found.push({ piece: wanted.slice(start, i), next: i })
    }
    if (isSeparator) break
  }
  return found
}
