/**
 * Every place of a document, in its order: each value, and before it the key of a member.
 *
 * Errors  None.
 * Source  RFC 6901 for pointers; a member and its value have the same one.
 *
 * @module
 */
import type { JsonMember, JsonNode } from './node.js'
import { childPointer } from './pointer.js'

export type JsonPlace = JsonNode | JsonMember

/** Calls back with every place and its pointer. */
export function visitPlaces(
  node: JsonNode,
  visit: (place: JsonPlace, pointer: string) => void,
  pointer = '',
): void {
  visit(node, pointer)
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) {
      visitPlaces(item, visit, `${pointer}/${index}`)
    }
  }
  if (node.kind !== 'object') return
  for (const member of node.members) {
    const at = childPointer(pointer, member.key)
    visit(member, at)
    visitPlaces(member.node, visit, at)
  }
}
