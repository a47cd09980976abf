/**
 * Which resources a caller may use: the decision, worked out as far as it can be before any resource is
 * known.
 *
 * Shape   what is known is decided by the parts that `evaluate` is made of; what the resource brings stays
 *         a condition. The filter holds of a resource where `evaluate` allows it, and of no other.
 * Errors  {@link UntranslatableError} (`ERR_FILTER_UNTRANSLATABLE`) where no condition says the same, and
 *         {@link RequestError} (`ERR_REQUEST_INVALID`) for an impossible query, from {@link createFilter};
 *         a `TypeError` for a policy that stands among those of another type, which `evaluate` denies.
 * Source  Specification 5.2 to 5.5; `docs/concepts/lists.md`.
 *
 * @module
 */
import type { GrantKind } from '../compile/compiled-policy.js'
import type { Slot } from '../compile/gate.js'
import { AUDIENCE } from '../compile/plan.js'
import type { PolicySet } from '../compile/policy-set.js'
import { audienceOf } from '../evaluate/audience.js'
import { sharePartition } from '../evaluate/grant.js'
import { layersInScope } from '../evaluate/in-scope.js'
import { planOf } from '../evaluate/question.js'
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
  planOf(policies, open.request) // throws where nothing could be decided
  const slots = layersInScope(policies, audienceOf(open.request))
  const layers = slots.map((slot) => layerOf(slot, open))
  const denied = anyOf(layers.map(({ denies }) => denies))
  const formula = allOf([grantFormula(layers, open), negate(denied)])
  const obstacle = obstacleIn(formula)
  if (obstacle) throw obstacle
  if (typeof formula === 'boolean') return { kind: formula ? 'all' : 'none' }
  return { kind: 'where', condition: conditionOf(formula) }
}

/** The policies of one layer, as far as they speak of the action. */
interface FilterLayer {
  readonly type: PolicyType
  readonly allows: Formula
  readonly denies: Formula
  /** The Allows that name the caller in one way. */
  readonly grants: (kind: GrantKind) => Formula
}

function layerOf(slot: Slot, query: OpenQuery): FilterLayer {
  const action = query.request.action.toLowerCase()
  const statements = slot.policies.flatMap((policy) =>
    policy.candidates(action).map((place) => {
      const statement = policy.statementAt(place)
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
    type: slot.type,
    allows: any(withEffect('Allow')),
    denies: any(withEffect('Deny')),
    grants: (kind) => any(withEffect('Allow').filter(({ grant }) => grant === kind)),
  }
}

/** Specification 5.5, steps 4 to 9. */
function grantFormula(layers: readonly FilterLayer[], { request }: OpenQuery): Formula {
  const { principal } = request
  const layer = (...types: readonly PolicyType[]) => layers.find(({ type }) => types.includes(type))
  const grants = (kind: GrantKind) => layer('resource', 'trust')?.grants(kind) ?? false
  const gates = allOf(
    layers.flatMap(({ type, allows }) => (type === 'scp' || type === 'endpoint' ? allows : [])),
  )
  if (!isInAccount(principal)) return allOf([gates, grants('direct')])
  if (!sharePartition(principal.arn, request.resource)) return false

  const audience = audienceOf(request)
  const isFederated = (audience & AUDIENCE.federated) !== 0
  const own = allOf([
    layer('boundary')?.allows ?? true,
    layer('session')?.allows ?? !isFederated, // a federated user has nothing without session policies
  ])
  const isRoot = (audience & AUDIENCE.root) !== 0
  const identityAllows = isRoot || (layer('identity')?.allows ?? false)
  const named = grants('parent')
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
