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
    const matches = compileGlob(tokens.map((token) => foldToken(token, fold)))
    return { hits: (had) => matches(fold(had)), wanted: () => [value] }
  }
  return {
    hits(had, context) {
      const resolved = resolveTemplate(tokens, context.get)
      if (!resolved) return false
      return matchGlob(
        resolved.map((token) => foldToken(token, fold)),
        fold(had),
      )
    },
    wanted(context) {
      const resolved = resolveTemplate(tokens, context.get)
      return [resolved ? textOfTokens(resolved) : null]
    },
  }
}

function foldToken(token: GlobToken, fold: (text: string) => string): GlobToken {
  return typeof token === 'string' ? fold(token) : token
}
