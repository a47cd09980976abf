/**
 * Plain objects: those that JSON describes, of this realm or another.
 *
 * Errors  None, but what a proxy throws.
 * Source  ECMA-262; a Map or a class instance keeps its content where no key shows it.
 *
 * @module
 */

/** Whether the prototype is null or the `Object.prototype` of some realm. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: object | null = Object.getPrototypeOf(value)
  return (
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'))
  )
}
