/**
 * Resource and NotResource as one test over their patterns.
 *
 * Errors  None.
 * Source  Specification 1.6 and 3.3.
 *
 * @module
 */
import { compileLiterals } from '../glob/literal.js'
import type { Effect } from '../policy/document.js'
import type { RequestContext } from '../request/context.js'
import type { ResourcePattern } from './resource-pattern.js'

export type Cover = (resource: string, context: RequestContext) => boolean

/** Literals and prefixes are told apart in one comparison; only the others are asked in turn. */
export function compileCover(patterns: readonly ResourcePattern[]): Cover {
  if (patterns.some(({ kind }) => kind === 'all')) return () => true
  const literals = patterns.filter(({ kind }) => kind === 'exact' || kind === 'prefix')
  const others = patterns.flatMap(({ covers }) => covers ?? [])
  const tests = literals.length > 0 ? [literalCover(literals), ...others] : others
  const [first] = tests
  if (first && tests.length === 1) return first
  return (resource, context) => {
    for (const covers of tests) if (covers(resource, context)) return true
    return false
  }
}

function literalCover(patterns: readonly ResourcePattern[]): Cover {
  const [only] = patterns
  if (only?.kind === 'exact' && patterns.length === 1) {
    const { literal } = only
    return (resource) => resource === literal
  }
  return compileLiterals(
    patterns.map(({ kind, literal }) => ({ text: literal, isWhole: kind === 'exact' })),
  )
}

/** An entry without a value exempts nothing in a Deny, and an Allow that has one does not apply. */
export function compileNotCover(patterns: readonly ResourcePattern[], effect: Effect): Cover {
  const entries = patterns.map((pattern) => ({
    covers: compileCover([pattern]),
    hasValue: pattern.hasValue ?? (() => pattern.kind !== 'never'),
  }))
  return (resource, context) => {
    for (const { covers, hasValue } of entries) {
      if (hasValue(context) ? covers(resource, context) : effect === 'Allow') return false
    }
    return true
  }
}
