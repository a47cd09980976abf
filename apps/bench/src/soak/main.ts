/**
 * `npm run soak`: Express and Koa under load, while policies are reloaded every second and keys change every
 * five. No decision may be wrong, nothing may fail, and the heap must not grow.
 *
 * Errors  exit code 1 where one of these does not hold, 2 for wrong usage.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import { UsageError } from '../arguments.js'
import { App } from './app.js'
import { readSoakArguments } from './arguments.js'
import { createTally, keepCalling } from './caller.js'
import { Issuer, SIGNING_DELAY } from './issuer.js'
import { PolicyFolder } from './policies.js'
import { isWell, renderSoaked } from './report.js'
import { Timeline } from './timeline.js'
import type { Point } from './trend.js'
import type { Team } from './world.js'

const CALLERS = 8
const RELOAD_EVERY = 1000
const ROTATE_EVERY = 5000
const WEIGH_EVERY = 5000
const MINUTE = 60_000

async function main(words: readonly string[]): Promise<number> {
  const { minutes } = readSoakArguments(words)
  const issuer = new Issuer()
  await issuer.rotate()
  issuer.sign()
  const keys = await issuer.listen()
  const policies = new PolicyFolder()
  const subjects = await Promise.all(
    (['Express', 'Koa'] as const).map(async (framework) => {
      const app = await App.start({ framework, folder: policies.path, keys })
      const closed = new Timeline<Team>()
      closed.begin(policies.closed, performance.now())
      return { framework, app, closed, tally: createTally(), heap: [] as Point[] }
    }),
  )
  const start = performance.now()
  const isOver = () => performance.now() - start >= minutes * MINUTE
  const every = async (pause: number, work: () => Promise<void>) => {
    while (!isOver()) await Promise.all([work(), wait(pause)])
  }
  const weigh = async ({ app, heap }: (typeof subjects)[number]) => {
    heap.push({ x: (performance.now() - start) / MINUTE, y: await app.weigh() })
  }
  try {
    await Promise.all([
      every(RELOAD_EVERY, () => policies.change(subjects)),
      every(ROTATE_EVERY, async () => {
        await issuer.rotate()
        await wait(SIGNING_DELAY)
        issuer.sign()
      }),
      ...subjects.map((subject) => every(WEIGH_EVERY, () => weigh(subject))),
      ...subjects.flatMap((subject) =>
        Array.from({ length: CALLERS }, () => keepCalling({ ...subject, issuer, isOver })),
      ),
    ])
  } finally {
    for (const { app } of subjects) app.stop()
    policies.remove()
    issuer.close()
  }
  for (const subject of subjects) console.log(renderSoaked(subject))
  const calls = subjects.reduce((sum, { tally }) => sum + tally.calls, 0)
  const changes = `${policies.reloads} policies, ${policies.broken} broken ones, ${issuer.rotations} keys`
  const areWell = subjects.every(isWell)
  console.log(
    `soak ${areWell ? 'passed' : 'FAILED'}: ${calls} calls in ${minutes} minutes over ${changes}`,
  )
  return areWell ? 0 : 1
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
