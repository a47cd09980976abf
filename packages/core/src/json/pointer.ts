/**
 * JSON pointers: where in a document a value stands.
 *
 * Shape   `/Statement/0/Effect`; a key's `~` is written `~0` and its `/` is written `~1`.
 * Errors  None.
 * Source  RFC 6901, sections 3 and 4.
 *
 * @module
 */

/** Points one step further: to a member by its key, or to an item by its index. */
export function childPointer(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
