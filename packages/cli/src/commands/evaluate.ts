/**
 * `iamkit evaluate`: decides one request by policies in files.
 *
 * Errors  See `request-options.ts`.
 *
 * @module
 */
import { type Explanation, evaluate, explain } from '@iamkit/core'
import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-code.js'
import { readQuestion, requestCommand } from '../request-options.js'
import type { Terminal } from '../terminal.js'

export function evaluateCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  return requestCommand('evaluate')
    .description(
      'decide one request by policies in files: ends with 0 for an allow, 1 for a denial',
    )
    .option('--json', 'print the decision as JSON')
    .action(async (options) => {
      const { policies, request } = await readQuestion(options, terminal)
      const decision = evaluate(policies, request)
      const isAllowed = decision.answer === 'Allow'
      if (options.json) terminal.print(JSON.stringify(decision, null, 2))
      else
        terminal.print(isAllowed ? 'Allow' : refusalOf(decision.answer, explain(policies, request)))
      end(isAllowed ? EXIT.passed : EXIT.failed)
    })
}

function refusalOf(answer: string, { message, nearest }: Explanation): string {
  return `${answer}: ${message}${nearest ? `\nnearest: ${nearest.message}` : ''}`
}
