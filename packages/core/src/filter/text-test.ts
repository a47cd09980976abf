/**
 * Tests of texts, made from patterns and lists of them.
 *
 * Units   at most 256 spellings of a text are listed.
 * Errors  None.
 * Source  Specification 2.2.
 *
 * @module
 */
import { ANY, type GlobToken, ONE } from '../glob/glob.js'
import { partProblem } from '../service/arn-part.js'
import type { FilterField } from './filter-condition.js'
import { type Formula, oneOf, present } from './formula.js'

const MAX_SPELLINGS = 256

type Refuse = (obstacle: string) => Formula

/** What a text of a database cannot hold, and so no column can be compared with. */
const UNSTORABLE = /[\0\p{Cs}]/u
const UNSTORABLE_OBSTACLE = 'a text with NUL or half a character, which no database holds'

/** Whether a field is covered by a pattern. */
export function likeTest(
  field: FilterField,
  pattern: readonly GlobToken[],
  refuse: Refuse,
): Formula {
  const tokens = joined(pattern)
  const literal = tokens.filter((token) => typeof token === 'string')
  if (literal.length === tokens.length) return textTest(field, literal, refuse)
  const isParam = 'param' in field
  const ones = tokens.filter((token) => token === ONE).length
  if (literal.length === 0 && tokens.includes(ANY) && ones <= (isParam ? 1 : 0)) {
    return present(field) // a placeholder is never empty
  }
  if (literal.some((text) => UNSTORABLE.test(text))) return refuse(UNSTORABLE_OBSTACLE)
  return { field, is: 'like', pattern: tokens }
}

/** Whether a field is this text, given in pieces. */
export function textTest(field: FilterField, pieces: readonly string[], refuse: Refuse): Formula {
  const text = pieces.join('')
  if ('param' in field && partProblem(text)) return false
  return UNSTORABLE.test(text) ? refuse(UNSTORABLE_OBSTACLE) : oneOf(field, 'in', [text])
}

/** Neighbours that are both literal become one. */
function joined(pattern: readonly GlobToken[]): readonly GlobToken[] {
  const tokens: GlobToken[] = []
  for (const token of pattern) {
    const last = tokens[tokens.length - 1]
    if (typeof token === 'string' && typeof last === 'string')
      tokens[tokens.length - 1] = last + token
    else if (token !== '') tokens.push(token)
  }
  return tokens
}

/**
 * Every text that is this one when the language lower-cases both; undefined where there are too many, or
 * a letter beyond ASCII, of which databases have views of their own.
 */
export function spellingsOf(text: string): readonly string[] | undefined {
  let found = ['']
  for (const letter of text.toLowerCase()) {
    if (letter > '\x7f') return undefined
    const forms = [
      ...new Set([letter, letter.toUpperCase(), ...(letter === 'k' ? ['\u212a'] : [])]),
    ]
    found = found.flatMap((start) => forms.map((form) => start + form))
    if (found.length > MAX_SPELLINGS) return undefined
  }
  return found
}
