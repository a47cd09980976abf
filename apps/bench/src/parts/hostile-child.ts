/**
 * How long one decision takes at worst: every hostile case, warmed up, the median of several tries.
 *
 * Units   microseconds; policies are parsed with the quotas of AWS.
 * Errors  core's `PolicyParseError` (`ERR_POLICY_INVALID`) for a case that is not legal after all.
 *
 * @module
 */
import { type AuthorizationRequest, evaluate, isAllowed } from '@iamkit/core'
import { policySet, requestFor } from '../engines/iamkit.js'
import { answerParent } from '../measure/child.js'
import { median } from '../measure/statistics.js'
import { HOSTILE, type HostileCase } from '../workloads/hostile.js'

export interface HostileRow {
  readonly name: string
  readonly isAllowedUs: number
  readonly evaluateUs: number
}

const WARM_UP = 10
const TRIES = 15

answerParent((): readonly HostileRow[] => HOSTILE.map(measure))

function measure({ name, documents, drafts }: HostileCase): HostileRow {
  const policies = policySet(documents, {})
  const requests = drafts.map((draft) => requestFor(draft))
  let asked = 0
  const time = (decide: (request: AuthorizationRequest) => unknown) => {
    const times: number[] = []
    for (let i = 0; i < WARM_UP + TRIES; i++) {
      const request = requests[asked++ % requests.length] as AuthorizationRequest
      const start = performance.now()
      decide(request)
      times.push((performance.now() - start) * 1e3)
    }
    return median(times.slice(WARM_UP))
  }
  return {
    name,
    isAllowedUs: time((request) => isAllowed(policies, request)),
    evaluateUs: time((request) => evaluate(policies, request)),
  }
}
