/**
 * JSON pointers: where in a document a value stands.
 *
 * Shape   `/Statement/0/Effect`; a key's `~` is written `~0` and its `/` is written `~1`.
 * Errors  None.
 * Source  RFC 6901, sections 3 and 4.
 *
 * @module
 */
import type { JsonNode } from './node.js'

/** Points one step further: to a member by its key, or to an item by its index. */
export function childPointer(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The value a pointer points to; undefined where there is none. */
export function nodeAt(root: JsonNode, pointer: string): JsonNode | undefined {
  let node: JsonNode | undefined = root
  for (const token of pointer.split('/').slice(1)) {
    const step = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (node?.kind === 'object') node = node.members.find(({ key }) => key === step)?.node
    else node = node?.kind === 'array' ? node.items[Number(step)] : undefined
  }
  return node
}
