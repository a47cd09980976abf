/**
 * Which rules of section 5 a decision shows.
 *
 * Shape   names such as `5.5-8-role` or `5.6 direct without boundary`; {@link RULES} lists them all.
 *         Two rules are missing because they cannot decide: step 3 of 5.5, since every level of an
 *         RCP hierarchy carries the built-in allow, and for that reason its row in 6.2.
 * Errors  None.
 * Source  Section 5 of the specification.
 *
 * @module
 */

import type { Findings } from '../reference/blame.js'
import type {
  DocumentSet,
  GrantKind,
  ReferenceDecision,
  ReferenceRequest,
  Slot,
} from '../reference/document-set.js'
import { isAccountPrincipal } from '../reference/principal.js'
import { findingsOf } from '../reference/reference.js'
import { inScope } from '../reference/scope.js'
import { allows, denies } from '../reference/verdict.js'

interface Seen {
  readonly policies: DocumentSet
  readonly request: ReferenceRequest
  readonly decision: ReferenceDecision
}

const KINDS: readonly GrantKind[] = ['direct', 'role', 'user-of-session', 'account']
const NO_ACCOUNT = ['service', 'anonymous', 'federated-caller']

export const RULES: readonly string[] = [
  ...['scp', 'rcp', 'identity', 'resource', 'boundary', 'session', 'endpoint'].map(
    (slot) => `5.5-1 in ${slot}`,
  ),
  '5.5-2',
  '5.5-4',
  '5.5-5',
  ...NO_ACCOUNT.flatMap((type) => [`5.5-7-direct ${type}`, `5.5-7-none ${type}`]),
  ...['direct', 'role', 'user-of-session', 'identity', 'none'].map((line) => `5.5-8-${line}`),
  ...['allow', 'none', 'partition'].map((line) => `5.5-9-${line}`),
  ...['management account', 'service-linked role', ...NO_ACCOUNT].map(
    (who) => `5.2 scp spares ${who}`,
  ),
  ...['management account', 'service-linked role'].map((who) => `5.2 rcp spares ${who}`),
  ...['root', ...NO_ACCOUNT].map((who) => `5.2 rcp binds ${who}`),
  '5.2 rcp binds another account',
  '5.2 scp binds at another account',
  '5.3 empty scp level',
  '5.3 empty rcp level',
  ...['user', 'root'].flatMap((type) => [`5.4 ${type} direct`, `5.4 ${type} account`]),
  ...['direct', 'role', 'account'].map((kind) => `5.4 role-session ${kind}`),
  ...['direct', 'user-of-session', 'account'].map((kind) => `5.4 federated-user ${kind}`),
  ...KINDS.flatMap((kind) =>
    ['identity', 'boundary', 'session'].map((layer) => `5.6 ${kind} without ${layer}`),
  ),
  ...['at home', 'abroad', 'abroad without grant'].map((place) => `5.7 root ${place}`),
  ...['scp', 'rcp', 'resource', 'endpoint'].map((slot) => `5.7 root refused by ${slot}`),
  ...KINDS.map((kind) => `5.9 ${kind}`),
  ...['account alone', 'nobody named', 'no policy', 'root not named'].map((row) => `5.9 ${row}`),
  '5.12 endpoint passes',
  '5.12 endpoint never grants',
]

/** The names of all rules that this decision shows. */
export function rulesShown(seen: Seen): readonly string[] {
  const scope = inScope(seen.policies, seen.request)
  const isGrantStep = /^5\.5-[789]/.test(seen.decision.rule)
  const findings = isGrantStep ? findingsOf(scope, seen.request) : undefined
  return [
    decidingRule(seen),
    ...scopeRules(seen, scope),
    ...rootRules(seen),
    ...(findings ? grantRules(seen, findings) : []),
    ...(findings && scope.endpoint ? endpointRules(seen) : []),
  ]
}

function decidingRule({ request, decision }: Seen): string {
  const { rule, type } = decision
  if (rule === '5.5-1') return `${rule} in ${type}`
  return rule.startsWith('5.5-7') ? `${rule} ${request.principal.type}` : rule
}

/** An exemption counts where the policies that it lifts would have refused what is allowed. */
function scopeRules({ policies, request, decision }: Seen, scope: DocumentSet): readonly string[] {
  const { principal, resourceAccount } = request
  const refuses = (slot: Slot): boolean => {
    const question = { request, slot, hasBoundary: false }
    return denies(policies, question) || !allows(policies, question)
  }
  const isForeign = isAccountPrincipal(principal) && principal.account !== resourceAccount
  if (decision.answer === 'Allow') {
    const isScpLifted = policies.scps && !scope.scps && refuses('scp')
    const isRcpLifted = policies.rcps && !scope.rcps && refuses('rcp')
    return [
      ...(isScpLifted ? [`5.2 scp spares ${sparedByScp(request)}`] : []),
      ...(isRcpLifted ? [`5.2 rcp spares ${sparedByRcp(request)}`] : []),
      ...(scope.rcps?.some((level) => level.length === 0) ? ['5.3 empty rcp level'] : []),
    ]
  }
  return [
    ...(decision.type === 'rcp' ? [`5.2 rcp binds ${principal.type}`] : []),
    ...(decision.type === 'rcp' && isForeign ? ['5.2 rcp binds another account'] : []),
    ...(decision.type === 'scp' && isForeign ? ['5.2 scp binds at another account'] : []),
    ...(decision.rule === '5.5-4' && scope.scps?.some((level) => level.length === 0)
      ? ['5.3 empty scp level']
      : []),
  ]
}

function sparedByScp({ principal }: ReferenceRequest): string {
  if (!isAccountPrincipal(principal)) return principal.type
  return principal.managementAccount === true ? 'management account' : 'service-linked role'
}

function sparedByRcp({ resourceInManagementAccount }: ReferenceRequest): string {
  return resourceInManagementAccount === true ? 'management account' : 'service-linked role'
}

function rootRules({ request, decision }: Seen): readonly string[] {
  if (request.principal.type !== 'root') return []
  switch (decision.rule) {
    case '5.5-8-identity':
      return request.resourceTrust === 'explicit' ? [] : ['5.7 root at home']
    case '5.5-8-none':
      return ['5.9 root not named']
    case '5.5-9-allow':
      return ['5.7 root abroad']
    case '5.5-9-none':
      return ['5.7 root abroad without grant']
    default:
      return decision.type ? [`5.7 root refused by ${decision.type}`] : []
  }
}

function grantRules(seen: Seen, findings: Findings): readonly string[] {
  const { type } = seen.request.principal
  const kind = KINDS.find((one) => findings.kinds.has(one))
  const isExplicit = seen.request.resourceTrust === 'explicit'
  return [
    ...[...findings.kinds].map((one) => `5.4 ${type} ${one}`),
    ...(kind && findings.isSameAccount ? bypassRules(kind, findings) : []),
    ...(findings.isSameAccount && isExplicit ? trustRules(seen, findings, kind) : []),
  ]
}

/** The table of 5.6: exactly one layer does not allow. */
function bypassRules(kind: GrantKind, findings: Findings): readonly string[] {
  const layers = [
    ['identity', findings.identityAllows],
    ['boundary', findings.boundaryPasses],
    ['session', findings.sessionPasses],
  ] as const
  const failing = layers.filter(([, passes]) => !passes)
  return failing.length === 1 ? failing.map(([layer]) => `5.6 ${kind} without ${layer}`) : []
}

/** The table of 5.9. */
function trustRules(
  { policies, decision }: Seen,
  findings: Findings,
  kind: GrantKind | undefined,
): readonly string[] {
  const isAllowed = decision.answer === 'Allow'
  if (kind !== undefined && isAllowed) return [`5.9 ${kind}`]
  if (kind === 'account' && !findings.identityAllows) return ['5.9 account alone']
  if (kind !== undefined || !findings.identityAllows) return []
  return [policies.resource ? '5.9 nobody named' : '5.9 no policy']
}

function endpointRules({ decision }: Seen): readonly string[] {
  return [decision.answer === 'Allow' ? '5.12 endpoint passes' : '5.12 endpoint never grants']
}
