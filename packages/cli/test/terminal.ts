import type { ExitCode } from '../src/exit-code.js'
import { run } from '../src/program.js'

export interface Ended {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

interface Given {
  readonly input?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs a command line in this process. */
export async function iamkit(
  args: readonly string[],
  { input = '', environment = {} }: Given = {},
): Promise<Ended> {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, {
    print: (text) => out.push(text),
    complain: (text) => err.push(text),
    readInput: async () => input,
    environment,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
