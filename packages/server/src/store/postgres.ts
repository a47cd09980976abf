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
  const patient = new Pool({ ...config, max: 1 }) // a step of a migration may take its time
  await migrateOver(patient, schema).finally(() => patient.end())

  const pool = new Pool({ ...config, max: connections, query_timeout: ANSWER })
  pool.on('error', () => {}) // of a connection that nobody holds: the pool makes another
  let stopListening = async (): Promise<void> => {}
  return createSqlStore({
    pool,
    schema,
    watch: (changed, sender) => {
      stopListening = listen({ config, sender, changed })
    },
    close: () => stopListening(),
  })
}
