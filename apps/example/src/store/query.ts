/**
 * Kysely over PGlite, for queries that are put together.
 *
 * Shape   a pool with one client, which is what `PostgresDialect` asks for.
 * Errors  None of its own; what the database says passes through.
 *
 * @module
 */
import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'

export interface Tables {
  readonly document: {
    readonly folder_id: string
    readonly id: string
    readonly title: string
    readonly version: number
  }
}

export function createQueries(database: PGlite): Kysely<Tables> {
  const query = async (text: string, parameters: readonly unknown[]) => {
    const { rows } = await database.query(text, [...parameters])
    return { command: 'SELECT' as const, rowCount: rows.length, rows }
  }
  const client = { query, release: () => {} } as unknown as PostgresPoolClient
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { connect: async () => client, end: async () => {} } }),
  })
}
