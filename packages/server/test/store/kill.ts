/**
 * Kills a server under load, again and again, and counts what was lost.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { WorldState } from '../../src/state/world.js'
import type { StoredChange } from '../../src/store/store.js'
import { createDatabase, type DatabaseKind, type TestDatabase } from './databases.js'

export interface KillReport {
  readonly acknowledged: number
  readonly lost: readonly string[]
  /** What contradicts itself: part of a write, or records that the changes do not lead to. */
  readonly halves: readonly string[]
}

const account = '111122223333'
const server = fileURLToPath(new URL('./killed-server.ts', import.meta.url))

/** Each round kills after a time of its own, so that it falls into every part of a transaction. */
export async function killUnderLoad(kind: DatabaseKind, rounds: number): Promise<KillReport> {
  const database = await createDatabase(kind)
  const acknowledged: string[] = []
  const halves: string[] = []
  await (await database.open()).close()
  for (let round = 0; round < rounds; round++) {
    acknowledged.push(...(await runAndKill(database, `r${round}`)))
    halves.push(...(await contradictionsIn(database)))
  }
  const world = await worldOf(database)
  const lost = acknowledged.filter((id) => !world.account(account)?.get('user', id))
  await database.remove()
  return { acknowledged: acknowledged.length, lost, halves }
}

async function runAndKill({ address }: TestDatabase, round: string): Promise<readonly string[]> {
  const options = ['--import', 'tsx', '--conditions=@iamkit/source']
  const task = JSON.stringify({ address, round })
  const child = spawn(process.execPath, [...options, server, task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const isWriting = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      resolve()
    })
  })
  const hasEnded = once(child, 'close')
  const why = await Promise.race([isWriting, hasEnded])
  if (why) throw new Error(`the server ended by itself: ${String(why)}`)
  await setTimeout(Math.random() * 500)
  child.kill('SIGKILL')
  await hasEnded
  return lines
}

async function worldOf(database: TestDatabase): Promise<WorldState> {
  const store = await database.open()
  const world = new WorldState()
  await store.load((record) => world.apply(record))
  await store.close()
  return world
}

async function contradictionsIn(database: TestDatabase): Promise<readonly string[]> {
  const world = await worldOf(database)
  const view = world.account(account)
  const users = view?.list('user') ?? []
  const found = users.filter(({ id }) => !view?.get('access-key', `key-${id}`)).map(({ id }) => id)
  const count = view?.get('service', 'count')?.definition['users'] ?? 0
  if (count !== users.length) found.push(`${users.length} users, and another number counted`)
  if (view?.count('access-key') !== view?.count('user')) found.push('keys without users')
  if (!(await areTold(database, world))) found.push('records and changes differ')
  return found
}

/** Whether the changes, from the first, lead to the records. */
async function areTold(database: TestDatabase, world: WorldState): Promise<boolean> {
  const store = await database.open()
  const changes: readonly StoredChange[] = await store.changesSince(0)
  await store.close()
  const replayed = new WorldState()
  for (const change of changes) replayed.apply(change)
  const kinds = ['user', 'access-key', 'service'] as const
  const textOf = (one: WorldState) =>
    JSON.stringify(kinds.map((kind) => one.account(account)?.list(kind)))
  return textOf(replayed) === textOf(world)
}
