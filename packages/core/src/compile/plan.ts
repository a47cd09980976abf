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
import type { CompiledPolicy, GrantKind } from './compiled-policy.js'
import type { Slot } from './gate.js'
import type { Layer } from './layer.js'
import { listOf, type PolicySet } from './policy-set.js'
import { EVERYTHING, isWithin, NOTHING, type ResourceIndex } from './resource-index.js'
import type { Row } from './row.js'

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

/** The resource policy's Allows, by how they name the caller (specification 5.4). */
export interface Grants {
  readonly direct: ResourceIndex
  /** They name the role of a session, or the user of a federated one. */
  readonly parent: ResourceIndex
  readonly account: ResourceIndex
}

export interface Plan {
  /** The Denies that can match, by layer in the order in which they are blamed (6.2). */
  readonly denies: readonly ResourceIndex[]
  readonly hasDenies: boolean
  /** Layers that must allow and never grant, but for those that always do: SCP levels, the endpoint. */
  readonly gates: readonly PlannedLayer[]
  readonly identity: ResourceIndex
  readonly boundary: ResourceIndex
  readonly session: ResourceIndex
  readonly grants: Grants
  /** What the resource's policy is called. */
  readonly resourceType: 'resource' | 'trust'
  /**
   * What must allow a caller of the resource's own account, where the resource's policy grants nothing;
   * undefined where it may grant.
   */
  readonly needs: readonly ResourceIndex[] | undefined
  /** Present: the needs come down to this one statement. */
  readonly only: Row | undefined
  /** The partition of every resource that the needs allow; undefined where they do not tell. */
  readonly partition: string | undefined
}

export interface Layers {
  readonly identity: Layer
  readonly boundary: Layer | undefined
  readonly session: Layer | undefined
  /** The resource's policy, once for each of {@link GRANTS}; empty where there is none. */
  readonly grants: readonly Layer[]
  readonly endpoint: Layer | undefined
  readonly scps: readonly Layer[]
  readonly rcps: readonly Layer[]
}

/** By the fields of {@link Grants}. */
const GRANTS: readonly GrantKind[] = ['direct', 'parent', 'account']

/** A set in layers; `makeLayer` decides how much is worked out beforehand. */
export function layersOf(policies: PolicySet, makeLayer: (slot: Slot) => Layer): Layers {
  const { identity, boundary, session, resource, endpoint, scps, rcps } = policies
  const hasBoundary = isGiven(boundary)
  const layer = (
    type: PolicyType,
    list: readonly CompiledPolicy[] | undefined,
    grants?: GrantKind,
  ) => makeLayer({ type, hasBoundary, policies: listOf(list), grants })
  const optional = (type: PolicyType, policy: CompiledPolicy | null | undefined) =>
    isGiven(policy) ? layer(type, [policy]) : undefined
  const resourceType = resource?.source.type === 'trust' ? 'trust' : 'resource'
  return {
    identity: layer('identity', identity),
    boundary: optional('boundary', boundary),
    session: listOf(session).length > 0 ? layer('session', session) : undefined,
    grants: isGiven(resource) ? GRANTS.map((kind) => layer(resourceType, [resource], kind)) : [],
    endpoint: optional('endpoint', endpoint),
    scps: listOf(scps).map((level) => layer('scp', level)),
    rcps: listOf(rcps).map((level) => layer('rcp', level)),
  }
}

/** Only these two stand for no policy; anything else is one, or a fault. */
function isGiven<T>(policy: T | null | undefined): policy is T {
  return policy !== undefined && policy !== null
}

/** Takes the action as the caller spells it. */
export function createPlan(layers: Layers, audience: number, spelled: string): Plan {
  if (!isActionName(spelled)) {
    throw new RequestError('action', 'must be `service:Name`, without wildcards')
  }
  const action = spelled.toLowerCase()
  const speaks = (bit: number) => (audience & bit) !== 0
  const planned = (layer: Layer | undefined, isAsked = true) =>
    layer && isAsked ? [{ type: layer.slot.type, ...layer.planFor(action) }] : []
  const scps = speaks(AUDIENCE.scps) ? layers.scps.flatMap((layer) => planned(layer)) : []
  const rcps = speaks(AUDIENCE.rcps) ? layers.rcps.flatMap((layer) => planned(layer)) : []
  const identity = planned(layers.identity, speaks(AUDIENCE.identity))
  const boundary = planned(layers.boundary, speaks(AUDIENCE.identity))
  const session = planned(layers.session, speaks(AUDIENCE.session))
  const [direct, parent, account] = layers.grants.flatMap((layer) => planned(layer))
  const endpoint = planned(layers.endpoint)

  const resource = direct ? [direct] : []
  const inBlameOrder = [scps, rcps, identity, resource, boundary, session, endpoint].flat()
  const denies = inBlameOrder
    .map((layer) => layer.denies)
    .filter(({ constant }) => constant !== false)
  const gates = [...scps, ...endpoint]
    .filter(({ allows }) => allows.constant !== true)
    .map(({ type, allows }) => ({ type, index: allows }))
  const own = {
    identity: speaks(AUDIENCE.root) ? EVERYTHING : (identity[0]?.allows ?? NOTHING),
    boundary: boundary[0]?.allows ?? EVERYTHING,
    session: session[0]?.allows ?? (speaks(AUDIENCE.federated) ? NOTHING : EVERYTHING),
  }
  const mayGrant = direct !== undefined && direct.allows !== NOTHING
  const needs = mayGrant ? undefined : needsOf({ ...own, denies, gates })
  // One literal: engines reach fields that are added later in two steps.
  return {
    only: needs?.length === 1 ? needs[0]?.only : undefined,
    needs,
    hasDenies: denies.length > 0,
    partition: needs?.find((need) => need.partition !== undefined)?.partition,
    denies,
    gates,
    identity: own.identity,
    boundary: own.boundary,
    session: own.session,
    grants: mayGrant ? grantsOf(direct.allows, parent?.allows, account?.allows) : NO_GRANTS,
    resourceType: direct?.type === 'trust' ? 'trust' : 'resource',
  }
}

const NO_GRANTS = grantsOf()

function grantsOf(direct = NOTHING, parent = NOTHING, account = NOTHING): Grants {
  return { direct, parent, account }
}

/** The fewest that must allow: what always allows, or allows whenever another does, is not asked. */
function needsOf({
  denies,
  gates,
  identity,
  boundary,
  session,
}: Pick<Plan, 'denies' | 'gates' | 'identity' | 'boundary' | 'session'>): readonly ResourceIndex[] {
  const layers = [session, boundary, identity, ...gates.map(({ index }) => index)]
  const isHopeless = layers.some(({ constant }) => constant === false)
  if (isHopeless || denies.some(({ constant }) => constant === true)) return [NOTHING]
  const needs: ResourceIndex[] = []
  for (const [i, layer] of layers.entries()) {
    const others = [...needs, ...layers.slice(i + 1)]
    if (layer.constant !== true && !others.some((other) => isWithin(other, layer))) {
      needs.push(layer)
    }
  }
  return needs
}
