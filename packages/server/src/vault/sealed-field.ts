/**
 * Which fields of which records are secrets, and what they are sealed for.
 *
 * Errors  None.
 *
 * @module
 */

/** The field of each kind that holds a sealed text. */
export const sealedFields = { 'access-key': 'secret', 'mfa-device': 'seed' } as const

export type SealedKind = keyof typeof sealedFields

/** A record's secret opens as that record's only: moved into another it is of no use. */
export function purposeOf(kind: SealedKind, id: string): string {
  return `${kind}/${id}`
}
