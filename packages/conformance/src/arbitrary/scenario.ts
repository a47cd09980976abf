/**
 * Policies of all types around a request, and requests around it: what core and the reference are
 * held to.
 *
 * Errors  None.
 * Source  Specification 5.1.
 *
 * @module
 */
import type { PolicyDocument } from '@iamkit/core'
import fc from 'fast-check'
import type { DocumentSet, ReferenceRequest, Slot } from '../reference/document-set.js'
import { type Choices, chance, replayedChoices, several, weighted } from './choices.js'
import { plainSet } from './plain.js'
import { request, variation } from './request.js'
import { statement, type Target } from './statement.js'

export interface Scenario {
  readonly policies: DocumentSet
  /** The first is the one that the policies were written around. */
  readonly requests: readonly ReferenceRequest[]
}

/** How many requests share a policy set. */
export const REQUESTS_PER_SCENARIO = 4

const FULL_ACCESS: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
}

export function scenario(choices: Choices): Scenario {
  const base = request(choices)
  const isPlain = chance(choices, 30)
  const policies = isPlain ? plainSet(choices, base) : documentSet(choices, base)
  const others = Array.from({ length: REQUESTS_PER_SCENARIO - 1 }, () => variation(choices, base))
  return { policies, requests: [base, ...others] }
}

/** Scenarios for fast-check, which shrinks their choices towards the simplest. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .array(fc.nat(0xffff), { minLength: 600, maxLength: 600 })
  .map((choices) => scenario(replayedChoices(choices)))

function documentSet(choices: Choices, base: ReferenceRequest): DocumentSet {
  const one = (slot: Slot) => document(choices, { slot, request: base })
  const levels = (slot: Slot) => {
    const level = () => levelDocument(choices, { slot, request: base })
    return several(choices, [0, 3], () => several(choices, [0, 2], level))
  }
  return {
    ...(chance(choices, 75) && { identity: several(choices, [0, 2], () => one('identity')) }),
    ...(chance(choices, 65) && { resource: one('resource') }),
    ...(chance(choices, 30) && { boundary: one('boundary') }),
    ...(chance(choices, 45) && { session: several(choices, [0, 2], () => one('session')) }),
    ...(chance(choices, 14) && { endpoint: one('endpoint') }),
    ...(chance(choices, 30) && { scps: levels('scp') }),
    ...(chance(choices, 22) && { rcps: levels('rcp') }),
  }
}

/** SCPs and RCPs have the newer version, or are none. */
function levelDocument(choices: Choices, target: Target): PolicyDocument {
  if (chance(choices, 60)) return FULL_ACCESS
  return { ...document(choices, target), Version: '2012-10-17' }
}

function document(choices: Choices, target: Target): PolicyDocument {
  const statements = several(choices, [1, 3], () => statement(choices, target))
  const [first] = statements
  const Statement = statements.length === 1 && first && chance(choices, 50) ? first : statements
  return weighted<PolicyDocument>(choices, [
    [80, () => ({ Version: '2012-10-17', Statement })],
    [10, () => ({ Version: '2008-10-17', Statement })],
    [10, () => ({ Statement })],
  ])
}
