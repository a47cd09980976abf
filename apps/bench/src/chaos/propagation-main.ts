/**
 * `npm run propagation`: how long a change of policies takes to reach the decisions of four apps, under load, by two servers
 * on one PostgreSQL.
 *
 * Units   milliseconds, from the acknowledgement of a change to the first decision by it.
 * Errors  exit code 1 where a change is lost, the 99th percentile is above a second or the apps do not agree in the end;
 *         2 for wrong usage or where there is no PostgreSQL.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import { UsageError } from '../arguments.js'
import { NoDatabaseError } from '../database/postgres.js'
import { quantile } from '../measure/statistics.js'
import { agree } from './agreement.js'
import { change, createChangeTally } from './changes.js'
import { now } from './now.js'
import { openStage, type Stage } from './stage.js'

const BOUND = 1_000
const LANES = 4
/** A change that has not come by then is lost. */
const PATIENCE = 30_000

interface Seen {
  /** By app. */
  readonly at: Map<number, number>
  readonly answer: string
}

/** By subject: who has seen its change that is on its way. */
type Watching = Map<number, Seen>

function readChanges(words: readonly string[]): number {
  const [name, value, ...rest] = words
  if (name === undefined) return 1_000
  const isSound = /^[1-9]\d{0,5}$/.test(value ?? '')
  if (name !== '--changes' || rest.length > 0 || !isSound)
    throw new UsageError('expected `--changes N`')
  return Number(value)
}

async function main(words: readonly string[]): Promise<number> {
  const count = readChanges(words)
  const watching: Watching = new Map()
  const stage = await openStage({
    subjectsOfEach: 6,
    stalenessLimit: 60_000,
    callsPerSecond: 20,
    onTold: (app, { from, answers = '' }) => {
      for (const [subject, { at, answer }] of watching) {
        if (answers[subject] === answer && !at.has(app)) at.set(app, from)
      }
    },
  })
  try {
    if (!(await agree(stage))) throw new Error('the apps did not begin')
    return (await run({ stage, watching }, count)) ? 0 : 1
  } finally {
    await stage.close()
  }
}

interface Run {
  readonly stage: Stage
  readonly watching: Watching
}

async function run({ stage, watching }: Run, count: number): Promise<boolean> {
  const sinceAnswer: number[] = []
  const sinceSent: number[] = []
  let begun = 0
  let lost = 0
  const lane = async (first: number) => {
    for (let i = first; begun < count; i = (i + LANES) % stage.subjects.length) {
      begun += 1
      const { sent, acknowledged, at } = await follow({ stage, watching }, i)
      lost += stage.apps.length - at.length
      sinceAnswer.push(...at.map((time) => Math.max(0, time - acknowledged)))
      sinceSent.push(...at.map((time) => time - sent))
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)))
  const seconds = (performance.now() - start) / 1000
  const areOne = await agree(stage)
  const { wrongAllows, wrongDenials } = stage.oracle.tally
  const [p50, p99] = [quantile(sinceAnswer, 0.5), quantile(sinceAnswer, 0.99)]
  const isWell = areOne && lost === 0 && p99 <= BOUND && wrongAllows + wrongDenials === 0
  const inMs = (value: number) => `${value.toFixed(1)} ms`
  console.log(
    [
      `propagation ${isWell ? 'passed' : 'FAILED'}: ${begun} changes to ${stage.apps.length} apps in ${seconds.toFixed(0)} s`,
      `p50 ${inMs(p50)}, p99 ${inMs(p99)}, longest ${inMs(Math.max(...sinceAnswer))} after the answer`,
      `p50 ${inMs(quantile(sinceSent, 0.5))}, p99 ${inMs(quantile(sinceSent, 0.99))} after the request`,
      `${lost} lost, ${wrongAllows} wrong allows`,
      `in the end all apps ${areOne ? 'agree' : 'DIFFER'}`,
    ].join('; '),
  )
  return isWell
}

/** Makes a change, and waits until every app decides by it. */
async function follow({ stage, watching }: Run, i: number) {
  const answer = stage.oracle.isOpen(i) ? '0' : '1'
  const seen: Seen = { at: new Map(), answer }
  watching.set(i, seen)
  const { sent, acknowledged } = await change({ stage, tally: createChangeTally() }, i)
  const end = now() + PATIENCE
  while (seen.at.size < stage.apps.length && now() < end) await wait(2)
  watching.delete(i)
  return { sent, acknowledged, at: [...seen.at.values()] }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError || error instanceof NoDatabaseError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
