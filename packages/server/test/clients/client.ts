/**
 * Other people's clients of AWS, where this machine has them. What is absent is said aloud, and by whoever runs the tests
 * looked at.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT } from '../server.js'

const run = promisify(execFile)

/** What a client finds root's credentials in. */
const credentials = {
  AWS_ACCESS_KEY_ID: ROOT.accessKeyId,
  AWS_SECRET_ACCESS_KEY: ROOT.secretAccessKey,
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_PAGER: '',
}

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end, however it ends. */
export async function runClient(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const env = { ...process.env, ...credentials, ...options.env }
  try {
    const { stdout, stderr } = await run(file, args, { ...options, env })
    return { code: 0, stdout, stderr }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as Partial<Ran>
    return { code: typeof code === 'number' ? code : -1, stdout, stderr }
  }
}

/** Whether a client is here; says so either way. */
export async function hasClient(name: string, [file, ...args]: readonly [string, ...string[]]) {
  const { code, stdout, stderr } = await runClient(file, args)
  const version = `${stdout}${stderr}`.split('\n')[0] ?? ''
  console.warn(
    code === 0 ? `${name} is tested: ${version}` : `${name} is NOT tested: it is not here`,
  )
  return code === 0
}
