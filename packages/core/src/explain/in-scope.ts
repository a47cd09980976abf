/**
 * Every policy that speaks for a request, with its type, in the order in which denials are blamed.
 *
 * Errors  None.
 * Source  Specification 5.2 and 6.2.
 *
 * @module
 */
import type { CompiledPolicy } from '../compile/compiled-policy.js'
import type { Slot } from '../compile/gate.js'
import { AUDIENCE } from '../compile/plan.js'
import type { PolicySet } from '../compile/policy-set.js'

export function* policiesInScope(
  policies: PolicySet,
  audience: number,
): Iterable<readonly [Slot, CompiledPolicy]> {
  const { identity, resource, boundary, session, endpoint, scps, rcps } = policies
  const slot = (type: Slot['type']): Slot => ({
    type,
    hasBoundary: boundary !== undefined && boundary !== null,
    policies: [],
  })
  const speaks = (bit: number) => (audience & bit) !== 0
  if (speaks(AUDIENCE.scps)) for (const policy of scps?.flat() ?? []) yield [slot('scp'), policy]
  if (speaks(AUDIENCE.rcps)) for (const policy of rcps?.flat() ?? []) yield [slot('rcp'), policy]
  if (speaks(AUDIENCE.identity))
    for (const policy of identity ?? []) yield [slot('identity'), policy]
  if (resource) yield [slot(resource.source.type === 'trust' ? 'trust' : 'resource'), resource]
  if (boundary && speaks(AUDIENCE.identity)) yield [slot('boundary'), boundary]
  if (speaks(AUDIENCE.session)) for (const policy of session ?? []) yield [slot('session'), policy]
  if (endpoint) yield [slot('endpoint'), endpoint]
}
