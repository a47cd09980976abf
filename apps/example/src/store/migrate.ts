/**
 * Brings the tables up to date: each migration once, in the order of their names.
 *
 * Shape   `migrations/0001-what-it-adds.sql`. One that has run is never edited.
 * Errors  What the database says of a migration that fails; it leaves nothing behind.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'

const FOLDER = join(import.meta.dirname, 'migrations')

export async function migrate(database: PGlite): Promise<void> {
  await database.exec('create table if not exists migration (name text primary key)')
  const { rows } = await database.query<{ name: string }>('select name from migration')
  const done = new Set(rows.map(({ name }) => name))
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.sql') && !done.has(name))
  for (const name of names.sort()) {
    await database.transaction(async (transaction) => {
      await transaction.exec(readFileSync(join(FOLDER, name), 'utf8'))
      await transaction.query('insert into migration (name) values ($1)', [name])
    })
  }
}
