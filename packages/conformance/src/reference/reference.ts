/**
 * The reference evaluator: the specification's algorithm, step by step, over plain JSON.
 *
 * It is slow on purpose and shares nothing with core but types, so that the two can be held against
 * each other: whoever reads one of the files here beside its section should find nothing to add.
 *
 * Errors  an `Error` for an unknown operator. Any other document gives a decision.
 * Source  Specification 5.5 and 6.2.
 *
 * @module
 */
import { blame, type Findings } from './blame.js'
import type { DocumentSet, ReferenceDecision, ReferenceRequest, Slot } from './document-set.js'
import { grantKinds, sharesPartition } from './grant.js'
import { isAccountPrincipal } from './principal.js'
import { inScope } from './scope.js'
import type { Question } from './statement.js'
import { allows, denies } from './verdict.js'

/** In the order in which an explicit denial is blamed (specification 6.2). */
const DENY_ORDER: readonly Slot[] = [
  'scp',
  'rcp',
  'identity',
  'resource',
  'boundary',
  'session',
  'endpoint',
]

/** Decides a request from raw policy documents. */
export function reference(documents: DocumentSet, request: ReferenceRequest): ReferenceDecision {
  const scope = inScope(documents, request)
  return explicitDenial(scope, request) ?? missingAllow(scope, request) ?? grant(scope, request)
}

/** Steps 1 and 2. The second differs only in that a boundary leaves no one spared by NotPrincipal. */
function explicitDenial(
  documents: DocumentSet,
  request: ReferenceRequest,
): ReferenceDecision | undefined {
  const denying = (hasBoundary: boolean): Slot | undefined =>
    DENY_ORDER.find((slot) => denies(documents, { request, slot, hasBoundary }))
  const type = denying(Boolean(documents.boundary))
  if (type === undefined) return undefined
  return { answer: 'ExplicitDeny', type, rule: denying(false) === undefined ? '5.5-2' : '5.5-1' }
}

/** Steps 3 to 5. Of several the SCPs are blamed first. */
function missingAllow(
  documents: DocumentSet,
  request: ReferenceRequest,
): ReferenceDecision | undefined {
  const blocks = (slot: Slot, isInScope: boolean): boolean =>
    isInScope && !allows(documents, asked(request, slot))
  const rcpBlocks = blocks('rcp', Boolean(documents.rcps))
  const scpBlocks = blocks('scp', Boolean(documents.scps))
  const endpointBlocks = blocks('endpoint', Boolean(documents.endpoint))

  const type = scpBlocks ? 'scp' : rcpBlocks ? 'rcp' : 'endpoint'
  if (rcpBlocks) return { answer: 'ImplicitDeny', type, rule: '5.5-3' }
  if (scpBlocks) return { answer: 'ImplicitDeny', type, rule: '5.5-4' }
  if (endpointBlocks) return { answer: 'ImplicitDeny', type, rule: '5.5-5' }
  return undefined
}

/** Steps 6 to 9. */
function grant(documents: DocumentSet, request: ReferenceRequest): ReferenceDecision {
  const findings = findingsOf(documents, request)
  const rule = grantingRule(findings, request)
  if (rule !== undefined) return { answer: 'Allow', rule }
  const type = blame(findings, request)
  if (!isAccountPrincipal(request.principal)) {
    return { answer: 'ImplicitDeny', type, rule: '5.5-7-none' }
  }
  if (!sharesPartition(request)) return { answer: 'ImplicitDeny', type, rule: '5.5-9-partition' }
  return {
    answer: 'ImplicitDeny',
    type,
    rule: findings.isSameAccount ? '5.5-8-none' : '5.5-9-none',
  }
}

/** Step 6, over policies that are in scope. */
export function findingsOf(documents: DocumentSet, request: ReferenceRequest): Findings {
  const caller = request.principal
  return {
    kinds: grantKinds(documents, asked(request, 'resource')),
    identityAllows: caller.type === 'root' || allows(documents, asked(request, 'identity')),
    boundaryPasses: !documents.boundary || allows(documents, asked(request, 'boundary')),
    sessionPasses: sessionPasses(documents, request),
    isSameAccount:
      isAccountPrincipal(caller) &&
      caller.account === request.resourceAccount &&
      sharesPartition(request),
  }
}

function sessionPasses(documents: DocumentSet, request: ReferenceRequest): boolean {
  const wasPassed = (documents.session ?? []).length > 0
  const isAllowed = wasPassed && allows(documents, asked(request, 'session'))
  switch (request.principal.type) {
    case 'role-session':
      return !wasPassed || isAllowed
    case 'federated-user':
      return isAllowed
    default:
      return true
  }
}

/** Steps 7 to 9: the rule that allows, where one does. */
function grantingRule(
  findings: Findings,
  request: ReferenceRequest,
): ReferenceDecision['rule'] | undefined {
  const { kinds, identityAllows, boundaryPasses, sessionPasses } = findings
  if (!isAccountPrincipal(request.principal))
    return kinds.has('direct') ? '5.5-7-direct' : undefined

  const passes = boundaryPasses && sessionPasses
  if (!findings.isSameAccount) {
    return kinds.size > 0 && identityAllows && passes ? '5.5-9-allow' : undefined
  }
  if (kinds.has('direct')) return '5.5-8-direct'
  if (kinds.has('role') && passes) return '5.5-8-role'
  if (kinds.has('user-of-session') && passes) return '5.5-8-user-of-session'
  const isTrusted = request.resourceTrust !== 'explicit' || kinds.has('account')
  return identityAllows && passes && isTrusted ? '5.5-8-identity' : undefined
}

/** Allows never hang on NotPrincipal, so the boundary does not matter to them. */
function asked(request: ReferenceRequest, slot: Slot): Question {
  return { request, slot, hasBoundary: false }
}
