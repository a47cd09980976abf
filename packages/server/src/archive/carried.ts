/**
 * A record's secrets on their way into an archive, or out of one.
 *
 * Errors  what the carrier throws.
 *
 * @module
 */
import type { Entities, Kind } from '../state/entity.js'
import { isSealedKind, resealed, type SealedKind } from '../vault/sealed-field.js'

/** What becomes of a secret, given what it is sealed for. */
export interface Carrier {
  /** Of one that is sealed in memory too. */
  readonly sealed: (text: string, purpose: string) => string
  /** Of a password's hash, which in memory is not. */
  readonly hash: (text: string, purpose: string) => string
}

/** The same record; those without secrets as they are. */
export function carried<K extends Kind>(
  kind: K,
  entity: Entities[K],
  carrier: Carrier,
): Entities[K] {
  if (isSealedKind(kind)) {
    const secret = entity as Entities[SealedKind]
    return resealed<SealedKind>(kind, secret, carrier.sealed) as Entities[K]
  }
  if (kind !== 'user') return entity
  const { login, ...user } = entity as Entities['user']
  if (!login) return entity
  const hash = carrier.hash(login.hash, `login/${user.id}`)
  return { ...user, login: { ...login, hash } } as Entities[K]
}
