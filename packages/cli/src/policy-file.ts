/**
 * Policies in files, for commands that take them.
 *
 * Shape   `-` is the standard input.
 * Units   bytes; a policy's file has at most 1 MiB.
 * Errors  {@link UnreachableError}: the file cannot be read. core's `PolicyParseError` from {@link readPolicy}.
 *
 * @module
 */
import { readFile, stat } from 'node:fs/promises'
import { type CompiledPolicy, compile, type PolicyType, parsePolicy } from '@iamkit/core'
import { UnreachableError } from './exit-code.js'
import type { Terminal } from './terminal.js'

const LONGEST = 1024 * 1024

export async function readText(
  path: string,
  terminal: Terminal,
  longest = LONGEST,
): Promise<string> {
  if (path === '-') return terminal.readInput()
  try {
    const { size } = await stat(path)
    if (size > longest)
      throw new UnreachableError(`\`${path}\` is larger than ${longest >> 20} MiB`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof UnreachableError) throw error
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new UnreachableError(
      `cannot read \`${path}\`: ${code === 'ENOENT' ? 'there is no such file' : code}`,
    )
  }
}

export async function readPolicy(
  path: string,
  type: PolicyType,
  terminal: Terminal,
): Promise<CompiledPolicy> {
  return compile(parsePolicy(await readText(path, terminal), { type, name: path }))
}
