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
import { lowerKey } from './lower-key.js'

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
export interface Lookup {
  get(lowerCaseKey: string): string | readonly string[] | undefined
}

const SIGN = /[*?]|\$\{/g

/** Takes a policy value apart. Under the version of 2008 there are no variables and no escapes. */
export function parseTemplate(text: string, { version, wildcards }: TemplateSyntax): Template {
  const tokens: TemplateToken[] = []
  let literal = ''
  const push = (token: TemplateToken) => {
    if (literal) tokens.push(literal)
    literal = ''
    if (token !== ANY || tokens[tokens.length - 1] !== ANY) tokens.push(token)
  }
  let at = 0
  for (const { 0: sign, index } of text.matchAll(SIGN)) {
    const isLive = sign === '${' ? version === '2012-10-17' : wildcards
    if (index < at || !isLive) continue
    literal += text.slice(at, index)
    at = index + 1
    if (sign === '${') {
      const variable = parseVariable(text, index)
      if (typeof variable === 'string') return { tokens: [], fault: variable }
      if (typeof variable.value === 'string') literal += variable.value
      else push(variable.value)
      at = variable.end
    } else push(sign === '*' ? ANY : ONE)
  }
  literal += text.slice(at)
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
    const known = typeof token === 'object' ? valueOfVariable(token, lookup) : token
    if (known === undefined) return undefined
    resolved.push(known)
  }
  return resolved
}

/** A variable's text; a list and the empty text are no value. */
export function valueOfVariable({ key, fallback }: Variable, lookup: Lookup): string | undefined {
  const value = lookup.get(key)
  return typeof value === 'string' && value !== '' ? value : fallback
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

const NAME = /\$\{([^,}]*)([,}])/y
/** A default in single quotes, in which a quote is written twice. */
const DEFAULT = / *'((?:[^']|'')*)'(?!')(\})?/y

function parseVariable(text: string, start: number): Found | TemplateFault {
  NAME.lastIndex = start
  const [, name, sign] = NAME.exec(text) ?? []
  if (name === undefined) return 'missing-brace-in-variable'
  const end = NAME.lastIndex
  if (sign === '}' && /^[*?$]$/.test(name)) return { value: name, end }
  if (name === '') return 'empty-variable'
  if (name.includes('${')) return 'missing-brace-in-variable'
  if (/^[^/]*\s|\s$/.test(name)) return 'unsupported-space-in-variable'
  const key = lowerKey(name)
  if (sign === '}') return { value: { key }, end }

  DEFAULT.lastIndex = end
  const [, fallback, brace] = DEFAULT.exec(text) ?? []
  if (fallback === undefined) return 'missing-quote-in-variable'
  if (!brace) return 'missing-brace-in-variable'
  return { value: { key, fallback: fallback.replaceAll("''", "'") }, end: DEFAULT.lastIndex }
}
