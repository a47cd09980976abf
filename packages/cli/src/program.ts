/**
 * The `iamkit` command: reads arguments, chooses a command, and says how it ended.
 *
 * Errors  None: what goes wrong is printed, and told by the exit code.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { exportCommand, importCommand, rotateKeyCommand } from './commands/archive.js'
import { evaluateCommand } from './commands/evaluate.js'
import { explainCommand } from './commands/explain.js'
import { migrateCommand } from './commands/migrate.js'
import { serveCommand } from './commands/serve.js'
import { validateCommand } from './commands/validate.js'
import { EXIT, type ExitCode } from './exit-code.js'
import type { Terminal } from './terminal.js'

const COMMANDS = [
  serveCommand,
  migrateCommand,
  exportCommand,
  importCommand,
  rotateKeyCommand,
  evaluateCommand,
  explainCommand,
  validateCommand,
] as const

/** Runs one command line, without the program's name. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.passed
  const end = (ended: ExitCode) => {
    code = ended
  }
  const program = new Command('iamkit')
    .description(
      'AWS IAM for your own app: serve a control plane; evaluate, explain and validate policies',
    )
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    })
  program.version(versionOf(), '-V, --version', 'print the version')
  for (const make of COMMANDS) {
    program.addCommand(make(terminal, end))
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().copyInheritedSettings(program).showHelpAfterError('(--help says more)')
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return codeOf(error, terminal)
  }
}

function versionOf(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

/** Commander has printed its own already. */
function codeOf(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage
  terminal.complain(`iamkit: ${error instanceof Error ? error.message : String(error)}`)
  const { code } = error as { code?: unknown }
  if (code === 'ERR_UNREACHABLE' || code === 'ERR_STORE') return EXIT.unreachable
  return code === 'ERR_POLICY_INVALID' || code === 'ERR_VAULT' || code === 'ERR_ARCHIVE'
    ? EXIT.failed
    : EXIT.usage
}
