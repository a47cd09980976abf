/**
 * StringEquals, StringEqualsIgnoreCase, StringLike.
 *
 * Errors  None.
 * Source  Specification 2.2, 3.3 and 3.4.
 *
 * @module
 */
import { compileGlob, type GlobToken, matchGlob } from '../glob/glob.js'
import type { PolicyVersion } from '../policy/document.js'
import type { Comparison } from '../policy/operator.js'
import { isConstant, parseTemplate, resolveTemplate } from '../policy/variable.js'
import { anyOf, type ValueTest } from './hit.js'
import { textOfTokens } from './token-text.js'

export function stringTest(
  values: readonly string[],
  comparison: Comparison,
  version: PolicyVersion,
): ValueTest {
  const fold = comparison === 'equals-ignore-case' ? (text: string) => text.toLowerCase() : same
  return anyOf(
    values.map((value) => oneValue(value, { version, wildcards: comparison === 'like' }, fold)),
  )
}

const same = (text: string) => text

function oneValue(
  value: string,
  syntax: { readonly version: PolicyVersion; readonly wildcards: boolean },
  fold: (text: string) => string,
): ValueTest {
  const { tokens, fault } = parseTemplate(value, syntax)
  if (fault) return { hits: () => false, wanted: () => [null] }

  if (isConstant(tokens)) {
    const matches = compileGlob(foldTokens(tokens, fold))
    return { hits: (had) => matches(fold(had)), wanted: () => [value] }
  }
  return {
    hits(had, context) {
      const resolved = resolveTemplate(tokens, context.get)
      return resolved !== undefined && matchGlob(foldTokens(resolved, fold), fold(had))
    },
    wanted(context) {
      const resolved = resolveTemplate(tokens, context.get)
      return [resolved ? textOfTokens(resolved) : null]
    },
  }
}

/** Folded as one text, since a letter's lower case may hang on its neighbours; no wildcard is among them. */
function foldTokens(
  tokens: readonly GlobToken[],
  fold: (text: string) => string,
): readonly GlobToken[] {
  return fold === same ? tokens : [fold(tokens.join(''))]
}
