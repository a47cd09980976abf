/**
 * A server under measurement, as its parent sees it: where requests go, and what they cost there.
 *
 * Units   milliseconds for times of requests; microseconds for processor time.
 * Errors  an `Error` where the server does not begin, or an answer is not 200.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { RawLane } from './raw-lane.js'
import type { Memory, ServerOrder } from './server-child.js'

const LANES = 8

/** One slice: the same requests, over and over, each lane sending one at a time. */
export interface Slice {
  readonly seconds: number
  /** Of each request. */
  readonly times: readonly number[]
  /** Of the server's process, all threads. */
  readonly cpuUs: number
}

export class Target {
  readonly name: string
  readonly port: number
  readonly #child: ChildProcess

  static async start(name: string, order: ServerOrder): Promise<Target> {
    const execArgv = [...process.execArgv, '--expose-gc']
    const child = fork(new URL('./server-child.ts', import.meta.url), { execArgv })
    const { port } = await ask<{ readonly port: number }>(child, order)
    return new Target(name, port, child)
  }

  private constructor(name: string, port: number, child: ChildProcess) {
    this.name = name
    this.port = port
    this.#child = child
  }

  async run(requests: readonly Buffer[], count: number): Promise<Slice> {
    const times: number[] = []
    let sent = 0
    const send = async (lane: RawLane) => {
      while (sent < count) {
        const request = requests[sent++ % requests.length] as Buffer
        const start = performance.now()
        const status = await lane.send(request)
        times.push(performance.now() - start)
        if (status !== 200) throw new Error(`${this.name} answered ${status}`)
      }
    }
    const open = Array.from({ length: LANES }, () => RawLane.open(this.port))
    const lanes = await Promise.all(open) // anew each time: an idle connection is closed by the server
    const before = await ask<number>(this.#child, 'cpu')
    const start = performance.now()
    await Promise.all(lanes.map(send))
    const seconds = (performance.now() - start) / 1000
    const cpuUs = (await ask<number>(this.#child, 'cpu')) - before
    for (const lane of lanes) lane.close()
    return { seconds, times, cpuUs }
  }

  memory(): Promise<Memory> {
    return ask(this.#child, 'memory')
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.disconnect()
    await ended
  }
}

function ask<Answer>(
  child: ChildProcess,
  message: ServerOrder | 'cpu' | 'memory',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a server ended with code ${code}`))
    child.once('exit', ended)
    child.once('message', (answer) => {
      child.off('exit', ended)
      resolve(answer as Answer)
    })
    child.send(message)
  })
}
