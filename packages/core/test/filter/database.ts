/**
 * A real database with one table of documents: PGlite, spoken to by Kysely.
 *
 * @module
 */
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PostgresDialect, type PostgresPoolClient, sql } from 'kysely'
import { type KyselyMapping, kyselyWhere } from '../../src/filter/kysely.js'
import type { ResourceFilter } from '../../src/index.js'
import type { Documents } from './documents.js'

export type Database = Kysely<Tables>

export interface Tables {
  readonly documents: Documents
}

/** How Kysely reaches PGlite: a pool with one client. */
function dialectOf(lite: PGlite): PostgresDialect {
  const query = async (text: string, parameters: readonly unknown[]) => {
    const { rows } = await lite.query(text, [...parameters])
    return { command: 'SELECT' as const, rowCount: rows.length, rows }
  }
  const client = { query, release: () => {} } as unknown as PostgresPoolClient
  return new PostgresDialect({ pool: { connect: async () => client, end: () => lite.close() } })
}

export async function openDatabase(): Promise<Database> {
  const lite = await PGlite.create()
  await lite.exec(`
    create table documents (
      n integer primary key,
      folder_id text not null,
      id text not null,
      tag_team text,
      tag_owner text,
      tags jsonb not null,
      kind text not null,
      label text,
      parent text,
      pages integer,
      bytes bigint,
      price numeric(20, 6),
      published boolean,
      created timestamptz
    )`)
  return new Kysely<Tables>({ dialect: dialectOf(lite) })
}

export async function fill(db: Database, rows: readonly Documents[]): Promise<void> {
  await db.deleteFrom('documents').execute()
  const values = rows.map((row) => ({ ...row, tags: JSON.stringify(row.tags) }))
  await db
    .insertInto('documents')
    .values(values as never)
    .execute()
}

/** Two tags have columns of their own, the others share one of JSON. */
export const MAPPING: KyselyMapping = {
  params: {
    folderId: { column: 'folder_id', isBmp: true },
    documentId: { column: 'documents.id', isBmp: true },
  },
  tag: (key) => (key === 'team' || key === 'owner' ? `tag_${key}` : sql`tags ->> ${key}`),
  keys: {
    'docs:Kind': { column: 'kind', type: 'text' },
    'docs:Label': { column: 'label', type: 'text' },
    'docs:Parent': { column: 'parent', type: 'text' },
    'docs:Pages': { column: 'pages', type: 'integer' },
    'docs:Bytes': { column: 'bytes', type: 'bigint' },
    'docs:Price': { column: 'price', type: 'numeric' },
    'docs:Published': { column: 'published', type: 'boolean' },
    'docs:Created': { column: 'created', type: 'timestamptz' },
  },
}

/** The numbers of the rows that a filter lets through, in order; and of those that it keeps back. */
export async function selectBySql(db: Database, filter: ResourceFilter) {
  const rows = await db
    .selectFrom('documents')
    .select('n')
    .select((eb) => kyselyWhere(eb, filter, MAPPING).as('is_allowed'))
    .orderBy('n')
    .execute()
  const selected = await db
    .selectFrom('documents')
    .select('n')
    .where((eb) => kyselyWhere(eb, filter, MAPPING))
    .orderBy('n')
    .execute()
  return {
    selected: selected.map(({ n }) => n),
    /** Of the same condition, asked of every row. Never null. */
    answers: rows.map(({ is_allowed }) => is_allowed),
  }
}
