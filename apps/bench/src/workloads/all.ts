/**
 * The scenarios of a run, each made when it is asked for.
 *
 * Errors  an `Error` from {@link createScenario} where no scenario has the name.
 *
 * @module
 */
import { abac } from './abac.js'
import { app } from './app.js'
import { large, SIZES } from './large.js'
import { type Corpus, developer, readOnly } from './managed.js'
import { organization } from './organization.js'
import type { Scenario, Workload } from './scenario.js'
import { tiny } from './tiny.js'

interface Maker {
  readonly workload: Workload
  readonly make: (readCorpus: () => Corpus) => Scenario
}

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['W1', { workload: 'W1', make: tiny }],
  ['W2', { workload: 'W2', make: app }],
  ['W3', { workload: 'W3', make: abac }],
  ['W4', { workload: 'W4', make: organization }],
  ...SIZES.map((size): [string, Maker] => {
    return [`W5-${size}`, { workload: 'W5', make: () => large(size) }]
  }),
  ['W7-read-only', { workload: 'W7', make: (readCorpus) => readOnly(readCorpus()) }],
  ['W7-developer', { workload: 'W7', make: (readCorpus) => developer(readCorpus()) }],
])

/** W6 and W8 are measured in ways of their own and have no scenarios. */
export function scenarioIds(workloads: ReadonlySet<Workload>): readonly string[] {
  return [...MAKERS].flatMap(([id, { workload }]) => (workloads.has(workload) ? [id] : []))
}

/** The corpus is read only for the scenarios that need it. */
export function createScenario(id: string, readCorpus: () => Corpus): Scenario {
  const maker = MAKERS.get(id)
  if (!maker) throw new Error(`no scenario \`${id}\``)
  return maker.make(readCorpus)
}
