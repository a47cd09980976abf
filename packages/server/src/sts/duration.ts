/**
 * How long a session lasts.
 *
 * Units   seconds.
 * Errors  {@link Fault} `ValidationError` 400; `ExpiredTokenException` 400 from {@link shortened}.
 * Source  STS API reference, DurationSeconds of AssumeRole and of AssumeRoleWithSAML; specification 5.10.
 *
 * @module
 */
import type { Caller } from '../authenticate/caller.js'
import { Fault, invalid } from '../fault.js'
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

/** No longer than who vouches for a session says. */
export function shortened(
  seconds: number,
  { until, now }: { readonly until: Date | undefined; readonly now: Date },
): number {
  if (until === undefined) return seconds
  const left = Math.floor((until.getTime() - now.getTime()) / 1000)
  if (left > 0) return Math.min(seconds, left)
  throw new Fault('ExpiredTokenException', 'The session at the identity provider has ended.', 400)
}

/** Of GetSessionToken and GetFederationToken: root gets an hour, however much it asks for. */
export function userDuration(asked: number | undefined, { principal }: Caller): number {
  if (principal.type === 'root') return Math.min(asked ?? HOUR, HOUR)
  return asked ?? 12 * HOUR
}
