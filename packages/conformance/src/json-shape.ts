/**
 * Reading JSON whose shape is not known yet.
 *
 * Errors  {@link CaseError} (`ERR_CASE_INVALID`) from every function here.
 *
 * @module
 */
import { CaseError } from './errors.js'

export type JsonObject = Readonly<Record<string, unknown>>

export function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CaseError(place, 'not JSON', { cause })
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectAt(value: unknown, place: string): JsonObject {
  if (isObject(value)) return value
  throw new CaseError(place, 'expected an object')
}

export function listAt(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new CaseError(place, 'expected a list')
}

export function stringAt(value: unknown, place: string): string {
  if (typeof value === 'string') return value
  throw new CaseError(place, 'expected a string')
}

export function oneOf<const T extends string>(
  value: unknown,
  allowed: readonly T[],
  place: string,
): T {
  const found = allowed.find((one) => one === value)
  if (found !== undefined) return found
  throw new CaseError(place, `expected one of ${allowed.join(', ')}`)
}
