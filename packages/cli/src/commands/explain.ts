/**
 * `iamkit explain`: says why a request is decided as it is, statement by statement.
 *
 * Errors  See `request-options.ts`.
 *
 * @module
 */
import { explain, renderExplanation } from '@iamkit/core'
import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-code.js'
import { readQuestion, requestCommand } from '../request-options.js'
import type { Terminal } from '../terminal.js'

export function explainCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  return requestCommand('explain')
    .description('say why a request is allowed or denied, statement by statement')
    .option('--json', 'print the explanation as JSON')
    .action(async (options) => {
      const { policies, request } = await readQuestion(options, terminal)
      const explanation = explain(policies, request)
      terminal.print(
        options.json ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation),
      )
      end(explanation.decision.answer === 'Allow' ? EXIT.passed : EXIT.failed)
    })
}
