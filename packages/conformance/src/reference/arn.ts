/**
 * ARN operators: six components, each compared by itself.
 *
 * Errors  None.
 * Source  Specification 2.8.
 *
 * @module
 */
import { pieceTokens } from './resource.js'
import { partsOf, type Setting, splitAtColons, substitute } from './variable.js'
import { tokensMatch } from './wildcard.js'

/** Split first, substitute afterwards: a colon out of a variable starts no component. */
export function arnLike(wanted: string, had: string, setting: Setting): boolean {
  const patterns = splitAtColons(partsOf(wanted, setting.version) ?? [])
  const components = componentsOf(had)
  if (patterns.length !== 6 || components.length !== 6 || components[0] !== 'arn') return false
  return patterns.every((parts, index) => {
    const pieces = substitute(parts, setting.context)
    return pieces !== undefined && tokensMatch(pieces.flatMap(pieceTokens), components[index] ?? '')
  })
}

/** The sixth component keeps its colons. */
function componentsOf(text: string): readonly string[] {
  const [a, b, c, d, e, ...rest] = text.split(':')
  const head = [a, b, c, d, e].filter((component) => component !== undefined)
  return rest.length === 0 ? head : [...head, rest.join(':')]
}
