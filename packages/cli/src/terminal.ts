/**
 * Where a command reads and writes: the process, or a test.
 *
 * Errors  None.
 *
 * @module
 */
export interface Terminal {
  readonly print: (text: string) => void
  readonly complain: (text: string) => void
  readonly readInput: () => Promise<string>
  readonly environment: Readonly<Record<string, string | undefined>>
}

export const processTerminal: Terminal = {
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
  async readInput() {
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString('utf8')
  },
  environment: process.env,
}
