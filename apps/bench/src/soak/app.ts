/**
 * An app under load, as its parent sees it.
 *
 * Errors  an `Error` where the process ends before its time.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import type { AppOrder, AppStatus } from './app-child.js'

export class App {
  readonly framework: AppOrder['framework']
  readonly url: string
  readonly #child: ChildProcess

  static async start(order: AppOrder): Promise<App> {
    const execArgv = [...process.execArgv, '--expose-gc']
    const child = fork(new URL('app-child.ts', import.meta.url), { execArgv })
    child.send(order)
    const { port } = (await answerOf(child)) as { port: number }
    return new App(order.framework, port, child)
  }

  private constructor(framework: AppOrder['framework'], port: number, child: ChildProcess) {
    this.framework = framework
    this.url = `http://127.0.0.1:${port}`
    this.#child = child
  }

  async status(): Promise<AppStatus> {
    return (await fetch(`${this.url}/status`)).json() as Promise<AppStatus>
  }

  /** Bytes in use once all garbage is gone. */
  async weigh(): Promise<number> {
    this.#child.send('weigh')
    return (await answerOf(this.#child)) as number
  }

  stop(): void {
    this.#child.disconnect()
  }
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`an app ended with code ${code}`))
    child.once('exit', ended)
    child.once('message', (answer) => {
      child.off('exit', ended)
      resolve(answer)
    })
  })
}
