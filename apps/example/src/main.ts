/**
 * The example, from the command line: starts, walks the tour, stays up.
 *
 * Shape   exit code 0: ended well; 1: a call of the tour was answered unexpectedly; 2: could not start;
 *         130: stopped before the tour ended.
 * Errors  None: each becomes a message and an exit code.
 *
 * @module
 */
import { relative } from 'node:path'
import { PolicyFilesError, renderShadowReport } from '@iamkit/http'
import { type Arguments, readArguments, USAGE } from './arguments.js'
import { UsageError } from './errors.js'
import type { Server } from './server.js'
import { DecisionJournal } from './tour/journal.js'
import { renderInvitation, renderPeople, renderVisit } from './tour/print.js'
import { type Style, styleFor } from './tour/terminal.js'
import { type Visit, walkTour } from './tour/tour.js'
import { verdictOf } from './tour/verdict.js'
import { readOnWorkingDays } from './tour/working-days.js'

const WORKING_DAYS = 10

// The SDK warns of Node.js 20, which this project supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

const style: Style = styleFor(process.stdout, process.env)

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`example: ${messageOf(error)}\n`)
  if (error instanceof UsageError) process.stderr.write(`\n${USAGE}\n`)
  process.exitCode = 2
}

async function main(args: readonly string[]): Promise<number> {
  const options = readArguments(args)
  if (options.help) {
    print(USAGE)
    return 0
  }
  const stopped = untilStopped()
  const journal = new DecisionJournal()
  print(style.strong('iamkit example: documents of several teams, guarded by policies'))
  print(
    `Data in ${relative(process.cwd(), options.data) || '.'}; the first start takes some seconds`,
  )
  const { startServer } = await import('./server.js') // much to read, and nothing for who asks for help
  const server = await startServer({
    ...options,
    page: options.authority === 'control-plane',
    onDecision: journal.record,
    print: (table) => print(`\n${table}\n`),
  })
  try {
    print(`Listening on ${server.url}`)
    for (const note of server.notes) print(note)
    print(`\n${renderPeople(style)}\n`)
    return await (options.mode === 'shadow'
      ? runInShadow(server, options, stopped)
      : run(server, options, { journal, stopped }))
  } finally {
    await server.close()
  }
}

interface Progress {
  readonly journal: DecisionJournal
  readonly stopped: Promise<void>
}

async function run(
  server: Server,
  { once }: Arguments,
  { journal, stopped }: Progress,
): Promise<number> {
  let isStopped = false
  void stopped.then(() => {
    isStopped = true
  })
  const visits: Visit[] = []
  for await (const visit of walkTour({ ...server, journal })) {
    if (isStopped) return 130
    print(`${renderVisit(visit, style)}\n`)
    visits.push(visit)
  }
  const { isGood, text } = verdictOf(visits)
  print(isGood ? style.good(text) : style.bad(text))
  if (once) return isGood ? 0 : 1
  print(`\n${await renderInvitation(server, style)}\n\nCtrl+C ends it.`)
  await stopped
  print('\nClosing the database …')
  return 0
}

/** Working days instead of the tour, which is about refusals. The report comes at the very end. */
async function runInShadow(
  server: Server,
  { once }: Arguments,
  stopped: Promise<void>,
): Promise<number> {
  let calls = 0
  let answered = 0
  for await (const { status } of readOnWorkingDays(server, WORKING_DAYS)) {
    calls += 1
    if (status === 200) answered += 1
  }
  const isGood = answered === calls
  const text = `Shadow mode refuses nothing: ${answered} of ${calls} calls in ${WORKING_DAYS} working days were answered.`
  print(isGood ? style.good(text) : style.bad(text))
  if (!once) {
    print(`\n${await renderInvitation(server, style)}\n\nCtrl+C ends it.`)
    await stopped
  }
  print(`\n${renderShadowReport(server.iam.shadowReport())}`)
  return isGood ? 0 : 1
}

/** Resolves at the first signal to stop. At a second one Node ends the process itself. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve())
  })
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Of a policy folder everything that is wrong, one a line, as editors open it. */
function messageOf(error: unknown): string {
  if (!(error instanceof PolicyFilesError))
    return error instanceof Error ? error.message : String(error)
  const lines = error.problems.map(({ file, line = 1, column = 1, pointer, message }) => {
    return `  ${file}:${line}:${column}: ${pointer === undefined ? '' : `${pointer}: `}${message}`
  })
  return ['invalid policies', ...lines].join('\n')
}
