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

/** The value at the end of a path; a step that leads nowhere is left out. */
export function nodeAt(root: JsonNode, path: readonly (string | number)[]): JsonNode {
  return path.reduce((node, step) => {
    if (node.kind === 'array') return node.items[Number(step)] ?? node
    if (node.kind !== 'object') return node
    return node.members.find(({ key }) => key === step)?.node ?? node
  }, root)
}

/** The keys and indices that a pointer goes through; an index is text as well. */
export function stepsOf(pointer: string): readonly string[] {
  const steps = pointer.split('/').slice(1)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
