/**
 * Which fields of which records are secrets, and what they are sealed for.
 *
 * Errors  None of its own.
 *
 * @module
 */
import type { Entities } from '../state/entity.js'

const sealedFields = { 'access-key': 'secret', 'mfa-device': 'seed' } as const

export type SealedKind = keyof typeof sealedFields

/** The kinds of records that hold a sealed text. */
export const sealedKinds = Object.keys(sealedFields) as readonly SealedKind[]

export function isSealedKind(kind: string): kind is SealedKind {
  return Object.hasOwn(sealedFields, kind)
}

/** A record's secret opens as that record's only: moved into another it is of no use. */
export function purposeOf(kind: SealedKind, id: string): string {
  return `${kind}/${id}`
}

/** The record with its sealed text sealed anew. */
export function resealed<K extends SealedKind>(
  kind: K,
  entity: Entities[K],
  reseal: (sealed: string, purpose: string) => string,
): Entities[K] {
  const field = sealedFields[kind]
  const record: Readonly<Record<string, unknown>> = { ...entity }
  return { ...entity, [field]: reseal(String(record[field]), purposeOf(kind, entity.id)) }
}
