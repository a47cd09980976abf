/**
 * Requests and policies in which much meets: few callers, actions, resources and keys.
 *
 * Shape   every statement has a Sid of its own, so that it is known again after being moved.
 *
 * @module
 */
import fc from 'fast-check'
import { compile } from '../src/compile/compile.js'
import type { CompiledPolicy } from '../src/compile/compiled-policy.js'
import type { PolicySet } from '../src/compile/policy-set.js'
import type { PolicyDocument, StatementDocument } from '../src/policy/document.js'
import { parsePolicy } from '../src/policy/parse.js'
import type { RequestPrincipal } from '../src/request/principal.js'
import type { AuthorizationRequest } from '../src/request/request.js'

/** The documents of a policy set, before they are compiled. */
export interface Documents {
  readonly identity?: readonly PolicyDocument[] | undefined
  readonly resource?: PolicyDocument | undefined
  readonly boundary?: PolicyDocument | undefined
  readonly session?: readonly PolicyDocument[] | undefined
  readonly endpoint?: PolicyDocument | undefined
  readonly scps?: readonly (readonly PolicyDocument[])[] | undefined
  readonly rcps?: readonly (readonly PolicyDocument[])[] | undefined
}

const account = '111122223333'
const user = `arn:aws:iam::${account}:user/ada`
const role = `arn:aws:iam::${account}:role/team/ops`
const session = `arn:aws:sts::${account}:assumed-role/ops/night`
const guest = `arn:aws:sts::${account}:federated-user/guest`

const CALLERS: readonly RequestPrincipal[] = [
  { type: 'user', account, arn: user },
  { type: 'user', account, arn: user, managementAccount: true },
  { type: 'role-session', account, arn: session, roleArn: role },
  { type: 'role-session', account, arn: session, roleArn: role, serviceLinkedRole: true },
  { type: 'federated-user', account, arn: guest, userArn: user },
  { type: 'root', account, arn: `arn:aws:iam::${account}:root` },
  { type: 'service', service: 'backup.amazonaws.com' },
  { type: 'federated-caller', provider: 'accounts.google.com' },
  { type: 'anonymous' },
]

const someOf = <T>(...values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 })

const anyPrincipal = fc.oneof(
  fc.constant('*' as const),
  someOf('*', account, user, role, session, guest).map((AWS) => ({ AWS })),
  fc.constant({ Service: 'backup.amazonaws.com' }),
  fc.constant({ Federated: 'accounts.google.com' }),
)

const anyCondition = fc.constantFrom(
  { StringEquals: { 'aws:RequestTag/team': 'blue' } },
  { StringNotEquals: { 'aws:RequestTag/team': ['blue', 'red'] } },
  { StringEquals: { 'aws:ResourceTag/team': '${aws:RequestTag/team}' } },
  { 'ForAllValues:StringLike': { 'aws:TagKeys': ['te*', 'stage'] } },
  { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'stage' } },
  { Null: { 'aws:RequestTag/team': 'false' } },
  { BoolIfExists: { 'aws:SecureTransport': 'true' } },
  { NumericLessThan: { 'docs:Size': 10 }, Bool: { 'aws:SecureTransport': 'true' } },
)

const RESOURCES = [
  '*',
  'arn:aws:docs:*',
  'arn:aws:docs:::folder/*',
  'arn:aws:docs:::*/${aws:RequestTag/team}',
] as const

/** Present once in so many times. */
const onceIn = <T>(times: number, values: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 1, arbitrary: values },
    { weight: times - 1, arbitrary: fc.constant(undefined) },
  )

const anyStatement: fc.Arbitrary<StatementDocument> = fc
  .record({
    Effect: fc.oneof(
      { weight: 7, arbitrary: fc.constant('Allow' as const) },
      { weight: 1, arbitrary: fc.constant('Deny' as const) },
    ),
    Action: fc.option(someOf('*', 'docs:*', 'docs:Get', 'DOCS:put'), { nil: undefined }),
    Resource: fc.option(someOf(...RESOURCES), { nil: undefined }),
    Condition: onceIn(3, anyCondition),
  })
  .map(({ Effect, Action, Resource, Condition }) => ({
    Effect,
    ...(Action ? { Action } : { NotAction: 'docs:Put' }),
    ...(Resource ? { Resource } : { NotResource: 'arn:aws:docs:::folder/2' }),
    ...(Condition && { Condition }),
  }))

const named: fc.Arbitrary<StatementDocument> = fc
  .tuple(anyStatement, anyPrincipal, fc.nat(9))
  .map(([{ Resource, ...statement }, principal, dice]) => ({
    ...statement,
    ...(dice > 4 && Resource && { Resource }),
    ...(dice === 0 ? { Effect: 'Deny', NotPrincipal: principal } : { Principal: principal }),
  }))

function documentOf(statement: fc.Arbitrary<StatementDocument>): fc.Arbitrary<PolicyDocument> {
  return fc
    .array(statement, { minLength: 1, maxLength: 4 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }))
}

const list = (documents: fc.Arbitrary<PolicyDocument>) => fc.array(documents, { maxLength: 2 })

export const anyDocuments: fc.Arbitrary<Documents> = fc
  .record({
    identity: list(documentOf(anyStatement)),
    resource: onceIn(2, documentOf(named)),
    boundary: onceIn(4, documentOf(anyStatement)),
    session: onceIn(3, list(documentOf(anyStatement))),
    endpoint: onceIn(8, documentOf(named)),
    scps: onceIn(5, fc.array(list(documentOf(anyStatement)), { maxLength: 2 })),
    rcps: onceIn(5, fc.array(list(documentOf(named)), { maxLength: 2 })),
  })
  .map(numbered)

const anyContext = fc.record(
  {
    'aws:RequestTag/team': fc.constantFrom('blue', 'green', ''),
    'aws:ResourceTag/team': fc.constantFrom('blue', 'green', '*'),
    'aws:TagKeys': fc.uniqueArray(fc.constantFrom('team', 'stage', '')),
    'aws:SecureTransport': fc.boolean(),
    'docs:Size': fc.constantFrom(9, 10, 'large'),
  },
  { requiredKeys: [], noNullPrototype: true },
)

export const anyRequest: fc.Arbitrary<AuthorizationRequest> = fc.record({
  principal: fc.constantFrom(...CALLERS),
  action: fc.constantFrom('docs:Get', 'docs:Put', 'mail:Send'),
  resource: fc.constantFrom('*', 'arn:aws:docs:::folder/2', 'arn:aws:docs:::document/blue'),
  resourceAccount: fc.constantFrom(account, account, '999999999999'),
  resourceTrust: fc.constantFrom('implicit', 'implicit', 'explicit'),
  resourceInManagementAccount: fc.boolean(),
  context: anyContext,
})

/** Changes every statement of every document. */
export function mapStatements(
  documents: Documents,
  change: (statements: readonly StatementDocument[]) => readonly StatementDocument[],
): Documents {
  const one = (document: PolicyDocument): PolicyDocument => ({
    ...document,
    Statement: change(document.Statement as readonly StatementDocument[]),
  })
  const { resource, boundary, endpoint, identity, session, scps, rcps } = documents
  return {
    identity: identity?.map(one),
    session: session?.map(one),
    scps: scps?.map((level) => level.map(one)),
    rcps: rcps?.map((level) => level.map(one)),
    resource: resource && one(resource),
    boundary: boundary && one(boundary),
    endpoint: endpoint && one(endpoint),
  }
}

function numbered(documents: Documents): Documents {
  let count = 0
  return mapStatements(documents, (statements) =>
    statements.map((statement) => ({ Sid: `S${count++}`, ...statement })),
  )
}

/** Compiles each document; lenient, since a star in NotPrincipal must be safe as well. */
export function compileAll(documents: Documents): PolicySet {
  const one = (document: PolicyDocument): CompiledPolicy =>
    compile(parsePolicy(document, { lenient: true }))
  const { resource, boundary, endpoint, identity, session, scps, rcps } = documents
  return {
    identity: identity?.map(one),
    session: session?.map(one),
    scps: scps?.map((level) => level.map(one)),
    rcps: rcps?.map((level) => level.map(one)),
    resource: resource && one(resource),
    boundary: boundary && one(boundary),
    endpoint: endpoint && one(endpoint),
  }
}
