/**
 * Plain data made unchangeable, all the way down.
 *
 * Errors  None.
 *
 * @module
 */

/** The same value, frozen. What is frozen already is not entered again. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
