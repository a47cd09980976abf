/**
 * Random policy sets: every layer, every kind of principal.
 *
 * Shape   what mostly fits, and now and then does not. What cannot be translated is generated as well.
 *
 * @module
 */
import fc from 'fast-check'
import {
  type CompiledPolicy,
  compile,
  type PolicySet,
  type PolicyType,
  parsePolicy,
} from '../../src/index.js'
import { mostly, one, some } from './choices.js'
import { condition } from './conditions.js'
import { resource } from './patterns.js'

const effect = mostly(8, one('Allow'), one('Deny'))
const actions = mostly(
  8,
  one({ Action: 'docs:*' }, { Action: 'docs:GetDocument' }, { Action: ['docs:Get*', 'docs:Put*'] }),
  one<object>({ Action: 'docs:PutDocument' }, { NotAction: 'docs:Put*' }, { NotAction: 'docs:*' }),
)
const resources = mostly<object>(
  8,
  some(resource).map((Resource) => ({ Resource })),
  some(resource).map((NotResource) => ({ NotResource })),
)
const PRINCIPALS = [
  '*',
  { AWS: 'acme' },
  { AWS: 'arn:aws:iam::acme:user/ada' },
  { AWS: 'arn:aws:iam::acme:role/editor' },
  { AWS: 'arn:aws:sts::acme:assumed-role/editor/s1' },
  { AWS: ['partner', 'arn:aws:sts::acme:federated-user/guest'] },
  { Service: 'backup.amazonaws.com' },
] as const

function document(type: PolicyType) {
  const isNaming = type === 'resource' || type === 'endpoint' || type === 'rcp'
  const principal = isNaming
    ? mostly<object>(
        9,
        one<object | string>(...PRINCIPALS).map((Principal) => ({ Principal })),
        one<object>({ NotPrincipal: { AWS: ['acme', 'arn:aws:iam::acme:user/ada'] } }, {}),
      )
    : fc.constant({})
  const statement = fc
    .tuple(effect, actions, resources, condition, principal)
    .map(([Effect, action, what, Condition, who]) => ({
      Effect,
      ...action,
      ...what,
      Condition,
      ...who,
    }))
  return fc
    .tuple(one('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'), some(statement))
    .map(([Version, Statement]) => ({ Version, Statement }))
}

/** The documents of a policy set, as a counterexample shows them. */
export interface Documentation {
  readonly [type: string]: unknown
}

const open = (isNaming: boolean) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...(isNaming && { Principal: '*' }) }],
})
const level = (type: PolicyType) =>
  mostly<readonly object[]>(
    6,
    fc.constant([open(type === 'rcp')]),
    fc.array(document(type), { maxLength: 2 }),
  )

/** In one of three sets. */
const now = (layer: fc.Arbitrary<unknown>) => mostly(7, fc.constant<unknown>(undefined), layer)

export const anyDocuments: fc.Arbitrary<Documentation> = fc.record({
  identity: fc.array(document('identity'), { minLength: 1, maxLength: 3 }),
  boundary: now(document('boundary')),
  session: now(some(document('session'), 2)),
  resource: now(document('resource')),
  endpoint: now(mostly<object>(5, fc.constant(open(true)), document('endpoint'))),
  scps: now(fc.array(level('scp'), { maxLength: 2 })),
  rcps: now(fc.array(level('rcp'), { maxLength: 2 })),
})

export function policySetOf(documents: Documentation): PolicySet {
  const { identity, boundary, session, resource: attached, endpoint, scps, rcps } = documents
  // Not checked as its type, so that odd statements get through.
  const read =
    (type: PolicyType) =>
    (source: unknown): CompiledPolicy =>
      compile(
        parsePolicy(source as Record<string, unknown>, {
          name: `${type}.json`,
          lenient: true,
        }),
      )
  const list = (type: PolicyType, sources: unknown) =>
    (sources as unknown[] | undefined)?.map(read(type))
  const lists = (type: PolicyType, sources: unknown) =>
    (sources as unknown[][] | undefined)?.map((one) => one.map(read(type)))
  const lone = (type: PolicyType, source: unknown) => (source ? read(type)(source) : undefined)
  return {
    identity: list('identity', identity),
    session: list('session', session),
    boundary: lone('boundary', boundary),
    resource: lone('resource', attached),
    endpoint: lone('endpoint', endpoint),
    scps: lists('scp', scps),
    rcps: lists('rcp', rcps),
  }
}
