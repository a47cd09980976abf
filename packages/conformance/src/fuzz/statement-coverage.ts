/**
 * Which operators and principal forms a policy set holds, and what they said of a request.
 *
 * Shape   names such as `StringLikeIfExists true` or `user ARN matches`; {@link OPERATOR_OUTCOMES}
 *         and {@link PRINCIPAL_OUTCOMES} list those that can be.
 * Errors  None.
 * Source  Specification 1.4, section 2 and 5.8.
 *
 * @module
 */
import type {
  PolicyDocument,
  PrincipalMap,
  RequestPrincipal,
  StatementDocument,
} from '@iamkit/core'
import { OPERATORS } from '../arbitrary/condition.js'
import { conditionHolds } from '../reference/condition.js'
import { conditionsOf, statementsOf, versionOf } from '../reference/document.js'
import type { DocumentSet, ReferenceRequest } from '../reference/document-set.js'
import { isExempt } from '../reference/not-principal.js'
import { entriesOf, names, type PrincipalValue } from '../reference/principal.js'

/** Null with a set prefix no longer looks at the request (2.9). */
const IMPOSSIBLE = ['ForAllValues:Null false', 'ForAnyValue:Null true']

export const OPERATOR_OUTCOMES: readonly string[] = OPERATORS.flatMap(([name]) => [
  `${name} true`,
  `${name} false`,
]).filter((outcome) => !IMPOSSIBLE.includes(outcome))

const CALLERS = ['user', 'role-session', 'federated-user', 'root', 'service', 'federated-caller']
const NAMING_FORMS = [
  'bare *',
  'AWS *',
  'account',
  'account ARN',
  'user ARN',
  'role ARN',
  'session ARN',
  'federated-user ARN',
  'Service name',
  'Federated domain',
  'Federated oidc-provider ARN',
  'Federated saml-provider ARN',
]
const IDLE_FORMS = ['group ARN', 'AWS pattern', 'Service *', 'Federated *', 'CanonicalUser']

export const PRINCIPAL_OUTCOMES: readonly string[] = [
  ...NAMING_FORMS.map((form) => `${form} matches`),
  ...[...NAMING_FORMS.slice(2), ...IDLE_FORMS].map((form) => `${form} does not match`),
  ...CALLERS.map((type) => `NotPrincipal spares ${type}`),
  ...[...CALLERS, 'anonymous'].map((type) => `NotPrincipal hits ${type}`),
  'NotPrincipal spares a listed session',
  'NotPrincipal hits a session beside a listed one',
]

/** Every outcome in a policy set for one request. */
export function* outcomesOf(policies: DocumentSet, request: ReferenceRequest): Iterable<string> {
  for (const document of documentsOf(policies)) {
    const setting = { version: versionOf(document), context: request.context }
    for (const statement of statementsOf(document)) {
      for (const condition of conditionsOf(statement)) {
        yield `${condition.operator} ${conditionHolds(condition, setting)}`
      }
      yield* principalOutcomes(statement, request.principal)
    }
  }
}

function documentsOf(policies: DocumentSet): readonly PolicyDocument[] {
  const { identity, resource, boundary, session, endpoint, scps, rcps } = policies
  const single = [resource, boundary, endpoint].filter((document) => document != null)
  return [identity ?? [], single, session ?? [], (scps ?? []).flat(), (rcps ?? []).flat()].flat()
}

function* principalOutcomes(
  { Principal, NotPrincipal }: StatementDocument,
  caller: RequestPrincipal,
): Iterable<string> {
  for (const [form, element] of Principal === undefined ? [] : formsOf(Principal)) {
    yield `${form} ${names(element, caller) ? 'matches' : 'does not match'}`
  }
  if (NotPrincipal === undefined) return
  const isSpared = isExempt(NotPrincipal, caller)
  yield `NotPrincipal ${isSpared ? 'spares' : 'hits'} ${caller.type}`
  if (caller.type !== 'role-session') return
  const listed = entriesOf(NotPrincipal, 'AWS')
  const ofRole = caller.arn.slice(0, caller.arn.lastIndexOf('/') + 1)
  if (isSpared && listed.includes(caller.arn)) yield 'NotPrincipal spares a listed session'
  const isBeside = listed.includes(caller.roleArn) && !listed.includes(caller.arn)
  if (!isSpared && isBeside && listed.some((entry) => entry.startsWith(ofRole))) {
    yield 'NotPrincipal hits a session beside a listed one'
  }
}

/** Every entry of an element by itself, and what form it has. */
function formsOf(element: PrincipalValue): readonly (readonly [string, PrincipalValue])[] {
  if (element === '*') return [['bare *', element]]
  return Object.entries(element).flatMap(([kind, values]) =>
    [values]
      .flat()
      .map((value) => [formOf(kind, value), { [kind]: value } as PrincipalMap] as const),
  )
}

function formOf(kind: string, value: string): string {
  if (kind === 'CanonicalUser') return kind
  if (value === '*') return `${kind} *`
  if (kind === 'Service') return 'Service name'
  const type = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:([a-z-]*)/.exec(value)?.[1]
  if (kind === 'Federated') return type === undefined ? 'Federated domain' : `Federated ${type} ARN`
  if (/[*?]/.test(value)) return 'AWS pattern'
  if (type === undefined) return 'account'
  if (type === 'root') return 'account ARN'
  return type === 'assumed-role' ? 'session ARN' : `${type} ARN`
}
