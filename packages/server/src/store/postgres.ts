/**
 * The store on PostgreSQL 14 and later, which several servers may share.
 *
 * Shape   nobody waits for long: not for a connection, and not for an answer.
 * Units   milliseconds.
 * Errors  `StoreError`.
 *
 * @module
 */
import { Pool, type PoolConfig } from 'pg'
import { listen } from './listen.js'
import { createSqlStore, migrateOver } from './sql-store.js'
import type { Store } from './store.js'

const CONNECT = 5_000
const ANSWER = 10_000

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database?sslmode=verify-full` */
  readonly url: string
  /** What the tables' schema is called: `iamkit` where it is absent. */
  readonly schema?: string
  /** At most, beside the one that listens: 5 where it is absent. */
  readonly connections?: number
}

export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { url, schema = 'iamkit', connections = 5 } = options
  const config: PoolConfig = {
    connectionString: url,
    application_name: 'iamkit',
    connectionTimeoutMillis: CONNECT,
    keepAlive: true,
  }
  await migrateWith(config, schema)

  const pool = createPool({ ...config, max: connections, query_timeout: ANSWER })
  const stops: (() => Promise<void>)[] = []
  return createSqlStore({
    pool,
    schema,
    watch: (changed, sender) => {
      stops.push(listen({ config, sender, changed }))
    },
    close: async () => {
      await Promise.all(stops.map((stop) => stop()))
    },
  })
}

/** A connection that is lost fails the query under way, and otherwise nobody: the pool makes another. */
function createPool(config: PoolConfig): Pool {
  const pool = new Pool(config)
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Without a limit for answers: a step of a migration may take its time. */
async function migrateWith(config: PoolConfig, schema: string): Promise<void> {
  const pool = createPool({ ...config, max: 1 })
  try {
    await migrateOver(pool, schema)
  } finally {
    await pool.end()
  }
}
