/**
 * ArnEquals and ArnLike: component by component, so that a wildcard never leaves its component.
 *
 * Errors  None.
 * Source  Specification 2.8.
 *
 * @module
 */
import { splitArn, splitArnPattern } from '../arn/arn-split.js'
import { type GlobToken, matchGlob } from '../glob/glob.js'
import type { PolicyVersion } from '../policy/document.js'
import { type Lookup, parseTemplate, resolveTemplate, variableEnd } from '../policy/variable.js'
import { anyOf, type ValueTest } from './hit.js'
import { textOfTokens } from './token-text.js'

export function arnTest(values: readonly string[], version: PolicyVersion): ValueTest {
  return anyOf(values.map((value) => oneArn(value, version)))
}

function oneArn(value: string, version: PolicyVersion): ValueTest {
  const templates = splitArnPattern(value, variableEnd).map((part) =>
    parseTemplate(part, { version, wildcards: true }),
  )
  const isImpossible = templates.length < 6 || templates.some((template) => template.fault)
  if (isImpossible) return { hits: () => false, wanted: () => [value] }

  const resolve = (lookup: Lookup): readonly GlobToken[][] | undefined => {
    const parts = templates.map((template) => resolveTemplate(template.tokens, lookup))
    return parts.every((part) => part !== undefined) ? parts : undefined
  }
  return {
    hits(had, context) {
      const components = splitArn(had)
      const parts = components && resolve(context.get)
      return parts?.every((part, i) => matchGlob(part, components?.[i] ?? '')) ?? false
    },
    wanted(context) {
      const parts = resolve(context.get)
      return [parts ? parts.map(textOfTokens).join(':') : null]
    },
  }
}
