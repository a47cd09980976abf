/**
 * `npm run bench`: measures, prints, keeps, and with `--check` holds the run to its goals.
 *
 * Errors  exit code 1 where a goal is missed, 2 for wrong usage.
 *
 * @module
 */
import { readArguments, UsageError } from './arguments.js'
import { isMet, renderGoal } from './goals/goal.js'
import { goalsOf } from './goals/goals.js'
import { renderResult } from './report/print.js'
import { writeResult } from './report/write.js'
import { run } from './run.js'
import { checkTypes } from './types.js'

async function main(words: readonly string[]): Promise<number> {
  const options = readArguments(words)
  if (options.types) return checkTypes()
  const result = await run(options)
  const goals = goalsOf(result)
  console.log(renderResult(result))
  console.log(`\n${goals.map(renderGoal).join('\n')}`)
  writeResult(result, goals, options.isWhole)
  const missed = goals.filter((goal) => !isMet(goal))
  if (missed.length > 0) console.log(`\n${missed.length} of ${goals.length} goals missed`)
  return options.check && missed.length > 0 ? 1 : 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
