/**
 * Patterns and templates around a text that they should hit, or just miss.
 *
 * Errors  None.
 * Source  Specification 1.6, 2.2 and section 3.
 *
 * @module
 */
import type { ContextValues } from '../reference/document-set.js'
import { type Choices, chance, pick, weighted } from './choices.js'
import { spelled } from './context.js'

const MALFORMED = [
  '${',
  '${}',
  '${docs:text',
  '${docs:text, blue}',
  "${docs:text, 'blue}",
  "${docs:text, 'blue'x}",
  '${docs:text,}',
  "${, 'blue'}",
  '${ docs:text}',
  '${docs:text }',
  '${docs text}',
  '${${docs:text}}',
  '${* }',
  '${**}',
]
const ODDITIES = ['$', '$$', '}', '{', '$}', "'", '${*}', '${?}', '${$}', '${$}{docs:text}']

/** A text with wildcards in it that mostly still hits. */
export function pattern(choices: Choices, text: string): string {
  const at = choices.below(text.length + 1)
  const to = at + choices.below(text.length - at + 1)
  return weighted(choices, [
    [5, () => text],
    [4, () => `${text.slice(0, at)}*`],
    [3, () => `${text.slice(0, at)}*${text.slice(to)}`],
    [3, () => `${text.slice(0, at)}?${text.slice(at + 1)}`],
    [1, () => `*${text.slice(at)}`],
    [1, () => `${text.slice(0, at)}${text.slice(at + 1)}`],
    [1, () => `${text.slice(0, at)}x${text.slice(at)}`],
    [1, () => text.toUpperCase()],
  ])
}

/** A text written with variables that mostly stand for what they replace. */
export function template(choices: Choices, text: string, context: ContextValues): string {
  const at = choices.below(text.length + 1)
  return weighted(choices, [
    [6, () => withVariable(choices, text, context)],
    [2, () => withDefault(choices, text)],
    [2, () => text.replaceAll(/[*?$]/g, (sign) => `\${${sign}}`)],
    [2, () => `${text.slice(0, at)}${variable(choices, context)}${text.slice(at)}`],
    [1, () => `${text.slice(0, at)}${pick(choices, ODDITIES)}${text.slice(at)}`],
    [1, () => `${text.slice(0, at)}${pick(choices, MALFORMED)}${text.slice(at)}`],
  ])
}

/** Puts a variable in place of its value, where the text holds the value of some key. */
function withVariable(choices: Choices, text: string, context: ContextValues): string {
  const found = Object.entries(context).filter(
    ([, value]) => typeof value === 'string' && value !== '' && text.includes(value),
  )
  if (found.length === 0) return withDefault(choices, text)
  const [key, value] = pick(choices, found)
  return text.replace(value as string, () => `\${${spelled(choices, key)}}`)
}

/** Puts a default in place of some of the text; the key mostly has no value. */
function withDefault(choices: Choices, text: string): string {
  const at = choices.below(text.length + 1)
  const to = at + choices.below(text.length - at + 1)
  const key = pick(choices, ['aws:PrincipalTag/none', 'aws:PrincipalTag/cost center', 'docs:text'])
  const blanks = pick(choices, [' ', '', '  '])
  const fallback = text.slice(at, to).replaceAll("'", "''")
  return `${text.slice(0, at)}\${${key},${blanks}'${fallback}'}${text.slice(to)}`
}

function variable(choices: Choices, context: ContextValues): string {
  const keys = ['docs:text', 'aws:username', 'aws:PrincipalTag/team', ...Object.keys(context)]
  const key = spelled(choices, pick(choices, keys))
  return chance(choices, 20) ? `\${${key}, 'it''s *'}` : `\${${key}}`
}
