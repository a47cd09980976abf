/**
 * Policies in files, for commands that take them.
 *
 * Shape   UTF-8 without a byte order mark; `-` is the standard input.
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
    return textIn(path, await readFile(path))
  } catch (error) {
    if (error instanceof UnreachableError) throw error
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new UnreachableError(`cannot read \`${path}\`: ${REASONS[code] ?? code}`)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
}

/** Some editors and shells write other texts than JSON is. */
function textIn(path: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (!text.startsWith('\ufeff')) return text
  } catch {
    // said below
  }
  throw new UnreachableError(`cannot read \`${path}\`: save it as UTF-8 without a byte order mark`)
}

export async function readPolicy(
  path: string,
  type: PolicyType,
  terminal: Terminal,
): Promise<CompiledPolicy> {
  return compile(parsePolicy(await readText(path, terminal), { type, name: path }))
}
