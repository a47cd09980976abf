/**
 * The store over SQL, the same for PGlite and PostgreSQL.
 *
 * Errors  `StoreError` (`ERR_STORE`).
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import { appendAudit, findAudit, pruneAudit } from './audit-table.js'
import { commit } from './commit.js'
import type { Connection, Pool } from './connection.js'
import { asStoreError, isConnectionLost } from './failure.js'
import { loadRecords } from './load-records.js'
import { migrate } from './migrate.js'
import { missedSince, readChanges } from './read-changes.js'
import type { Schema } from './schema.js'
import type { Store } from './store.js'
import { StoreError } from './store-error.js'

export interface SqlStoreOptions {
  readonly pool: Pool
  /** The schema that the tables are in: lower-case letters, digits and `_`. */
  readonly schema: string
  /** Tells of what others commit; our own commits are told of under the name of `sender`. */
  readonly watch?: (changed: () => void, sender: string) => void
  /** What the database does not do by itself after much has been deleted. */
  readonly tidy?: () => Promise<void>
  /** Ends what else is open. */
  readonly close?: () => Promise<void>
}

/** Brings the tables up to date. */
export async function migrateOver(pool: Pool, schema: string): Promise<void> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new StoreError('refused', 'a schema is named by lower-case letters, digits and `_`')
  }
  await asStoreError(() => migrate(kyselyOver(pool), schema))
}

/** Expects tables that are up to date. */
export function createSqlStore(options: SqlStoreOptions): Store {
  const { pool, schema } = options
  const db = kyselyOver(pool).withSchema(schema)
  const sender = randomUUID()
  return {
    isShared: options.watch !== undefined,
    load: (visit) => borrow(pool, (connection) => loadRecords(connection, schema, visit)),
    commit: (since, work) =>
      borrow(pool, (connection) => commit(connection, { schema, since, sender, work })),
    changesSince: (since) =>
      borrow(pool, async (connection) => {
        const { rows } = await connection.query(readChanges(schema, since))
        return missedSince(since, rows)
      }),
    watch: (changed) => options.watch?.(changed, sender),
    appendAudit: (events) => asStoreError(() => appendAudit(db, events)),
    findAudit: (query) => asStoreError(() => findAudit(db, query)),
    prune: ({ auditBefore, changesBefore }) =>
      asStoreError(async () => {
        const pruned = await pruneAudit(db, auditBefore)
        await pruneChanges(db, changesBefore)
        await options.tidy?.()
        return pruned
      }),
    setting: (name) =>
      asStoreError(async () => {
        const found = db.selectFrom('settings').select('value').where('name', '=', name)
        return (await found.executeTakeFirst())?.value
      }),
    putSetting: (name, value) => asStoreError(() => putSetting(db, { name, value })),
    isReachable: () =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    close: async () => {
      await options.close?.()
      await pool.end()
    },
  }
}

function kyselyOver(pool: Pool): Kysely<Schema> {
  return new Kysely({ dialect: new PostgresDialect({ pool: pool as PostgresPool }) })
}

/** Lends a connection, and takes it back as if nothing had been done where something failed. */
async function borrow<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  return asStoreError(async () => {
    const connection = await pool.connect()
    let isSound = true
    try {
      return await work(connection)
    } catch (error) {
      isSound = await rollBack(connection, error)
      throw error
    } finally {
      connection.release(!isSound)
    }
  })
}

/** Whether the connection can be used again. */
async function rollBack(connection: Connection, error: unknown): Promise<boolean> {
  if (isConnectionLost(error)) return false
  return connection.query('rollback').then(
    () => true,
    () => false,
  )
}

/** The newest change stays: it tells those who ask whether they have all before it. */
async function pruneChanges(db: Kysely<Schema>, before: Date): Promise<void> {
  const newest = db.selectFrom('changes').select(({ fn }) => fn.max('seq').as('seq'))
  await db.deleteFrom('changes').where('at', '<', before).where('seq', '<', newest).execute()
}

async function putSetting(db: Kysely<Schema>, setting: Schema['settings']): Promise<void> {
  const { value } = setting
  const added = db.insertInto('settings').values(setting)
  await added.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute()
}
