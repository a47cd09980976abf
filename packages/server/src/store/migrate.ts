/**
 * Brings a database to the schema of this server, forward only.
 *
 * Shape   one process at a time, under Kysely's lock; all steps in one transaction.
 * Errors  `StoreError`: `refused` where a newer server has been here.
 *
 * @module
 */
import { type Kysely, Migrator, sql } from 'kysely'
import { migrations } from './migrations.js'
import type { Schema } from './schema.js'
import { StoreError } from './store-error.js'

const TABLE = 'migrations'

export async function migrate(db: Kysely<Schema>, schema: string): Promise<void> {
  const applied = await appliedIn(db, schema)
  const unknown = applied.find((name) => !(name in migrations))
  if (unknown !== undefined) {
    const problem = `the database has the step \`${unknown}\`, which this server does not know`
    throw new StoreError('refused', `${problem}: it was made by a newer one`)
  }
  if (applied.length === Object.keys(migrations).length) return

  const migrator = new Migrator({
    db: db.withSchema(schema),
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: schema,
    migrationTableName: TABLE,
    migrationLockTableName: 'migration_lock',
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

async function appliedIn(db: Kysely<Schema>, schema: string): Promise<readonly string[]> {
  const table = sql.id(schema, TABLE)
  const name = sql.lit(`"${schema}"."${TABLE}"`)
  const { rows } = await sql<{
    found: boolean
  }>`select to_regclass(${name}) is not null as found`.execute(db)
  if (!rows[0]?.found) return []
  const applied = await sql<{ name: string }>`select name from ${table} order by name`.execute(db)
  return applied.rows.map((row) => row.name)
}
