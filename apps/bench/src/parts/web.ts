/**
 * W8: whole apps, each in a server process of its own, by the processor time that a request takes there.
 *
 * Units   microseconds of processor time a request, user and system, all threads.
 * Errors  an `Error` where a server does not start.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { allApps } from '../http/all-apps.js'
import { createTarget, refusesOthers, sendAllowed, type Target } from '../http/load.js'
import type { WebApp } from '../http/web-app.js'
import { median, quiet } from '../measure/statistics.js'
import { createRandom } from '../workloads/random.js'

export interface WebRow {
  readonly app: string
  readonly framework: WebApp['framework']
  readonly role: WebApp['role']
  readonly quietUs: number
  readonly medianUs: number
  /** Beyond the same framework without anything, in the quiet slices. */
  readonly extraUs: number
  readonly slices: number
}

export interface Web {
  readonly rows: readonly WebRow[]
  readonly omitted: readonly { readonly app: string; readonly reason: string }[]
}

export interface WebOptions {
  readonly rounds: number
  readonly requests: number
  readonly token: string
  readonly say: (text: string) => void
}

interface Server {
  readonly app: WebApp
  readonly child: ChildProcess
  readonly target: Target
  readonly times: number[]
}

export async function measureWeb(options: WebOptions): Promise<Web> {
  const servers = await Promise.all((await allApps()).map((app) => start(app, options.token)))
  try {
    const omitted: Web['omitted'][number][] = []
    const timed: Server[] = []
    for (const server of servers) {
      options.say(`W8: warming up ${server.app.name}`)
      await sendAllowed(server.target, 2 * options.requests)
      const isRight = server.app.role !== 'guard' || (await refusesOthers(server.target))
      if (isRight) timed.push(server)
      else omitted.push({ app: server.app.name, reason: 'left out' })
    }
    await timeRounds(timed, options)
    return { rows: rowsOf(timed), omitted }
  } finally {
    for (const { child, target } of servers) {
      target.agent.destroy()
      child.disconnect()
    }
  }
}

async function start(app: WebApp, token: string): Promise<Server> {
  const module = new URL('../http/server-child.ts', import.meta.url)
  const child = fork(module, { env: { ...process.env, NODE_ENV: 'production' } })
  child.send({ app: app.name })
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }]
  return { app, child, target: createTarget(port, token), times: [] }
}

async function timeRounds(
  servers: readonly Server[],
  { rounds, requests }: WebOptions,
): Promise<void> {
  const random = createRandom(rounds)
  for (let round = 0; round < rounds; round++) {
    for (const { child, target, times } of random.shuffle(servers)) {
      const before = await cpu(child)
      await sendAllowed(target, requests)
      times.push(((await cpu(child)) - before) / requests)
    }
  }
}

async function cpu(child: ChildProcess): Promise<number> {
  child.send('cpu')
  const [microseconds] = (await once(child, 'message')) as [number]
  return microseconds
}

function rowsOf(servers: readonly Server[]): readonly WebRow[] {
  const bare = new Map(
    servers
      .filter(({ app }) => app.role === 'bare')
      .map(({ app, times }) => [app.framework, quiet(times)]),
  )
  return servers.map(({ app, times }) => ({
    app: app.name,
    framework: app.framework,
    role: app.role,
    quietUs: quiet(times),
    medianUs: median(times),
    extraUs: quiet(times) - (bare.get(app.framework) ?? Number.NaN),
    slices: times.length,
  }))
}
