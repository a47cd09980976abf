/**
 * Two servers on one PostgreSQL behind a balancer, four apps that follow them, and ways between all of them.
 *
 * Errors  `NoDatabaseError`; those of the calls that set it up.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVaultKey, type RootCredentials } from '@iamkit/server'
import { createSchema } from '../database/postgres.js'
import { App } from './app.js'
import type { Told } from './app-child.js'
import { Caller } from './caller.js'
import { Oracle } from './oracle.js'
import { Server } from './server.js'
import { createSubjects, type Subject } from './subjects.js'
import { openWay, type Way } from './way.js'

export interface StageOptions {
  readonly subjectsOfEach: number
  /** Milliseconds. */
  readonly stalenessLimit: number
  readonly callsPerSecond: number
  /** Hears what an app said, after the oracle. */
  readonly onTold?: (app: number, told: Told) => void
}

export interface Stage {
  readonly servers: readonly Server[]
  readonly apps: readonly App[]
  /** From each server to the database. */
  readonly toDatabase: readonly Way[]
  /** From apps and callers to the servers, each in turn. */
  readonly toServers: Way
  readonly subjects: readonly Subject[]
  readonly oracle: Oracle
  readonly close: () => Promise<void>
}

const SERVERS = 2
const APPS = 4
const ROOT: RootCredentials = {
  account: '111122223333',
  accessKeyId: 'AKIACHAOSROOT0000000',
  secretAccessKey: 'chaos/root/secret/000000000000000000000',
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const { subjectsOfEach, stalenessLimit, callsPerSecond, onTold } = options
  const folder = mkdtempSync(join(tmpdir(), 'iamkit-chaos-'))
  const schema = createSchema('chaos')
  const { servers, toDatabase } = await startServers(schema)
  const toServers = await openWay(inTurn(servers))
  const endpoint = `http://127.0.0.1:${toServers.port}`
  const caller = new Caller(endpoint, ROOT)
  const subjects = await createSubjects({ caller, account: ROOT.account }, subjectsOfEach)
  const oracle = new Oracle(subjects.length, stalenessLimit)
  const order = {
    endpoint,
    credentials: ROOT,
    account: ROOT.account,
    questions: subjects.map(({ question }) => question),
    stalenessLimit,
    callsPerSecond,
    offset: 0,
  }
  const apps = Array.from({ length: APPS }, (_, i) => {
    const copy = join(folder, `app-${i}.json`)
    return new App({ ...order, copy }, (told) => {
      oracle.judge(told, `app ${i}`)
      onTold?.(i, told)
    })
  })
  for (const app of apps) app.start()
  const close = async () => {
    await Promise.all([...apps, ...servers].map((one) => one.kill()))
    await Promise.all([toServers, ...toDatabase].map((way) => way.close()))
    await schema.remove()
    rmSync(folder, { recursive: true })
  }
  return { servers, apps, toDatabase, toServers, subjects, oracle, close }
}

async function startServers({ url, schema }: { readonly url: string; readonly schema: string }) {
  const { hostname: host, port } = new URL(url)
  const vaultKey = createVaultKey()
  const toDatabase: Way[] = []
  const servers: Server[] = []
  for (let i = 0; i < SERVERS; i++) {
    const way = await openWay(() => ({ host, port: Number(port || 5432) }))
    const near = new URL(url)
    near.host = `127.0.0.1:${way.port}`
    const server = new Server({ url: near.href, schema, vaultKey, root: ROOT })
    await server.start()
    toDatabase.push(way)
    servers.push(server)
  }
  return { servers, toDatabase }
}

/** The next server that is there. */
function inTurn(servers: readonly Server[]) {
  let turn = 0
  return () => {
    const there = servers.flatMap(({ port }) => port ?? [])
    turn += 1
    const port = there[turn % there.length]
    return port === undefined ? undefined : { host: '127.0.0.1', port }
  }
}
