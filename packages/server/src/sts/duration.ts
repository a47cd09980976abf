/**
 * How long a session lasts.
 *
 * Units   seconds.
 * Errors  {@link Fault} `ValidationError` 400.
 * Source  STS API reference, DurationSeconds; specification 5.10.
 *
 * @module
 */
import type { Caller } from '../authenticate/caller.js'
import { invalid } from '../fault.js'
import type { RoleEntity } from '../state/entity.js'

const HOUR = 3600

/** @param isChained the caller is a role's session itself */
export function roleDuration(
  asked: number | undefined,
  { maxSessionDuration }: Pick<RoleEntity, 'maxSessionDuration'>,
  isChained: boolean,
): number {
  const seconds = asked ?? HOUR
  if (isChained && seconds > HOUR) {
    throw invalid(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  }
  if (seconds > maxSessionDuration) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  return seconds
}

/** Of GetSessionToken and GetFederationToken: root gets an hour, however much it asks for. */
export function userDuration(asked: number | undefined, { principal }: Caller): number {
  if (principal.type === 'root') return Math.min(asked ?? HOUR, HOUR)
  return asked ?? 12 * HOUR
}
