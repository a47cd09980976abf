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
  return [await measureOwn(), ...rows]
}

/** In two processes, since what one store leaves behind would be weighed with the next. */
async function measureOwn(): Promise<PrincipalsRow> {
  const whole = await measure(IAMKIT, PRINCIPALS)
  const { askedBytes: boundedBytes } = await measure(IAMKIT, PRINCIPALS, true)
  return { ...whole, boundedBytes }
}

function measure(engine: string, count: number, forgets = false): Promise<PrincipalsRow> {
  const module = new URL('./principals-child.ts', import.meta.url)
  return inChild(module, { engine, count, forgets })
}
