/**
 * StringEquals, StringEqualsIgnoreCase, StringLike.
 *
 * Errors  None.
 * Source  Specification 2.2, 3.3 and 3.4.
 *
 * @module
 */
import { flat } from '../glob/flat.js'
import { compileGlob, matchGlob } from '../glob/glob.js'
import type { PolicyVersion } from '../policy/document.js'
import type { Comparison } from '../policy/operator.js'
import {
  isConstant,
  parseTemplate,
  resolveTemplate,
  type TemplateToken,
} from '../policy/variable.js'
import { anyHit, type Hits } from './hit.js'

export function stringHits(
  values: readonly string[],
  comparison: Comparison,
  version: PolicyVersion,
): Hits {
  const fold = comparison === 'equals-ignore-case' ? lowerCase : same
  const literals: string[] = []
  const others: Hits[] = []
  for (const value of values) {
    const { tokens, fault } = parseTemplate(value, { version, wildcards: comparison === 'like' })
    if (fault) continue
    const literal = literalOf(tokens)
    if (literal !== undefined) literals.push(flat(fold(literal)))
    else others.push(templateHits(tokens, fold))
  }
  const tests = literals.length > 0 ? [literalHits(literals), ...others] : others
  const hits = anyHit(tests)
  return fold === same ? hits : (value, context) => hits(fold(value), context)
}

const same = (text: string) => text
const lowerCase = (text: string) => text.toLowerCase()

/** The text of a value that has neither wildcard nor variable. */
function literalOf(tokens: readonly TemplateToken[]): string | undefined {
  const [only] = tokens
  if (tokens.length === 0) return ''
  return tokens.length === 1 && typeof only === 'string' ? only : undefined
}

/** Up to four are compared in turn; a set is faster beyond that. */
function literalHits(literals: readonly string[]): Hits {
  const [only] = literals
  if (literals.length === 1) return (value) => value === only
  if (literals.length <= 4) return (value) => isAmong(literals, value)
  const set = new Set(literals)
  return (value) => set.has(value)
}

function isAmong(literals: readonly string[], value: string): boolean {
  for (const literal of literals) if (value === literal) return true
  return false
}

/** Takes values that are folded already. What a variable gives is folded with the text around it. */
function templateHits(tokens: readonly TemplateToken[], fold: (text: string) => string): Hits {
  if (isConstant(tokens)) {
    const matches = compileGlob(tokens) // only StringLike has wildcards, and it folds nothing
    return (value) => matches(value)
  }
  const [only] = tokens
  if (
    tokens.length === 1 &&
    typeof only === 'object' &&
    only.fallback === undefined &&
    fold === same
  ) {
    const { key } = only
    return (value, context) => value !== '' && value === context.get(key)
  }
  return (value, context) => {
    const resolved = resolveTemplate(tokens, context)
    if (!resolved) return false
    return fold === same ? matchGlob(resolved, value) : fold(resolved.join('')) === value
  }
}
