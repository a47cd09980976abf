/**
 * Databases of their own for tests: PGlite always, PostgreSQL where `DATABASE_URL` says where one is.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openPglite } from '../../src/store/pglite.js'
import { openPostgres } from '../../src/store/postgres.js'
import { seedPath, writeSeed } from '../../src/store/seed.js'
import type { Store } from '../../src/store/store.js'

export type DatabaseKind = 'PGlite' | 'PostgreSQL'

/** A database that nobody else uses. */
export interface TestDatabase {
  /** Opens it; after the store was closed, once more. On PostgreSQL several may be open. */
  readonly open: () => Promise<Store>
  /** What another process needs to open it. */
  readonly address: { readonly folder: string } | { readonly url: string; readonly schema: string }
  readonly remove: () => Promise<void>
}

const url = process.env['DATABASE_URL']

/** The kinds that can be tested here; says aloud what cannot. */
export const databaseKinds: readonly DatabaseKind[] = url ? ['PGlite', 'PostgreSQL'] : ['PGlite']
if (!url) console.warn('PostgreSQL is NOT tested: DATABASE_URL is not set (see scripts/pg.sh)')

export async function createDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'PGlite' ? createFolder() : createSchema(url ?? '')
}

/** In memory: the quickest, for what is tested above the store. */
export async function openMemory(): Promise<Store> {
  return openPglite({ seed: await testSeed() })
}

/** Made before the tests, by `scripts/pglite-seed.ts`; whoever else starts servers makes it here. */
export async function testSeed(): Promise<string> {
  const path = seedPath()
  if (!existsSync(path)) await writeSeed(path)
  return path
}

async function createFolder(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'iamkit-store-'))
  const seed = await testSeed()
  return {
    address: { folder },
    open: () => openPglite({ folder, seed }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function createSchema(url: string): Promise<TestDatabase> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  const named = new URL(url)
  named.searchParams.set('application_name', schema) // so that a test can end its own connections
  return {
    address: { url: named.href, schema },
    open: () => openPostgres({ url: named.href, schema }),
    remove: async () => {
      await runSql(`drop schema if exists ${schema} cascade`)
    },
  }
}

/** Runs SQL on the PostgreSQL of the tests, on a connection of its own. */
export async function runSql(sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(url)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}
