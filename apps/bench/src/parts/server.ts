/**
 * The control plane over loopback, on each store, beside a bare Node server that checks the same signatures of the same
 * requests and does nothing else.
 *
 * Shape   in every round each operation has a slice on each server, in another order each time; a ratio compares slices of
 *         the same round, and the median of them counts. Requests are signed before the clock starts.
 * Units   milliseconds for latencies; microseconds for processor time; bytes.
 * Errors  an `Error` where a server does not begin or refuses.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSchema, NoDatabaseError, type Schema } from '../database/postgres.js'
import { median, quantile, quiet } from '../measure/statistics.js'
import { fill, LARGE, ROOT, setUp, VAULT_KEY } from '../server/installation.js'
import { type Asker, OPERATIONS, type OperationName, signedRequests } from '../server/operations.js'
import { timeStart } from '../server/start-up.js'
import { type Slice, Target } from '../server/target.js'
import { createRandom } from '../workloads/random.js'

const BARE = 'bare server'
export const LARGE_NAME = 'PGlite, large'

export interface ServerRow {
  readonly operation: OperationName
  readonly server: string
  /** Of the quiet slices. */
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly cpuUs: number
  /** Time beside the bare server's for the same requests. */
  readonly ratio: number
  readonly cpuRatio: number
  /** The 99th percentile beside that of the small installation on the same store. */
  readonly p99Ratio?: number
}

export interface StartRow {
  readonly installation: string
  readonly records: number
  readonly startMs: number
  readonly residentBytes: number
  readonly inUseBytes: number
}

export interface ServerFigures {
  readonly rows: readonly ServerRow[]
  readonly starts: readonly StartRow[]
  /** Why a store was not measured. */
  readonly omitted: readonly { readonly server: string; readonly reason: string }[]
}

export interface ServerOptions {
  readonly rounds: number
  readonly say: (text: string) => void
}

/** Requests of one slice. */
const COUNTS: Readonly<Record<OperationName, number>> = {
  GetCallerIdentity: 400,
  AssumeRole: 240,
  CreateRole: 64,
  Authorize: 400,
  'BatchAuthorize of 100': 32,
}
const DISTINCT = 16
const WARM_UP = 5
const STARTS = 5

interface Contender {
  readonly target: Target
  readonly asker: Asker
}

export async function measureServer(options: ServerOptions): Promise<ServerFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'iamkit-bench-'))
  const schema = findSchema(options)
  const contenders: Contender[] = []
  try {
    const folders = { small: join(folder, 'small'), large: join(folder, 'large') }
    await prepare(folders, options)
    const starts = await timeStarts(folders, options)
    contenders.push(await start('PGlite', { folder: folders.small }))
    if (schema) contenders.push(await start('PostgreSQL', schema))
    contenders.push(await start(LARGE_NAME, { folder: folders.large }))
    const [first] = contenders as [Contender]
    const secrets = contenders.map(({ asker }) => [
      asker.keys.accessKeyId,
      asker.keys.secretAccessKey,
    ])
    const bare = await Target.start(BARE, { kind: 'bare', secrets: Object.fromEntries(secrets) })
    contenders.unshift({ target: bare, asker: first.asker })
    const timed = await timeRounds(contenders, options)
    const memory = await weigh(contenders)
    return {
      rows: rowsOf(timed),
      starts: starts.map((row) => ({ ...row, ...memory.get(row.installation) }) as StartRow),
      omitted: schema ? [] : [{ server: 'PostgreSQL', reason: 'there is none' }],
    }
  } finally {
    for (const { target } of contenders) await target.stop()
    await schema?.remove()
    rmSync(folder, { recursive: true })
  }
}

function findSchema({ say }: ServerOptions): Schema | undefined {
  try {
    return createSchema('bench')
  } catch (error) {
    if (!(error instanceof NoDatabaseError)) throw error
    say(`server: PostgreSQL is NOT measured: ${error.message}`)
    return undefined
  }
}

/** Two folders: a new installation, and one with many users. */
async function prepare(
  folders: Readonly<Record<'small' | 'large', string>>,
  { say }: ServerOptions,
): Promise<void> {
  for (const folder of Object.values(folders)) {
    const target = await Target.start('PGlite', orderFor({ folder }))
    await target.stop()
  }
  say(`server: making ${LARGE.users} users and ${LARGE.roles} roles`)
  await fill(folders.large)
}

type Address = { readonly folder: string } | { readonly url: string; readonly schema: string }

function orderFor(store: Address) {
  return { kind: 'iamkit', store, vaultKey: VAULT_KEY, root: ROOT } as const
}

async function start(name: string, address: Address): Promise<Contender> {
  const store = 'folder' in address ? { folder: address.folder } : { ...address, remove: undefined }
  const target = await Target.start(name, orderFor(store))
  return { target, asker: await setUp(target.port) }
}

async function timeStarts(
  { small, large }: Readonly<Record<'small' | 'large', string>>,
  { say }: ServerOptions,
) {
  say('server: starts')
  const { users, roles } = LARGE
  return [
    { installation: 'PGlite', records: 0, startMs: await timeStart(small, STARTS) },
    { installation: LARGE_NAME, records: users + roles, startMs: await timeStart(large, STARTS) },
  ]
}

async function weigh(contenders: readonly Contender[]) {
  const weights = new Map<string, { residentBytes: number; inUseBytes: number }>()
  for (const { target } of contenders) {
    const { resident, inUse } = await target.memory()
    weights.set(target.name, { residentBytes: resident, inUseBytes: inUse })
  }
  return weights
}

/** By operation and server: a slice a round. */
type Timed = ReadonlyMap<OperationName, ReadonlyMap<string, readonly Slice[]>>

async function timeRounds(
  contenders: readonly Contender[],
  { rounds, say }: ServerOptions,
): Promise<Timed> {
  const random = createRandom(rounds)
  const timed = new Map(
    OPERATIONS.map((operation) => [
      operation,
      new Map(contenders.map(({ target }) => [target.name, [] as Slice[]])),
    ]),
  )
  for (let round = -WARM_UP; round < rounds; round++) {
    if (round === 0 || round % 10 === 9) say(`server: round ${round + 1} of ${rounds}`)
    for (const operation of random.shuffle([...OPERATIONS])) {
      for (const { target, asker } of random.shuffle([...contenders])) {
        const count = COUNTS[operation]
        const isOnce = operation === 'CreateRole'
        const requests = await signedRequests(operation, asker, isOnce ? count : DISTINCT)
        const slice = await target.run(requests, count)
        if (round >= 0) timed.get(operation)?.get(target.name)?.push(slice)
      }
    }
  }
  return timed
}

function rowsOf(timed: Timed): readonly ServerRow[] {
  return [...timed].flatMap(([operation, servers]) => {
    const bare = servers.get(BARE) ?? []
    const small = servers.get('PGlite') ?? []
    return [...servers].map(([server, slices]) => ({
      operation,
      server,
      perSecond: COUNTS[operation] / quiet(slices.map(({ seconds }) => seconds)),
      ...percentiles(slices),
      cpuUs: quiet(slices.map(({ cpuUs }) => cpuUs)) / COUNTS[operation],
      ratio: ratioOf(slices, bare, ({ seconds }) => seconds),
      cpuRatio: ratioOf(slices, bare, ({ cpuUs }) => cpuUs),
      ...(server === LARGE_NAME && { p99Ratio: ratioOf(slices, small, p99Of) }),
    }))
  })
}

/** In the quiet slices: what other processes did is not the server's. */
function percentiles(slices: readonly Slice[]): Pick<ServerRow, 'p50' | 'p99'> {
  const p50 = quiet(slices.map(({ times }) => median(times)))
  return { p50, p99: quiet(slices.map(p99Of)) }
}

function p99Of({ times }: Slice): number {
  return quantile(times, 0.99)
}

function ratioOf(
  slices: readonly Slice[],
  others: readonly Slice[],
  read: (slice: Slice) => number,
): number {
  return median(slices.flatMap((slice, i) => (others[i] ? read(slice) / read(others[i]) : [])))
}
