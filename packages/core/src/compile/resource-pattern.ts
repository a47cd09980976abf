/**
 * One entry of Resource or NotResource: an ARN pattern whose wildcards stay in their component, but
 * for a `*` that ends the whole pattern.
 *
 * Errors  None: a pattern that can never match has no value, and NotResource refuses because of it.
 * Source  Specification 1.6 and 3.3.
 *
 * @module
 */
import { splitArnPattern } from '../arn/arn-split.js'
import { ANY, compileGlob, matchGlob, ONE, parseGlob } from '../glob/glob.js'
import { compilePrefix } from '../glob/literal.js'
import type { PolicyVersion } from '../policy/document.js'
import {
  isConstant,
  parseTemplate,
  resolveTemplate,
  type TemplateToken,
  type Variable,
  valueOfVariable,
  variableEnd,
} from '../policy/variable.js'
import type { RequestContext } from '../request/context.js'

export interface ResourcePattern {
  /**
   * `all` covers every resource and `never` none. `exact` and `prefix` are told by `literal` alone;
   * `pattern` needs its test as well.
   */
  readonly kind: 'all' | 'exact' | 'prefix' | 'pattern' | 'never'
  /** What every covered resource begins with; the whole of it for `exact`. */
  readonly literal: string
  /** Whether covering a resource proves that it is an ARN of six parts. */
  readonly isProof: boolean
  /** For `pattern` alone. */
  readonly covers?: (resource: string, context: RequestContext) => boolean
  /** Whether the variables of a `pattern` have values; absent where it has none. */
  readonly hasValue?: (context: RequestContext) => boolean
}

const ALL: ResourcePattern = { kind: 'all', literal: '', isProof: false }
const NEVER: ResourcePattern = { kind: 'never', literal: '', isProof: false }

export function compileResourcePattern(text: string, version: PolicyVersion): ResourcePattern {
  if (text === '*') return ALL
  const special = text.search(/[*?$]/)
  if (special < 0)
    return hasSixParts(text) ? { kind: 'exact', literal: text, isProof: true } : NEVER
  if (special === text.length - 1 && text.endsWith('*')) return prefixPattern(text.slice(0, -1))

  const parts = splitArnPattern(text, version === '2012-10-17' ? variableEnd : undefined)
  if (parts.length < 6) return compileShort(text, parts, version)
  const heads = parts.slice(0, 5)
  const { tokens, fault } = parseTemplate(parts[5] as string, { version, wildcards: true })
  if (fault || holdsVariable(heads, version)) return NEVER
  return heads.some(hasWildcard) || !isConstant(tokens)
    ? compileGeneral(heads, tokens)
    : compileTail(`${heads.join(':')}:`, tokens)
}

function hasSixParts(literal: string): boolean {
  let colon = -1
  for (let i = 0; i < 5; i++) {
    colon = literal.indexOf(':', colon + 1)
    if (colon < 0) return false
  }
  return true
}

/** Fewer than six components: only a `*` at the very end makes the missing ones up. */
function compileShort(
  text: string,
  parts: readonly string[],
  version: PolicyVersion,
): ResourcePattern {
  if (!text.endsWith('*') || holdsVariable(parts, version)) return NEVER
  const literal = text.slice(0, -1)
  if (!hasWildcard(literal)) return prefixPattern(literal)
  const skipHeads = compileHeads(parts.slice(0, -1))
  const matchesLast = compileGlob(parseGlob(parts[parts.length - 1] as string))
  return {
    kind: 'pattern',
    literal: literalStart(text),
    isProof: false,
    covers(resource) {
      const at = skipHeads(resource)
      const colon = resource.indexOf(':', at)
      return (
        resource !== '*' &&
        at >= 0 &&
        matchesLast(resource.slice(at, colon < 0 ? undefined : colon))
      )
    },
  }
}

function prefixPattern(literal: string): ResourcePattern {
  return { kind: 'prefix', literal, isProof: hasSixParts(literal) }
}

/** Constant heads, constant tail: one comparison where the tail is a literal or ends in its only star. */
function compileTail(head: string, tokens: readonly (string | 1 | 2)[]): ResourcePattern {
  const [first = '', second] = tokens
  const isLiteral = typeof first === 'string'
  const literal = isLiteral ? head + first : head
  if (isLiteral && tokens.length <= 1) {
    return { kind: 'exact', literal, isProof: true }
  }
  if (tokens.length === (isLiteral ? 2 : 1) && (isLiteral ? second : first) === ANY) {
    return prefixPattern(literal)
  }
  const starts = compilePrefix(literal)
  const matchesRest = compileGlob(isLiteral ? tokens.slice(1) : tokens)
  const covers = (resource: string) => starts(resource) && matchesRest(resource, literal.length)
  return { kind: 'pattern', literal, isProof: true, covers }
}

/** Wildcards in the heads, or variables in the tail. */
function compileGeneral(
  heads: readonly string[],
  tokens: readonly TemplateToken[],
): ResourcePattern {
  const skipHeads = compileHeads(heads)
  const wild = heads.findIndex(hasWildcard)
  const [first] = tokens
  const head = headLiteral(heads.slice(0, wild < 0 ? 5 : wild))
  const literal =
    wild >= 0
      ? head + literalStart(heads[wild] as string)
      : head + (typeof first === 'string' ? first : '')
  if (isConstant(tokens)) {
    const matchesTail = compileGlob(tokens)
    const covers = (resource: string) => {
      const at = skipHeads(resource)
      return at >= 0 && matchesTail(resource, at)
    }
    return { kind: 'pattern', literal, isProof: true, covers }
  }
  const matchesTail = compileVariableTail(tokens)
  return {
    kind: 'pattern',
    literal,
    isProof: true,
    hasValue: (context) => resolveTemplate(tokens, context) !== undefined,
    covers(resource, context) {
      const at = skipHeads(resource)
      return at >= 0 && matchesTail(resource, at, context)
    },
  }
}

/** Literals and variables are compared in turn up to the first wildcard, which alone needs a glob. */
function compileVariableTail(tokens: readonly TemplateToken[]) {
  const wild = tokens.findIndex((token) => token === ANY || token === ONE)
  const fixed = (wild < 0 ? tokens : tokens.slice(0, wild)) as readonly (string | Variable)[]
  const rest = wild < 0 ? [] : tokens.slice(wild)
  const endsInStar = rest.length === 1 && rest[0] === ANY
  return (resource: string, from: number, context: RequestContext): boolean => {
    let at = from
    for (const token of fixed) {
      const text = typeof token === 'string' ? token : valueOfVariable(token, context)
      if (text === undefined || !resource.startsWith(text, at)) return false
      at += text.length
    }
    if (endsInStar) return true
    if (wild < 0) return at === resource.length
    const resolved = resolveTemplate(rest, context)
    return resolved !== undefined && matchGlob(resolved, resource, at)
  }
}

/** Makes a function that gives the offset behind the last of these components, or -1. */
function compileHeads(heads: readonly string[]): (resource: string) => number {
  const wild = heads.findIndex(hasWildcard)
  const literal = headLiteral(heads.slice(0, wild < 0 ? heads.length : wild))
  const starts = compilePrefix(literal)
  if (wild < 0) return (resource) => (starts(resource) ? literal.length : -1)
  const tests = heads.slice(wild).map((head) => compileGlob(parseGlob(head)))
  return (resource) => {
    let at = literal.length
    if (!starts(resource)) return -1
    for (const matches of tests) {
      const colon = resource.indexOf(':', at)
      if (colon < 0 || !matches(resource.slice(at, colon))) return -1
      at = colon + 1
    }
    return at
  }
}

function headLiteral(heads: readonly string[]): string {
  return heads.map((head) => `${head}:`).join('')
}

function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

function literalStart(text: string): string {
  return text.slice(0, text.search(/[*?]/))
}

/** Before the fifth colon nothing is substituted, so a variable there never matches. */
function holdsVariable(heads: readonly string[], version: PolicyVersion): boolean {
  return version === '2012-10-17' && heads.some((head) => head.includes('${'))
}
