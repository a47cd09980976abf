/**
 * Which policy type a refusal rests on, where nothing denies explicitly.
 *
 * Errors  None.
 * Source  Specification 6.2.
 *
 * @module
 */
import type { PolicyType } from '../policy/document.js'
import type { Relation, Verdict } from './grant.js'

export interface Refusal {
  readonly verdict: Verdict
  readonly relation: Relation
  readonly trust: 'implicit' | 'explicit'
  /** What the resource's policy is called. */
  readonly resourceType: 'resource' | 'trust'
}

export function blame({ verdict, relation, trust, resourceType }: Refusal): PolicyType {
  const { kinds, identity, boundary } = verdict
  if (relation === 'no-account' || relation === 'foreign-partition') return resourceType
  const isNamed = kinds.has('direct') || kinds.has('role') || kinds.has('user-of-session')

  if (relation === 'cross-account') {
    if (kinds.size === 0 || (!isNamed && !identity)) return resourceType
    if (!identity) return 'identity'
  } else {
    if (trust === 'explicit' && kinds.size === 0) return resourceType
    if (!identity && !isNamed) return 'identity'
  }
  return boundary ? 'session' : 'boundary'
}
