/**
 * How long `iamkit serve` takes from the command to the port, on a folder that is there.
 *
 * Units   milliseconds; the best of several, since other processes can only make it worse.
 * Errors  an `Error` where it ends before.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { VAULT_KEY } from './installation.js'

const COMMAND = fileURLToPath(new URL('../../../../packages/cli/bin/iamkit.js', import.meta.url))

export async function timeStart(folder: string, runs: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < runs; i++) times.push(await startOnce(folder))
  return Math.min(...times)
}

async function startOnce(folder: string): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [COMMAND, 'serve', '--data', folder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, IAMKIT_VAULT_KEY: VAULT_KEY, NODE_OPTIONS: '' },
  })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const listening = new Promise<number>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('iamkit serves')) resolve(performance.now() - start)
    })
    void ended.then(() => reject(new Error('`iamkit serve` has ended')))
  })
  const time = await listening
  child.kill('SIGTERM')
  await ended
  return time
}
