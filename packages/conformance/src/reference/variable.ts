/**
 * Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.
 *
 * Shape   a value is taken apart into what its author wrote, escapes, and variables. Substituting
 *         leaves pieces that are either written, where wildcards live, or literal, where none do.
 *         A single pass: what a variable yields is never read again.
 * Errors  None: a malformed value, or one whose variable has no value, is undefined.
 * Source  Specification 1.2, section 3.
 *
 * @module
 */
import type { PolicyVersion } from '@iamkit/core'
import { variableValueOf } from './context.js'
import type { ContextValues } from './document-set.js'

export type Piece = { readonly kind: 'written' | 'literal'; readonly text: string }
export type Part =
  | Piece
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined }

/** What a policy value is read in. */
export interface Setting {
  readonly version: PolicyVersion
  readonly context: ContextValues
}

const ESCAPE = /^\$\{([*?$])\}/
/** A name, then perhaps a comma, blanks and a quoted default in which a quote is written twice. */
const VARIABLE = /^\$\{([^,}]+)(?:, *'((?:[^']|'')*)')?\}/

/** Takes a value apart; undefined where a variable in it is malformed. */
export function partsOf(value: string, version: PolicyVersion): readonly Part[] | undefined {
  if (version === '2008-10-17') return [{ kind: 'written', text: value }]

  const parts: Part[] = []
  let rest = value
  while (rest !== '') {
    const start = rest.indexOf('${')
    if (start !== 0) {
      const text = start < 0 ? rest : rest.slice(0, start)
      parts.push({ kind: 'written', text })
      rest = rest.slice(text.length)
      continue
    }
    const [length, part] = readVariable(rest) ?? []
    if (part === undefined) return undefined
    parts.push(part)
    rest = rest.slice(length)
  }
  return parts
}

/** Reads the escape or variable at the start of the text, and says how long it is. */
function readVariable(text: string): readonly [number, Part] | undefined {
  const escaped = ESCAPE.exec(text)
  if (escaped) return [escaped[0].length, { kind: 'literal', text: escaped[1] ?? '' }]

  const variable = VARIABLE.exec(text)
  const key = variable?.[1]
  if (!variable || key === undefined || isMalformed(key)) return undefined
  const fallback = variable[2]?.replaceAll("''", "'")
  return [variable[0].length, { kind: 'variable', key, fallback }]
}

/** Variables do not nest, and blanks stand only inside a tag's key, which follows the slash. */
function isMalformed(key: string): boolean {
  const name = key.split('/')[0] ?? ''
  return key.includes('${') || key !== key.trim() || /\s/.test(name)
}

/** Puts values in; undefined where a variable has neither a value nor a default. */
export function substitute(
  parts: readonly Part[],
  context: ContextValues,
): readonly Piece[] | undefined {
  const pieces: Piece[] = []
  for (const part of parts) {
    if (part.kind !== 'variable') {
      pieces.push(part)
      continue
    }
    const text = variableValueOf(context, part.key) ?? part.fallback
    if (text === undefined) return undefined
    pieces.push({ kind: 'literal', text })
  }
  return pieces
}

/** Both steps at once. */
export function piecesOf(value: string, setting: Setting): readonly Piece[] | undefined {
  const parts = partsOf(value, setting.version)
  return parts && substitute(parts, setting.context)
}

/**
 * Splits a value at its first five colons, before anything is substituted. A colon inside a variable
 * or an escape is no separator.
 */
export function splitAtColons(parts: readonly Part[]): readonly (readonly Part[])[] {
  const segments: Part[][] = [[]]
  for (const part of parts) {
    if (part.kind !== 'written') {
      segments.at(-1)?.push(part)
      continue
    }
    const [first = '', ...others] = part.text.split(':')
    segments.at(-1)?.push({ kind: 'written', text: first })
    for (const text of others) {
      if (segments.length < 6) segments.push([{ kind: 'written', text }])
      else segments.at(-1)?.push({ kind: 'written', text: `:${text}` })
    }
  }
  return segments
}
