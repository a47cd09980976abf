/**
 * `npm run fuzz -- --runs N [--seed S] [--workers W]`: holds core against the reference on N
 * generated requests, and core against itself.
 *
 * Shape   prints the seed, how often every rule, operator and principal form was seen, and on a
 *         disagreement the smallest case that shows it. The seed alone decides what is generated.
 * Errors  exit code 1 for a disagreement or a rare rule, 2 for wrong usage.
 *
 * @module
 */
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { caseOf, coverageOf } from './fuzz/report.js'
import { mergeShards, type ShardResult, type ShardTask } from './fuzz/shard.js'
import { shrink } from './fuzz/shrink.js'

const USAGE = 'usage: npm run fuzz -- --runs N [--seed S] [--workers W]'

const options = readOptions()
if (options === undefined) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  process.exitCode = await run(options)
}

interface Options {
  readonly runs: number
  readonly seed: number
  readonly workers: number
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '100000' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
        workers: { type: 'string', default: String(Math.min(availableParallelism(), 8)) },
      },
    })
    const numbers = [values.runs, values.seed, values.workers].map(Number)
    const [runs = 0, seed = 0, workers = 0] = numbers
    const isRight = numbers.every(Number.isSafeInteger) && runs > 0 && workers > 0
    return isRight ? { runs, seed, workers } : undefined
  } catch {
    return undefined
  }
}

async function run({ runs, seed, workers }: Options): Promise<number> {
  console.log(`seed ${seed}, ${runs} requests, ${workers} workers`)
  const start = performance.now()
  const tasks = Array.from({ length: workers }, (_, shard) => ({
    seed,
    runs,
    shard,
    shards: workers,
  }))
  const result = mergeShards(await Promise.all(tasks.map(runInProcess)))
  const seconds = Math.round((performance.now() - start) / 1000)

  const { lines, rare } = coverageOf(result, runs)
  if (!result.disagreement && !result.fault) {
    for (const line of lines) console.log(line)
    for (const name of rare) console.log(`too rare: ${name}`)
  }
  return conclude(result, { seed, seconds, rare: rare.length })
}

function conclude(
  result: ShardResult,
  { seed, seconds, rare }: { seed: number; seconds: number; rare: number },
): number {
  const { requests, attacks, disagreement, fault } = result
  if (disagreement) {
    console.log(
      `seed ${seed} disagrees in scenario ${disagreement.index}; the smallest case of it:`,
    )
    console.log(caseOf(shrink(disagreement), `fuzz-${seed}-${disagreement.index}`))
  }
  if (fault !== undefined) console.log(fault)
  const { total, parsed, slowest } = attacks
  console.log(`${total} attacks, ${parsed} of them parsed, the slowest in ${Math.ceil(slowest)} ms`)
  const disagreements = disagreement || fault !== undefined ? 'a disagreement' : 'no disagreement'
  console.log(`${requests} requests in ${seconds} s: ${disagreements}, ${rare} counts too rare`)
  return disagreement || fault !== undefined || rare > 0 ? 1 : 0
}

/** A process and no thread: it inherits the loader that reads TypeScript. */
function runInProcess(task: ShardTask): Promise<ShardResult> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./fuzz/worker.ts', import.meta.url), { serialization: 'advanced' })
    child.once('message', (result) => resolve(result as ShardResult))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`shard ${task.shard} ended with code ${code}`)))
    child.send(task)
  })
}
