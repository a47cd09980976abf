/**
 * iam-simulate by the one entry that takes actions of any service: `runUnsafeSimulation`.
 *
 * Shape   session policies are not read there, so a second simulation with them as identity policies must
 *         allow as well.
 * Errors  None.
 * Source  The package's types.
 *
 * @module
 */
import { runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate'
import type { DocumentSet } from '@iamkit/conformance'
import type { PolicyDocument } from '@iamkit/core'
import type { Engine } from '../../../src/engines/engine.js'
import { ACCOUNT } from '../../../src/workloads/caller.js'
import type { Question } from '../../../src/workloads/scenario.js'

export const iamSimulate: Engine = {
  name: 'iam-simulate',
  kind: 'peer',
  speaksIam: true,
  prepare({ documents }) {
    const { session } = documents
    const main = simulationOf(documents)
    const second = session && simulationOf({ identity: session })
    const allows = (policies: Policies, request: Request) =>
      runUnsafeSimulation({ ...policies, request }, {}) === 'Allowed'
    const decide = (request: Request) =>
      allows(main, request) && (!second || allows(second, request))
    return () => ({ requestFor, decide })
  },
}

function requestFor({ caller, action, resource, context }: Question): Request {
  return {
    principal: caller.principal.arn,
    action,
    resource: { resource, accountId: ACCOUNT },
    contextVariables: context as Request['contextVariables'],
  }
}

type Request = Simulation['request']
type Policies = Omit<Simulation, 'request'>

function simulationOf({ identity, boundary, scps, resource }: DocumentSet): Policies {
  const named = (policy: PolicyDocument, i: number) => ({ name: String(i), policy })
  return {
    identityPolicies: (identity ?? []).map(named),
    serviceControlPolicies: (scps ?? []).map((level, i) => ({
      orgIdentifier: String(i),
      policies: level.map(named),
    })),
    resourceControlPolicies: [],
    ...(boundary && { permissionBoundaryPolicies: [named(boundary, 0)] }),
    ...(resource && { resourcePolicy: withName(resource) }),
  }
}

/** The resource's policy must carry a name, and has a place for it only where it is said to be validated. */
function withName(policyDocument: PolicyDocument) {
  return { __validated: true, policyDocument, metadata: { name: 'resource' }, errors: [] }
}
