/**
 * Resource and NotResource as one test over their patterns.
 *
 * Shape   data and not a closure: it stands in every decision, and engines see through data only.
 * Units   the regular expression that tells literals apart is made after so many questions: most
 *         statements of most principals are never asked as often, and it takes a kibibyte.
 * Errors  None.
 * Source  Specification 1.6 and 3.3.
 *
 * @module
 */
import { flat } from '../glob/flat.js'
import { type Literal, literalPattern, startsWithAny } from '../glob/literal.js'
import type { Effect } from '../policy/document.js'
import type { RequestContext } from '../request/context.js'
import type { ResourcePattern } from './resource-pattern.js'

type CoverTest = (resource: string, context: RequestContext) => boolean

export interface Cover {
  /** Present: the one resource that is covered. */
  readonly exact: string | undefined
  readonly literals: readonly Literal[]
  /** The literals as one comparison; made when it pays. */
  pattern: RegExp | undefined
  questions: number
  /** Whatever is no literal. */
  readonly others: readonly CoverTest[]
}

const MANY_QUESTIONS = 16

/** Undefined where every resource is covered. */
export function compileCover(patterns: readonly ResourcePattern[]): Cover | undefined {
  if (patterns.some(({ kind }) => kind === 'all')) return undefined
  const known = patterns.filter(({ kind }) => kind === 'exact' || kind === 'prefix')
  const literals = known.map(({ kind, literal }) => ({ text: literal, isWhole: kind === 'exact' }))
  const [only] = literals
  const isExact = only?.isWhole === true && patterns.length === 1
  return {
    exact: isExact ? flat(only.text) : undefined,
    literals,
    pattern: undefined,
    questions: 0,
    others: patterns.flatMap(({ covers }) => covers ?? []),
  }
}

/** Asks one test alone. */
export function coverOf(test: CoverTest): Cover {
  return { exact: undefined, literals: [], pattern: undefined, questions: 0, others: [test] }
}

export function covers(cover: Cover, resource: string, context: RequestContext): boolean {
  if (cover.exact !== undefined) return resource === cover.exact
  const isLiteral = cover.pattern ? cover.pattern.test(resource) : startsSlowly(cover, resource)
  if (isLiteral) return true
  const { others } = cover
  for (let i = 0; i < others.length; i++) {
    if ((others[i] as CoverTest)(resource, context)) return true
  }
  return false
}

function startsSlowly(cover: Cover, resource: string): boolean {
  const { literals } = cover
  if (literals.length === 0) return false
  if (++cover.questions > MANY_QUESTIONS) cover.pattern = literalPattern(literals)
  return startsWithAny(resource, literals)
}

/** An entry without a value exempts nothing in a Deny, and an Allow that has one does not apply. */
export function compileNotCover(patterns: readonly ResourcePattern[], effect: Effect): Cover {
  const entries = patterns.map((pattern) => ({
    cover: compileCover([pattern]),
    hasValue: pattern.hasValue ?? (() => pattern.kind !== 'never'),
  }))
  return coverOf((resource, context) => {
    for (const { cover, hasValue } of entries) {
      const isListed = hasValue(context)
        ? cover === undefined || covers(cover, resource, context)
        : effect === 'Allow'
      if (isListed) return false
    }
    return true
  })
}
