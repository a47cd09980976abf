/**
 * W6: 100,000 principals in iamkit, and some hundreds in each peer that decides rightly about one.
 *
 * Errors  None: a peer that fails is left out.
 *
 * @module
 */
import { allEngines } from '../engines/all.js'
import { IAMKIT } from '../engines/iamkit.js'
import { inChild } from '../measure/child.js'
import { admit, isContender } from '../measure/contender.js'
import { principal } from '../workloads/principals.js'
import type { PrincipalsRow } from './principals-child.js'

const PRINCIPALS = 100_000
const PEER_PRINCIPALS = 1000

export async function measurePrincipals(): Promise<readonly PrincipalsRow[]> {
  const engines = await allEngines()
  const rows: PrincipalsRow[] = []
  for (const engine of engines.filter(({ kind, only }) => kind === 'peer' && !only)) {
    const tried = await admit(engine, principal(1))
    if (isContender(tried)) rows.push(await measure(engine.name, PEER_PRINCIPALS))
  }
  return [await measure(IAMKIT, PRINCIPALS), ...rows]
}

function measure(engine: string, count: number): Promise<PrincipalsRow> {
  return inChild(new URL('./principals-child.ts', import.meta.url), { engine, count })
}
