/**
 * Refuses characters that IAM refuses, for those who will send their policies there.
 *
 * Source  Specification 1.1, "Characters".
 *
 * @module
 */
import type { JsonNode } from '../json/node.js'
import { visitPlaces } from '../json/places.js'
import { isLatin1 } from './characters.js'
import { flawOf } from './flaw.js'
import type { Report } from './report.js'

export function checkCharacters(root: JsonNode, report: Report): void {
  visitPlaces(root, (place) => {
    const text = 'key' in place ? place.key : place.kind === 'string' ? place.text : ''
    if (!isLatin1(text)) report.add(place, flawOf('unsupported-character'))
  })
}
