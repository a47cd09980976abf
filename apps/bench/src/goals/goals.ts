/**
 * The goals that `--check` holds a run to. All but bytes, first decisions and processor time are ratios
 * within the run, so they hold on any machine.
 *
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { IAMKIT, IAMKIT_REASONS } from '../engines/iamkit.js'
import type { DecisionRow, Decisions } from '../parts/decisions.js'
import type { GarbageRow } from '../parts/garbage-child.js'
import type { HostileRow } from '../parts/hostile-child.js'
import type { PrincipalsRow } from '../parts/principals-child.js'
import type { Web } from '../parts/web.js'
import { formatBytes, formatNs, formatRatio } from '../report/quantity.js'
import type { Result } from '../report/result.js'
import type { Goal } from './goal.js'
import { serverGoals } from './server-goals.js'

export function goalsOf(result: Result): readonly Goal[] {
  const { decisions, firstDecision, principals, corpus, web, garbage, hostile } = result
  return [
    ...(decisions ? decisionGoals(decisions) : []),
    ...(firstDecision
      ? [
          atMost('W5', 'slowest first decision at 100,000 statements', [
            firstDecision.slowestMs * 1e6,
            1e6,
            formatNs,
          ]),
        ]
      : []),
    ...(principals ? principalGoals(principals) : []),
    ...(corpus
      ? [
          atMost('W7', 'all managed policies compiled', [corpus.compileMs * 1e6, 0.3e9, formatNs]),
          atMost('W7', 'heap of all managed policies compiled', [
            corpus.compiledBytes,
            16 * MIB,
            formatBytes,
          ]),
        ]
      : []),
    ...(web ? webGoals(web) : []),
    ...(garbage ? [garbageGoal(garbage)] : []),
    ...(hostile ? [hostileGoal(hostile)] : []),
    ...(result.server ? serverGoals(result.server) : []),
  ]
}

const MIB = 2 ** 20

type Figures = readonly [actual: number, bound: number, format: Goal['format']]

function atLeast(part: string, name: string, [actual, bound, format]: Figures): Goal {
  return { part, name, actual, bound, kind: 'at least', format }
}

function atMost(part: string, name: string, [actual, bound, format]: Figures): Goal {
  return { part, name, actual, bound, kind: 'at most', format }
}

function decisionGoals(decisions: Decisions): readonly Goal[] {
  const has = (workload: string) => decisions.rows.some((row) => row.workload === workload)
  const makers: Readonly<Record<string, (rows: readonly DecisionRow[]) => readonly Goal[]>> = {
    W1: tinyGoals,
    W2: appGoals,
    W3: abacGoals,
    W4: (rows) => [beatsFastest(rows, 'W4', 10)],
    W5: largeGoals,
    W7: managedGoals,
  }
  const speed = Object.entries(makers).flatMap(([workload, make]) =>
    has(workload) ? make(decisions.rows) : [],
  )
  const reasons = decisions.rows
    .filter(({ engine, workload }) => engine === IAMKIT_REASONS && workload !== 'W7')
    .map(({ scenario, ratio }) =>
      atMost('reasons', `evaluate beside isAllowed at ${scenario}`, [ratio, 3, formatRatio]),
    )
  return [...speed, ...reasons]
}

function tinyGoals(rows: readonly DecisionRow[]): readonly Goal[] {
  const floor = rows.find(({ scenario, kind }) => scenario === 'W1' && kind === 'floor')
  const figures: Figures = [1 / (floor?.ratio ?? Number.NaN), 2, formatRatio]
  return [beatsFastest(rows, 'W1', 4), atMost('W1', 'beside the floor', figures)]
}

function appGoals(rows: readonly DecisionRow[]): readonly Goal[] {
  const speaking = rows.filter(({ speaksIam }) => speaksIam)
  const { actual } = beatsFastest(speaking, 'W2', 400)
  const name = 'faster than the fastest peer that reads AWS policies'
  return [beatsFastest(rows, 'W2', 3), atLeast('W2', name, [actual, 400, formatRatio])]
}

function abacGoals(rows: readonly DecisionRow[]): readonly Goal[] {
  return [
    beats(rows, { scenario: 'W3', engine: 'CASL, lambdas by hand', bound: 1.3 }),
    beats(rows, { scenario: 'W3', engine: 'CASL per request', bound: 10 }),
  ]
}

function largeGoals(rows: readonly DecisionRow[]): readonly Goal[] {
  const quietAt = (size: number) =>
    rows.find(({ scenario, engine }) => scenario === `W5-${size}` && engine === IAMKIT)?.quietNs ??
    Number.NaN
  const growth = quietAt(100_000) / quietAt(10)
  return [
    beatsFastest(rows, 'W5-1000', 50),
    beatsFastest(rows, 'W5-10000', 1000),
    atMost('W5', '100,000 statements beside 10', [growth, 5, formatRatio]),
  ]
}

function managedGoals(rows: readonly DecisionRow[]): readonly Goal[] {
  return [
    beatsFastest(rows, 'W7-read-only', 4),
    beatsFastest(rows, 'W7-developer', 4),
    beats(rows, { scenario: 'W7-read-only', engine: 'pbac', bound: 50_000 }),
    beats(rows, { scenario: 'W7-read-only', engine: 'iam-simulate', bound: 50_000 }),
  ]
}

interface Opponent {
  readonly scenario: string
  readonly engine: string
  readonly bound: number
}

function beats(rows: readonly DecisionRow[], { scenario, engine, bound }: Opponent): Goal {
  const row = rows.find((one) => one.scenario === scenario && one.engine === engine)
  const figures: Figures = [row?.ratio ?? Number.NaN, bound, formatRatio]
  return atLeast(scenario, `faster than ${engine}`, figures)
}

function beatsFastest(rows: readonly DecisionRow[], scenario: string, bound: number): Goal {
  const peers = rows.filter((row) => row.scenario === scenario && row.kind === 'peer')
  const [fastest] = [...peers].sort((a, b) => a.ratio - b.ratio)
  const figures: Figures = [fastest?.ratio ?? Number.NaN, bound, formatRatio]
  return atLeast(scenario, `faster than the fastest peer (${fastest?.engine ?? 'none'})`, figures)
}

function principalGoals(rows: readonly PrincipalsRow[]): readonly Goal[] {
  const own = rows.find(({ engine }) => engine === IAMKIT)
  const peers = rows.filter(({ engine }) => engine !== IAMKIT).map(({ firstP50 }) => firstP50)
  const ratio = Math.min(...peers) / (own?.firstP50 ?? Number.NaN)
  return [
    atMost('W6', 'heap of a principal, idle', [own?.idleBytes ?? Number.NaN, 1024, formatBytes]),
    atMost('W6', 'heap of a principal, asked about', [
      own?.askedBytes ?? Number.NaN,
      2048,
      formatBytes,
    ]),
    atLeast('W6', 'first decision, faster than the fastest peer', [ratio, 2, formatRatio]),
  ]
}

function webGoals({ rows }: Web): readonly Goal[] {
  const extra = (app: string) => (rows.find((row) => row.app === app)?.extraUs ?? Number.NaN) * 1e3
  return ['Express', 'Koa'].flatMap((framework) => {
    const guard = extra(`${framework} + iamkit`)
    const goal = (name: string, bound: number) =>
      atMost('W8', `guard on ${framework}${name}`, [guard, bound, formatNs])
    return [
      goal('', 5000),
      goal(" beside CASL's", extra(`${framework} + CASL`)),
      goal(' beside 1/15 of verifying HS256', extra(`${framework} + jose HS256`) / 15),
    ]
  })
}

function garbageGoal(rows: readonly GarbageRow[]): Goal {
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
  return atMost('garbage', 'heap growth over 10 million calls', [bytes, MIB, formatBytes])
}

function hostileGoal(rows: readonly HostileRow[]): Goal {
  const slowest = (row: HostileRow) => Math.max(row.isAllowedUs, row.evaluateUs)
  const [worst] = [...rows].sort((a, b) => slowest(b) - slowest(a))
  const figures: Figures = [worst ? slowest(worst) * 1e3 : Number.NaN, 1e6, formatNs]
  return atMost('hostile', `slowest decision (${worst?.name ?? 'none'})`, figures)
}
