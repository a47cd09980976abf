/**
 * The keys that a request carries.
 *
 * Shape   key names in any case; a string is one value, a list many, an empty list none.
 * Errors  None.
 * Source  Specification 2.1 step 2, 3.3 and 4.3.
 *
 * @module
 */
import type { ContextValues } from './document-set.js'

/** The value or values of a key; undefined where it is absent. */
export function contextValue(
  context: ContextValues,
  key: string,
): string | readonly string[] | undefined {
  const wanted = key.toLowerCase()
  const entry = Object.entries(context).find(([name]) => name.toLowerCase() === wanted)
  const value = entry?.[1]
  return Array.isArray(value) && value.length === 0 ? undefined : value
}

/** What a variable of that name stands for; lists and empty strings are no value. */
export function variableValueOf(context: ContextValues, key: string): string | undefined {
  const value = contextValue(context, key)
  return typeof value === 'string' && value !== '' ? value : undefined
}
