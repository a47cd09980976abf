/**
 * Which resources a caller may use: the decision, worked out as far as it can be before any resource is
 * known.
 *
 * Shape   what is known is decided by the parts that `evaluate` is made of; what the resource brings stays
 *         a condition. The filter holds of a resource where `evaluate` allows it, and of no other.
 * Errors  {@link UntranslatableError} (`ERR_FILTER_UNTRANSLATABLE`) where no condition says the same, and
 *         {@link RequestError} (`ERR_REQUEST_INVALID`) for an impossible query, from {@link createFilter}.
 * Source  Specification 5.2 to 5.5; `docs/concepts/lists.md`.
 *
 * @module
 */
import type { CompiledPolicy, GrantKind } from '../compile/compiled-policy.js'
import type { Slot } from '../compile/gate.js'
import { AUDIENCE } from '../compile/plan.js'
import type { PolicySet } from '../compile/policy-set.js'
import { audienceOf } from '../evaluate/audience.js'
import { sharePartition } from '../evaluate/grant.js'
import type { Effect, PolicyType } from '../policy/document.js'
import { isInAccount } from '../request/principal.js'
import type { ResourceFilter } from './filter-condition.js'
import { type FilterQuery, type OpenQuery, openQuery } from './filter-query.js'
import { allOf, anyOf, conditionOf, type Formula, negate, obstacleIn } from './formula.js'
import { statementFormula } from './statement-formula.js'

/**
 * Finds what a resource must be for a caller to be allowed an action on it.
 *
 * @example
 * ```ts
 * createFilter(policies, {
 *   principal: ada,
 *   action: 'docs:GetDocument',
 *   resource: 'arn:aws:docs::acme:folder/{folderId}/document/{documentId}',
 *   resourceAccount: 'acme',
 *   context: principalEntries(ada, { tags: { team: 'eng' } }),
 * }) // { kind: 'where', condition: { field: { tag: 'team' }, is: 'in', values: ['eng'] } }
 * ```
 */
export function createFilter(policies: PolicySet, query: FilterQuery): ResourceFilter {
  const open = openQuery(query)
  const layers = layersOf(policies, open)
  const formula = allOf([grantFormula(layers, open), negate(denyFormula(layers))])
  const obstacle = obstacleIn(formula)
  if (obstacle) throw obstacle
  if (typeof formula === 'boolean') return { kind: formula ? 'all' : 'none' }
  return { kind: 'where', condition: conditionOf(formula) }
}

/** The policies of one type that are OR-ed, as far as they speak of the action. */
interface FilterLayer {
  readonly allows: Formula
  readonly denies: Formula
  /** The Allows that name the caller in one way. */
  readonly grants: (kind: GrantKind) => Formula
}

interface Layers {
  readonly identity: FilterLayer
  readonly boundary: FilterLayer | undefined
  readonly session: FilterLayer | undefined
  readonly resource: FilterLayer | undefined
  readonly endpoint: FilterLayer | undefined
  readonly scps: readonly FilterLayer[]
  readonly rcps: readonly FilterLayer[]
}

/** Only those that speak for the caller (specification 5.2). */
function layersOf(policies: PolicySet, query: OpenQuery): Layers {
  const { identity = [], boundary, session, resource, endpoint, scps, rcps } = policies
  const audience = audienceOf(query.request)
  const speaks = (bit: number) => (audience & bit) !== 0
  const layer = (type: PolicyType, list: readonly CompiledPolicy[]) =>
    layerOf(list, { type, hasBoundary: Boolean(boundary), policies: list }, query)
  const levels = (type: PolicyType, list: PolicySet['scps'], bit: number) =>
    speaks(bit) ? (list ?? []).map((level) => layer(type, level)) : []
  const isOwn = speaks(AUDIENCE.identity)
  return {
    identity: layer('identity', isOwn ? identity : []),
    boundary: boundary && isOwn ? layer('boundary', [boundary]) : undefined,
    session: session?.length && speaks(AUDIENCE.session) ? layer('session', session) : undefined,
    resource:
      resource && layer(resource.source.type === 'trust' ? 'trust' : 'resource', [resource]),
    endpoint: endpoint && layer('endpoint', [endpoint]),
    scps: levels('scp', scps, AUDIENCE.scps),
    rcps: levels('rcp', rcps, AUDIENCE.rcps),
  }
}

function layerOf(policies: readonly CompiledPolicy[], slot: Slot, query: OpenQuery): FilterLayer {
  const action = query.request.action.toLowerCase()
  const statements = policies.flatMap(({ candidates, statementAt }) =>
    candidates(action).map((place) => {
      const statement = statementAt(place)
      const grant = statement.principal?.grant(query.request.principal)
      return {
        effect: statement.source.effect,
        grant,
        formula: statementFormula(statement, slot, query),
      }
    }),
  )
  const withEffect = (effect: Effect) => statements.filter((one) => one.effect === effect)
  const any = (list: typeof statements) => anyOf(list.map(({ formula }) => formula))
  return {
    allows: any(withEffect('Allow')),
    denies: any(withEffect('Deny')),
    grants: (kind) => any(withEffect('Allow').filter(({ grant }) => grant === kind)),
  }
}

function denyFormula({ scps, rcps, ...layers }: Layers): Formula {
  const { identity, resource, boundary, session, endpoint } = layers
  const all = [...scps, ...rcps, identity, resource, boundary, session, endpoint]
  return anyOf(all.map((layer) => layer?.denies ?? false))
}

/** Specification 5.5, steps 4 to 9. */
function grantFormula(layers: Layers, query: OpenQuery): Formula {
  const { scps, endpoint, boundary, session, identity, resource } = layers
  const { request } = query
  const { principal } = request
  const gates = allOf([...scps, endpoint].map((layer) => layer?.allows ?? true))
  const grants = (kind: GrantKind) => resource?.grants(kind) ?? false
  if (!isInAccount(principal)) return allOf([gates, grants('direct')])
  if (!sharePartition(principal.arn, request.resource)) return false

  const audience = audienceOf(request)
  const isFederated = (audience & AUDIENCE.federated) !== 0
  const own = allOf([
    boundary?.allows ?? true,
    session?.allows ?? !isFederated, // a federated user has nothing without session policies
  ])
  const identityAllows = (audience & AUDIENCE.root) !== 0 || identity.allows
  const named = anyOf([grants('role'), grants('user-of-session')])
  if (principal.account !== request.resourceAccount) {
    const granted = anyOf([grants('direct'), named, grants('account')])
    return allOf([gates, granted, identityAllows, own])
  }
  const trusted = request.resourceTrust === 'explicit' ? grants('account') : true
  return allOf([
    gates,
    anyOf([grants('direct'), allOf([anyOf([named, allOf([trusted, identityAllows])]), own])]),
  ])
}
