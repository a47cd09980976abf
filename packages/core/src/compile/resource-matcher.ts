/**
 * Resource and NotResource: ARN patterns whose wildcards stay in their component, but for a `*` that
 * ends the whole pattern.
 *
 * Errors  None: a pattern that can never match says so, and NotResource refuses because of it.
 * Source  Specification 1.6 and 3.3.
 *
 * @module
 */
import { splitArn, splitArnPattern } from '../arn/arn-split.js'
import { compileGlob, matchGlob, parseGlob } from '../glob/glob.js'
import type { Effect, PolicyVersion } from '../policy/document.js'
import {
  isConstant,
  parseTemplate,
  resolveTemplate,
  type TemplateToken,
  variableEnd,
} from '../policy/variable.js'
import type { RequestContext } from '../request/context.js'

export type ResourceTest = (resource: string, context: RequestContext) => boolean

/** Undefined: the pattern has no value for this request, so it covers nothing. */
type PatternTest = (resource: Resource, context: RequestContext) => boolean | undefined

/** A concrete resource: its text and, where it is an ARN, its components. */
interface Resource {
  readonly text: string
  readonly components: readonly string[] | undefined
}

/** The test of a Resource element: some entry covers the resource. */
export function compileResources(
  patterns: readonly string[],
  version: PolicyVersion,
): ResourceTest {
  const tests = patterns.map((pattern) => compilePattern(pattern, version))
  return (text, context) => {
    const resource = { text, components: splitArn(text) }
    return tests.some((test) => test(resource, context) === true)
  }
}

/**
 * The test of a NotResource element: no entry covers the resource. An entry without a value exempts
 * nothing in a Deny, and an Allow that has one does not apply (specification 3.3).
 */
export function compileNotResources(
  patterns: readonly string[],
  version: PolicyVersion,
  effect: Effect,
): ResourceTest {
  const tests = patterns.map((pattern) => compilePattern(pattern, version))
  const whenWithoutValue = effect === 'Deny'
  return (text, context) => {
    const resource = { text, components: splitArn(text) }
    return tests.every((test) => {
      const covers = test(resource, context)
      return covers === undefined ? whenWithoutValue : !covers
    })
  }
}

function compilePattern(pattern: string, version: PolicyVersion): PatternTest {
  if (pattern === '*') return () => true

  const parts = splitArnPattern(pattern, variableEnd)
  const heads = parts.length === 6 ? parts.slice(0, 5) : parts
  const isShort = parts.length < 6
  if (isShort && !pattern.endsWith('*')) return () => undefined
  if (version === '2012-10-17' && heads.some((head) => head.includes('${'))) return () => undefined

  const headTests = heads.map((head) => compileGlob(parseGlob(head)))
  const matchesHead = (components: readonly string[]) =>
    headTests.every((test, i) => test(components[i] as string))
  if (isShort) return ({ components }) => components !== undefined && matchesHead(components)

  const { tokens, fault } = parseTemplate(parts[5] as string, { version, wildcards: true })
  if (fault) return () => undefined
  const matchesTail = tailTest(tokens)
  return ({ components }, context) => {
    if (!components || !matchesHead(components))
      return matchesTail.hasValue(context) ? false : undefined
    return matchesTail.covers(components[5] as string, context)
  }
}

/** The sixth component, in which variables are replaced. */
function tailTest(tokens: readonly TemplateToken[]) {
  if (isConstant(tokens)) {
    const covers = compileGlob(tokens)
    return { hasValue: () => true, covers: (tail: string) => covers(tail) }
  }
  return {
    hasValue: (context: RequestContext) => resolveTemplate(tokens, context.get) !== undefined,
    covers(tail: string, context: RequestContext) {
      const resolved = resolveTemplate(tokens, context.get)
      return resolved && matchGlob(resolved, tail)
    },
  }
}
