/**
 * String operators.
 *
 * Errors  None.
 * Source  Specification 2.2 and 3.4.
 *
 * @module
 */
import { pieceTokens } from './resource.js'
import { piecesOf, type Setting } from './variable.js'
import { tokensMatch } from './wildcard.js'

export function stringEquals(wanted: string, had: string, setting: Setting): boolean {
  return plainText(wanted, setting) === had
}

export function stringEqualsIgnoreCase(wanted: string, had: string, setting: Setting): boolean {
  return plainText(wanted, setting)?.toLowerCase() === had.toLowerCase()
}

export function stringLike(wanted: string, had: string, setting: Setting): boolean {
  const pieces = piecesOf(wanted, setting)
  return pieces !== undefined && tokensMatch(pieces.flatMap(pieceTokens), had)
}

/** The value with its variables filled in, where wildcards have no meaning. */
function plainText(wanted: string, setting: Setting): string | undefined {
  return piecesOf(wanted, setting)
    ?.map((piece) => piece.text)
    .join('')
}
