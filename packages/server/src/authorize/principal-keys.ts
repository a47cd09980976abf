/**
 * The context keys that say who makes a call.
 *
 * Errors  None.
 * Source  Specification 4.2 to 4.4.
 *
 * @module
 */
import { type ContextEntries, principalEntries } from '@iamkit/core'
import type { Caller, Session } from '../authenticate/caller.js'

/** Of a session they change with the time, of nobody else. */
const kept = new WeakMap<Caller, { readonly now: Date; readonly keys: ContextEntries }>()

export function principalKeys(caller: Caller, now: Date): ContextEntries {
  const known = kept.get(caller)
  if (known && (known.now === now || !caller.session)) return known.keys
  const keys = keysOf(caller, now)
  kept.set(caller, { now, keys })
  return keys
}

function keysOf({ principal, userId, tags, session }: Caller, now: Date): ContextEntries {
  return {
    ...session?.federatedKeys,
    ...tagKeys(tags),
    ...principalEntries(principal, {
      userId: userId === '' ? undefined : userId,
      ...(session && {
        tokenIssueTime: new Date(session.issued),
        multiFactorAuth: multiFactorAuth(session, now),
        sourceIdentity: session.sourceIdentity,
        federatedProvider: session.provider,
      }),
    }),
  }
}

/** A role's tags and its session's together may be more than either may have alone. */
function tagKeys(tags: Caller['tags'] = {}): ContextEntries {
  const pairs = Object.entries(tags)
  return Object.fromEntries(pairs.map(([key, value]) => [`aws:PrincipalTag/${key}`, value]))
}

/** Absent for federated sessions, by whichever way they came. */
function multiFactorAuth({ kind, provider, mfa }: Session, now: Date) {
  if (kind === 'federated' || provider !== undefined) return undefined
  if (mfa === undefined) return { present: false }
  const ageSeconds = Math.max(0, Math.floor((now.getTime() - Date.parse(mfa)) / 1000))
  return { present: true, ageSeconds }
}
