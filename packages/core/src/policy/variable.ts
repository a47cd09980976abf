/**
 * Policy variables: `${aws:PrincipalTag/team, 'none'}` inside a value, and the escapes `${*}`.
 *
 * Shape   a template is a list of tokens: literal text, wildcards, variables. Text that comes out of
 *         a variable or a default is literal and is never read again.
 * Errors  None: a malformed variable is a {@link TemplateFault}, and its template never matches.
 * Source  Specification 3.
 *
 * @module
 */
import { ANY, type GlobToken, ONE } from '../glob/glob.js'
import type { PolicyVersion } from './document.js'

export interface Variable {
  /** The context key in lower case. */
  readonly key: string
  /** Text for a key without a value; it may be empty. */
  readonly fallback?: string
}

export type TemplateToken = GlobToken | Variable

/** What is wrong with a variable, by the name of AWS's check. */
export type TemplateFault =
  | 'missing-brace-in-variable'
  | 'missing-quote-in-variable'
  | 'empty-variable'
  | 'unsupported-space-in-variable'

export interface Template {
  readonly tokens: readonly TemplateToken[]
  /** Present: the template can never match. */
  readonly fault?: TemplateFault
}

export interface TemplateSyntax {
  readonly version: PolicyVersion
  /** Whether `*` and `?` are wildcards here. */
  readonly wildcards: boolean
}

/** Looks a context key up: one text, many, or nothing. */
export type Lookup = (lowerCaseKey: string) => string | readonly string[] | undefined

/** Takes a policy value apart. Under the version of 2008 there are no variables and no escapes. */
export function parseTemplate(text: string, syntax: TemplateSyntax): Template {
  const tokens: TemplateToken[] = []
  let literal = ''
  const push = (token: TemplateToken) => {
    if (literal) tokens.push(literal)
    literal = ''
    if (token !== ANY || tokens[tokens.length - 1] !== ANY) tokens.push(token)
  }
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === '$' && text[i + 1] === '{' && syntax.version === '2012-10-17') {
      const variable = parseVariable(text, i)
      if (typeof variable === 'string') return { tokens: [], fault: variable }
      if (typeof variable.value === 'string') literal += variable.value
      else push(variable.value)
      i = variable.end - 1
    } else if (syntax.wildcards && char === '*') push(ANY)
    else if (syntax.wildcards && char === '?') push(ONE)
    else literal += char
  }
  if (literal) tokens.push(literal)
  return { tokens }
}

/** The tokens with every variable replaced by its literal value; undefined where one has none. */
export function resolveTemplate(
  tokens: readonly TemplateToken[],
  lookup: Lookup,
): GlobToken[] | undefined {
  const resolved: GlobToken[] = []
  for (const token of tokens) {
    if (typeof token !== 'object') resolved.push(token)
    else {
      const value = lookup(token.key)
      const text = typeof value === 'string' && value !== '' ? value : token.fallback
      if (text === undefined) return undefined
      resolved.push(text)
    }
  }
  return resolved
}

/** Whether a template is the same for every request. */
export function isConstant(tokens: readonly TemplateToken[]): tokens is readonly GlobToken[] {
  return tokens.every((token) => typeof token !== 'object')
}

/** The offset behind the brace that closes the variable at `start`, or -1 where none does. */
export function variableEnd(text: string, start: number): number {
  const variable = parseVariable(text, start)
  if (typeof variable !== 'string') return variable.end
  return text.indexOf('}', start) + 1 || -1
}

interface Found {
  readonly value: string | Variable
  /** Offset behind the closing brace. */
  readonly end: number
}

function parseVariable(text: string, start: number): Found | TemplateFault {
  const inside = start + 2
  const escaped = text.charAt(inside)
  if ('*?$'.includes(escaped) && text[inside + 1] === '}')
    return { value: escaped, end: inside + 2 }

  let end = inside
  while (end < text.length && !',}'.includes(text.charAt(end))) end++
  if (end === text.length) return 'missing-brace-in-variable'
  const key = text.slice(inside, end)
  const fault = keyFault(key)
  if (fault) return fault
  if (text[end] === '}') return { value: { key: key.toLowerCase() }, end: end + 1 }
  return parseFallback(text, end + 1, key.toLowerCase())
}

function keyFault(key: string): TemplateFault | undefined {
  if (key === '') return 'empty-variable'
  if (key.includes('${')) return 'missing-brace-in-variable'
  const slash = key.indexOf('/')
  const name = slash < 0 ? key : key.slice(0, slash)
  return /\s/.test(name) || key.trim() !== key ? 'unsupported-space-in-variable' : undefined
}

/** Reads `'default'}`, where a quote inside is written twice. */
function parseFallback(text: string, from: number, key: string): Found | TemplateFault {
  let i = from
  while (text[i] === ' ') i++
  if (text[i] !== "'") return 'missing-quote-in-variable'
  let fallback = ''
  for (i++; i < text.length; i++) {
    if (text[i] !== "'") fallback += text.charAt(i)
    else if (text[i + 1] === "'") fallback += text.charAt(i++)
    else
      return text[i + 1] === '}'
        ? { value: { key, fallback }, end: i + 2 }
        : 'missing-brace-in-variable'
  }
  return 'missing-quote-in-variable'
}
