/**
 * Runs the parts that were asked for, one after the other.
 *
 * Errors  an `Error` where a part fails.
 *
 * @module
 */
import type { Arguments, Part } from './arguments.js'
import { loadPeers } from './engines/all.js'
import { createToken } from './http/token.js'
import { inChild } from './measure/child.js'
import type { CorpusRow } from './parts/corpus-child.js'
import { measureDecisions } from './parts/decisions.js'
import type { FirstDecision } from './parts/first-decision-child.js'
import type { GarbageRow } from './parts/garbage-child.js'
import type { HostileRow } from './parts/hostile-child.js'
import { measurePrincipals } from './parts/principals.js'
import { measureServer } from './parts/server.js'
import { measureWeb } from './parts/web.js'
import { describeMachine } from './report/machine.js'
import type { Result } from './report/result.js'
import { WORKLOADS } from './workloads/scenario.js'

const QUICK = {
  rounds: 60,
  sliceMs: 2,
  singlyMs: 50,
  webRounds: 30,
  requests: 400,
  serverRounds: 40,
}
const LONG = {
  rounds: 300,
  sliceMs: 4,
  singlyMs: 200,
  webRounds: 100,
  requests: 1000,
  serverRounds: 150,
}

/** A figure that other processes can only make worse is taken from the best of several. */
const CORPUS_RUNS = 3

export async function run({ parts, long }: Arguments): Promise<Result> {
  const say = (text: string) => console.error(`· ${text}`)
  const settings = { ...(long ? LONG : QUICK), say }
  const isAsked = (part: Part) => parts.includes(part)
  const machine = describeMachine()
  const areAlone = parts.every((part) => part === 'server')
  const versions = areAlone ? {} : (await loadPeers()).versions
  const timed = WORKLOADS.filter((one) => isAsked(one) && one !== 'W6' && one !== 'W8')

  const decisions =
    timed.length > 0 ? await measureDecisions({ ...settings, workloads: timed }) : undefined
  const part = async <T>(name: Part, text: string, measure: () => Promise<T>) => {
    if (!isAsked(name)) return undefined
    say(`${name}: ${text}`)
    return await measure()
  }
  return {
    machine,
    versions,
    decisions,
    firstDecision: await part('W5', 'first decisions', () =>
      child<FirstDecision>('first-decision'),
    ),
    principals: await part('W6', 'principals', measurePrincipals),
    corpus: await part('W7', 'all managed policies', bestCorpus),
    web: await part('W8', 'whole apps', () =>
      measureWeb({ ...settings, rounds: settings.webRounds, token: createToken() }),
    ),
    garbage: await part('garbage', '10 million calls', () =>
      child<readonly GarbageRow[]>('garbage'),
    ),
    server: await part('server', 'the control plane', () =>
      measureServer({ rounds: settings.serverRounds, say }),
    ),
    hostile: await part('hostile', 'hostile cases', () => child<readonly HostileRow[]>('hostile')),
  }
}

function child<Output>(name: string): Promise<Output> {
  return inChild<Output>(new URL(`./parts/${name}-child.ts`, import.meta.url), {})
}

async function bestCorpus(): Promise<CorpusRow> {
  const runs: CorpusRow[] = []
  for (let i = 0; i < CORPUS_RUNS; i++) runs.push(await child<CorpusRow>('corpus'))
  return [...runs].sort((a, b) => a.compileMs - b.compileMs)[0] as CorpusRow
}
