/**
 * What `isAllowed` leaves behind over ten million calls.
 *
 * Units   bytes. Calls come in runs that are short beside the space for young objects; what the heap grows
 *         by in each is added up, and runs in which it shrank, because it was collected, add nothing.
 * Errors  None.
 *
 * @module
 */
import { isAllowed } from '@iamkit/core'
import { policySet, requestFor } from '../engines/iamkit.js'
import { answerParent, bytesInUse } from '../measure/child.js'
import { abac } from '../workloads/abac.js'
import { app } from '../workloads/app.js'
import { organization } from '../workloads/organization.js'
import type { Scenario } from '../workloads/scenario.js'
import { tiny } from '../workloads/tiny.js'

export interface GarbageRow {
  readonly scenario: string
  readonly calls: number
  readonly bytes: number
}

const CALLS = 2_500_000
const RUN = 20_000

answerParent(async (): Promise<readonly GarbageRow[]> => {
  const rows: GarbageRow[] = []
  for (const scenario of [tiny(), app(), abac(), organization()]) rows.push(await measure(scenario))
  return rows
})

async function measure({ id, documents, questions }: Scenario): Promise<GarbageRow> {
  const policies = policySet(documents)
  const requests = questions.map(requestFor)
  const ask = (calls: number) => {
    let allowed = 0
    for (let i = 0; i < calls; i++) {
      const request = requests[i & (requests.length - 1)] as (typeof requests)[number]
      if (isAllowed(policies, request)) allowed++
    }
    return allowed
  }
  for (let i = 0; i < 20; i++) ask(RUN)
  await bytesInUse()
  let bytes = 0
  for (let i = 0; i < CALLS / RUN; i++) {
    const before = process.memoryUsage().heapUsed
    ask(RUN)
    bytes += Math.max(0, process.memoryUsage().heapUsed - before - OWN_BYTES)
  }
  return { scenario: id, calls: CALLS, bytes }
}

/** What asking for the heap's size itself leaves on the heap. */
const OWN_BYTES = ownBytes()

function ownBytes(): number {
  const grown = Array.from({ length: 101 }, () => {
    const before = process.memoryUsage().heapUsed
    return process.memoryUsage().heapUsed - before
  })
  return [...grown].sort((a, b) => a - b)[50] ?? 0
}
