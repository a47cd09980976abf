/**
 * A policy set as seen from one action: only the statements that can match it, in the layers that
 * speak for the caller, without those that say the same whatever is asked.
 *
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) for an action that is none.
 * Source  Specification 5.2 and 5.3; `docs/concepts/performance.md`.
 *
 * @module
 */
import { RequestError } from '../errors.js'
import type { PolicyType } from '../policy/document.js'
import { isActionName } from '../request/request.js'
import type { CompiledPolicy } from './compiled-policy.js'
import { createLayer, type Layer } from './layer.js'
import { createPlanCache, type PlanCache } from './plan-cache.js'
import { listOf, type PolicySet } from './policy-set.js'
import { EVERYTHING, NOTHING, type ResourceIndex } from './resource-index.js'

/** Which layers speak for a caller and a resource (specification 5.2), as bits. */
export const AUDIENCE = {
  /** Identity policies and a boundary. */
  identity: 1,
  session: 2,
  scps: 4,
  rcps: 8,
  /** Root, whom its account allows everything. */
  root: 16,
  /** A federated user, whose session has no permissions of its own without session policies. */
  federated: 32,
} as const

/** One layer's part in a plan. */
export interface PlannedLayer {
  readonly type: PolicyType
  readonly index: ResourceIndex
}

export interface Plan {
  /** The Denies that can match, by layer in the order in which they are blamed (6.2). */
  readonly denies: readonly ResourceIndex[]
  /** Layers that must allow and never grant, but for those that always do: SCP levels, the endpoint. */
  readonly gates: readonly PlannedLayer[]
  readonly identity: ResourceIndex
  /** Undefined: there is no boundary, or it always allows. */
  readonly boundary: ResourceIndex | undefined
  /** Undefined: the session is not narrowed. */
  readonly session: ResourceIndex | undefined
  /** The resource policy's Allows; what they grant depends on how they name the caller. */
  readonly resource: ResourceIndex | undefined
  /** What the resource's policy is called. */
  readonly resourceType: 'resource' | 'trust'
  /** Whether the identity policies alone grant: nothing else narrows, and no resource policy speaks. */
  readonly isPlain: boolean
}

export interface Planner {
  /** Takes the action as the caller spells it; plans are kept under that spelling. */
  readonly planFor: (audience: number, action: string) => Plan
}

/** Plans kept an audience; twice as many are held at the most. */
const KEPT_PLANS = 1024

export function createPlanner(policies: PolicySet): Planner {
  const layers = layersOf(policies)
  const caches: (PlanCache<string, Plan> | undefined)[] = []

  const miss = (audience: number, action: string): Plan => {
    if (!isActionName(action)) {
      throw new RequestError('action', 'must be `service:Name`, without wildcards')
    }
    const plan = createPlan(layers, audience, action.toLowerCase())
    caches[audience] ??= createPlanCache(KEPT_PLANS)
    caches[audience].set(action, plan)
    return plan
  }
  return { planFor: (audience, action) => caches[audience]?.get(action) ?? miss(audience, action) }
}

interface Layers {
  readonly identity: Layer
  readonly boundary: Layer | undefined
  readonly session: Layer | undefined
  readonly resource: Layer | undefined
  readonly endpoint: Layer | undefined
  readonly scps: readonly Layer[]
  readonly rcps: readonly Layer[]
}

function layersOf(policies: PolicySet): Layers {
  const { identity, boundary, session, resource, endpoint, scps, rcps } = policies
  const hasBoundary = isGiven(boundary)
  const layer = (type: PolicyType, list: readonly CompiledPolicy[] | undefined) =>
    createLayer({ type, hasBoundary, policies: listOf(list) })
  const optional = (type: PolicyType, policy: CompiledPolicy | null | undefined) =>
    isGiven(policy) ? layer(type, [policy]) : undefined
  return {
    identity: layer('identity', identity),
    boundary: optional('boundary', boundary),
    session: listOf(session).length > 0 ? layer('session', session) : undefined,
    resource: optional(resource?.source.type === 'trust' ? 'trust' : 'resource', resource),
    endpoint: optional('endpoint', endpoint),
    scps: listOf(scps).map((level) => layer('scp', level)),
    rcps: listOf(rcps).map((level) => layer('rcp', level)),
  }
}

/** Only these two stand for no policy; anything else is one, or a fault. */
function isGiven<T>(policy: T | null | undefined): policy is T {
  return policy !== undefined && policy !== null
}

function createPlan(layers: Layers, audience: number, action: string): Plan {
  const speaks = (bit: number) => (audience & bit) !== 0
  const planned = (layer: Layer | undefined, isAsked = true) =>
    layer && isAsked ? [{ type: layer.slot.type, ...layer.planFor(action) }] : []
  const scps = speaks(AUDIENCE.scps) ? layers.scps.flatMap((layer) => planned(layer)) : []
  const rcps = speaks(AUDIENCE.rcps) ? layers.rcps.flatMap((layer) => planned(layer)) : []
  const identity = planned(layers.identity, speaks(AUDIENCE.identity))
  const boundary = planned(layers.boundary, speaks(AUDIENCE.identity))
  const session = planned(layers.session, speaks(AUDIENCE.session))
  const resource = planned(layers.resource)
  const endpoint = planned(layers.endpoint)
  const inBlameOrder = [scps, rcps, identity, resource, boundary, session, endpoint].flat()

  const gates = [...scps, ...endpoint].filter(({ allows }) => allows.constant !== true)
  const own = {
    identity: speaks(AUDIENCE.root) ? EVERYTHING : (identity[0]?.allows ?? NOTHING),
    boundary: narrowing(boundary[0]?.allows),
    session: narrowing(session[0]?.allows ?? (speaks(AUDIENCE.federated) ? NOTHING : undefined)),
  }
  return {
    ...own,
    denies: inBlameOrder.map(({ denies }) => denies).filter(({ constant }) => constant !== false),
    gates: gates.map(({ type, allows }) => ({ type, index: allows })),
    resource: resource[0]?.allows,
    resourceType: resource[0]?.type === 'trust' ? 'trust' : 'resource',
    isPlain: gates.length === 0 && resource.length === 0 && !own.boundary && !own.session,
  }
}

/** What always allows need not be asked. */
function narrowing(index: ResourceIndex | undefined): ResourceIndex | undefined {
  return index?.constant === true ? undefined : index
}
