/**
 * Refuses characters that IAM refuses, for those who will send their policies there.
 *
 * Source  Specification 1.1, "Characters".
 *
 * @module
 */
import { isLatin1 } from './characters.js'
import { type Element, itemsOf, memberPlace, placeOf } from './reading.js'
import type { Report } from './report.js'

const FLAW = {
  code: 'unsupported-character',
  message: 'holds a character above U+00FF, which IAM does not accept',
}

export function checkCharacters(element: Element, report: Report): void {
  const { node, pointer } = element
  if (node.kind === 'string' && !isLatin1(node.value)) report.add(placeOf(element), FLAW)
  if (node.kind === 'array') for (const item of itemsOf(element)) checkCharacters(item, report)
  if (node.kind !== 'object') return
  for (const member of node.members) {
    const place = memberPlace(member, pointer)
    if (!isLatin1(member.key)) report.add(place, FLAW)
    checkCharacters({ node: member.node, pointer: place.pointer }, report)
  }
}
