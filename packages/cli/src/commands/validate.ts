/**
 * `iamkit validate`: every problem of policy documents, with line and column.
 *
 * Errors  {@link UnreachableError}; {@link UsageError}.
 * Source  Specification 1.9.
 *
 * @module
 */
import { findProblems, type PolicyType, type Problem } from '@iamkit/core'
import { Command, Option } from 'commander'
import { EXIT, type ExitCode } from '../exit-code.js'
import { readText } from '../policy-file.js'
import type { Terminal } from '../terminal.js'

const TYPES: readonly PolicyType[] = [
  'identity',
  'resource',
  'trust',
  'boundary',
  'session',
  'endpoint',
  'scp',
  'rcp',
]

export function validateCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  return new Command('validate')
    .description('find the problems of policy documents: ends with 1 where one has errors')
    .argument('<file...>', 'JSON files; `-` reads the standard input')
    .addOption(new Option('--type <type>', 'where the policies are attached').choices(TYPES))
    .option('--strict', 'end with 1 for warnings too')
    .option('--json', 'print the problems as JSON')
    .action(async (files: readonly string[], options) => {
      const found = []
      for (const file of files) {
        const problems = findProblems(await readText(file, terminal), { type: options.type })
        found.push(...problems.map((problem) => ({ file, ...problem })))
      }
      if (options.json) terminal.print(JSON.stringify(found, null, 2))
      else for (const problem of found) terminal.print(lineOf(problem))
      const isBad = found.some(
        ({ level }) => level === 'error' || (options.strict && level !== 'info'),
      )
      if (!options.json && found.length === 0) terminal.print(`${files.length} without a problem`)
      end(isBad ? EXIT.failed : EXIT.passed)
    })
}

/** As editors and terminals take it: `file:line:column`. */
function lineOf({
  file,
  position,
  pointer,
  level,
  message,
}: Problem & { readonly file: string }): string {
  const place = position ? `${file}:${position.line}:${position.column}` : file
  return `${place}: ${level}: ${pointer === '' ? '' : `${pointer}: `}${message}`
}
