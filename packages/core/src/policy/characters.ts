/**
 * The characters that IAM itself accepts, for those who will send their policies there.
 *
 * Source  Specification 1.1, "Characters": U+0009, U+000A, U+000D, U+0020 to U+00FF.
 *
 * @module
 */
import { type Element, itemsOf, memberPlace, placeOf } from './reading.js'
import type { Report } from './report.js'

const FLAW = { code: 'unsupported-character', message: 'holds a character above U+00FF, which IAM does not accept' }

export function checkCharacters(element: Element, report: Report): void {
  const { node, pointer } = element
  const isAccepted = (text: string) => /^[\t\n\r\u0020-\u00ff]*$/.test(text)
  if (node.kind === 'string' && !isAccepted(node.value)) report.add(placeOf(element), FLAW)
  if (node.kind === 'array') for (const item of itemsOf(element)) checkCharacters(item, report)
  if (node.kind !== 'object') return
  for (const member of node.members) {
    const place = memberPlace(member, pointer)
    if (!isAccepted(member.key)) report.add(place, FLAW)
    checkCharacters({ node: member.node, pointer: place.pointer }, report)
  }
}
