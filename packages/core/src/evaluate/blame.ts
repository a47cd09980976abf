/**
 * Which policy type a refusal rests on, where nothing denies explicitly.
 *
 * Errors  None.
 * Source  Specification 6.2.
 *
 * @module
 */
import type { PolicyType } from '../policy/document.js'
import { boundaryAllows, closedGate, grantKinds, identityAllows, relationOf } from './grant.js'
import type { Question } from './question.js'

export function blame(question: Question): PolicyType {
  const gate = closedGate(question)
  if (gate) return gate.type
  const { resourceType } = question.plan
  const relation = relationOf(question)
  if (relation === 'no-account' || relation === 'foreign-partition') return resourceType

  const kinds = grantKinds(question)
  const isNamed = kinds.some((kind) => kind !== 'account')
  const identity = identityAllows(question)
  if (relation === 'cross-account') {
    if (kinds.length === 0 || (!isNamed && !identity)) return resourceType
    if (!identity) return 'identity'
  } else {
    if (question.request.resourceTrust === 'explicit' && kinds.length === 0) return resourceType
    if (!identity && !isNamed) return 'identity'
  }
  return boundaryAllows(question) ? 'session' : 'boundary'
}
