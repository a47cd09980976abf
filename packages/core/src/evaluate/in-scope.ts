/**
 * The policies that speak for a request, layer by layer, in the order in which denials are blamed.
 *
 * Shape   the policies of a layer are OR-ed; each level of SCPs or RCPs is a layer of its own.
 * Errors  None.
 * Source  Specification 5.2 and 6.2.
 *
 * @module
 */
import type { CompiledPolicy } from '../compile/compiled-policy.js'
import type { Slot } from '../compile/gate.js'
import { AUDIENCE } from '../compile/plan.js'
import type { PolicySet } from '../compile/policy-set.js'
import type { PolicyType } from '../policy/document.js'

export function layersInScope(policies: PolicySet, audience: number): readonly Slot[] {
  const { identity, resource, boundary, session, endpoint, scps, rcps } = policies
  const speaks = (bit: number) => (audience & bit) !== 0
  const layer = (type: PolicyType, list: readonly (CompiledPolicy | null | undefined)[]): Slot => ({
    type,
    hasBoundary: Boolean(boundary),
    policies: list.filter((policy) => policy !== undefined && policy !== null),
  })
  const isOwn = speaks(AUDIENCE.identity)
  return [
    ...(speaks(AUDIENCE.scps) ? (scps ?? []) : []).map((level) => layer('scp', level)),
    ...(speaks(AUDIENCE.rcps) ? (rcps ?? []) : []).map((level) => layer('rcp', level)),
    ...[
      layer('identity', (isOwn && identity) || []),
      layer(resource?.source.type === 'trust' ? 'trust' : 'resource', [resource]),
      layer('boundary', isOwn ? [boundary] : []),
      layer('session', (speaks(AUDIENCE.session) && session) || []),
      layer('endpoint', [endpoint]),
    ].filter((one) => one.policies.length > 0),
  ]
}
