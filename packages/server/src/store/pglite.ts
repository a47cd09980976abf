/**
 * The store on PGlite: PostgreSQL inside this process, in a folder or in memory.
 *
 * Shape   the folder holds `lock` and the cluster, `pglite`. A cluster without the file `complete` was never finished,
 *         and never used: it is made anew.
 * Errors  `StoreError`: `refused` where another process holds the folder, or PGlite is not installed.
 *
 * @module
 */
import { access, chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { lockFolder } from './folder-lock.js'
import { createPglitePool } from './pglite-pool.js'
import { readSeed } from './seed.js'
import { createSqlStore, migrateOver } from './sql-store.js'
import type { Store } from './store.js'
import { StoreError } from './store-error.js'

const SCHEMA = 'iamkit'
/** Policies, tags and hashes of passwords are for the server's own user to read, as PostgreSQL's files are for its. */
const PRIVATE = 0o700

export interface PgliteOptions {
  /** Made if it is not there. Absent: in memory, for tests. */
  readonly folder?: string
  /** A file that a new cluster is unpacked from. */
  readonly seed?: string
}

export async function openPglite({ folder, seed }: PgliteOptions = {}): Promise<Store> {
  if (folder === undefined) return openOn(await create({ seed }))

  await mkdir(folder, { recursive: true, mode: PRIVATE })
  const { release } = await lockFolder(folder)
  try {
    return await openOn(await openCluster(join(folder, 'pglite'), seed), release)
  } catch (error) {
    await release()
    throw error
  }
}

async function openCluster(dataDir: string, seed: string | undefined): Promise<PGlite> {
  const mark = join(dataDir, 'complete')
  if (await exists(mark)) {
    await chmod(dataDir, PRIVATE)
    return create({ dataDir })
  }
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { mode: PRIVATE })
  const database = await create({ dataDir, seed })
  await writeFile(mark, '')
  return database
}

async function openOn(database: PGlite, release?: () => Promise<void>): Promise<Store> {
  const pool = createPglitePool(database)
  const tidy = async () => {
    const connection = await pool.connect()
    await connection.query('vacuum').finally(() => connection.release())
  }
  const end = async () => {
    await pool.end()
    await release?.()
  }
  try {
    await migrateOver(pool, SCHEMA)
    return createSqlStore({ pool: { ...pool, end }, schema: SCHEMA, tidy })
  } catch (error) {
    await pool.end()
    throw error
  }
}

interface Cluster {
  readonly dataDir?: string
  /** Absent: the cluster is there. */
  readonly seed?: string | undefined
}

async function create({ dataDir, ...fresh }: Cluster): Promise<PGlite> {
  const { PGlite } = await importPglite()
  const loadDataDir = 'seed' in fresh ? await readSeed(fresh.seed) : undefined
  return PGlite.create({ ...(dataDir && { dataDir }), ...(loadDataDir && { loadDataDir }) })
}

async function importPglite(): Promise<typeof import('@electric-sql/pglite')> {
  try {
    return await import('@electric-sql/pglite')
  } catch (cause) {
    const ways = 'install `@electric-sql/pglite`, or give the address of a PostgreSQL'
    throw new StoreError('refused', `there is no database: ${ways}`, { cause })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
