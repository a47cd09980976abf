/**
 * Measurements in a process of their own, so that one engine's heap is not another's.
 *
 * Errors  an `Error` where the process ends without an answer, with what it had printed.
 *
 * @module
 */
import { fork } from 'node:child_process'
import { setImmediate } from 'node:timers/promises'

/** Runs a module that calls {@link answerParent}, and waits for its answer. */
export function inChild<Output>(
  module: URL,
  input: unknown,
  flags: readonly string[] = [],
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const execArgv = [...process.execArgv, '--expose-gc', ...flags]
    const child = fork(module, { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    const said: Buffer[] = []
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
    child.on('error', reject)
    child.on('message', (answer) => resolve(answer as Output))
    child.on('close', (code) => {
      const text = Buffer.concat(said).toString().slice(-2000)
      reject(new Error(`${module.pathname} ended with code ${code}: ${text}`))
    })
    child.send({ input })
  })
}

/** Answers the question of {@link inChild} and ends. */
export function answerParent<Input, Output>(
  answer: (input: Input) => Output | Promise<Output>,
): void {
  const reply = async ({ input }: { readonly input: Input }) => {
    const output = await answer(input)
    process.send?.(output, () => process.disconnect())
  }
  process.once('message', (message: { readonly input: Input }) => void reply(message))
}

/** Bytes that are in use once all garbage is gone, memory outside of V8's heap included. */
export async function bytesInUse(): Promise<number> {
  if (!global.gc) throw new Error('needs --expose-gc')
  for (let i = 0; i < 4; i++) {
    await setImmediate()
    global.gc()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
