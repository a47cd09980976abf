/**
 * Documents in the database.
 *
 * Shape   every change names the version that was decided about, and changes nothing if the document
 *         has another one by now.
 * Errors  None of its own; what the database says passes through.
 *
 * @module
 */
import type { PGlite, Transaction } from '@electric-sql/pglite'
import type { ResourceFilter } from '@iamkit/core'
import { type KyselyMapping, kyselyWhere } from '@iamkit/core/kysely'
import { type Kysely, sql } from 'kysely'
import type { TagSet } from '../tags.js'
import { createQueries, type Tables } from './query.js'

export interface DocumentContent {
  readonly title: string
  readonly text: string
}

export interface Document extends DocumentContent {
  readonly folderId: string
  readonly id: string
  readonly tags: TagSet
  /** From 1; counts every change of content or tags. */
  readonly version: number
}

/** What a list shows of a document. */
export type DocumentSummary = Omit<Document, 'text'>

export type NewDocument = Omit<Document, 'version'>

/** Which documents of a folder, by what they must be. */
export interface DocumentQuery {
  /** The id after which the page begins; empty for the first. */
  readonly after: string
  readonly limit: number
  readonly filter: ResourceFilter
}

export interface DocumentPage {
  readonly documents: readonly DocumentSummary[]
  /** The last document of this page, where more follow: never one that was left out. */
  readonly next?: string
}

export interface Documents {
  /** A page of the documents that a filter lets through, in the order of their ids. */
  list(folderId: string, query: DocumentQuery): Promise<DocumentPage>
  find(folderId: string, id: string): Promise<Document | undefined>
  /** False: the folder is gone, or the id is taken. */
  create(document: NewDocument): Promise<boolean>
  /** Undefined, here and below: another version, nothing was changed. */
  update(document: Document, content: DocumentContent): Promise<Document | undefined>
  /** Adds tags; one with the same key is replaced. */
  tag(document: Document, tags: TagSet): Promise<Document | undefined>
  untag(document: Document, key: string): Promise<Document | undefined>
  /** False: another version, nothing was removed. */
  remove(document: Document): Promise<boolean>
}

/** Read with its document, so that both are of the same moment. */
const TAGS = `(
    select coalesce(jsonb_object_agg(key, value), '{}') from document_tag
    where document_tag.folder_id = document.folder_id and document_id = document.id
  )`

/** Where the fields of a filter are kept. Ids are ASCII; a tag that is not there is NULL. */
const COLUMNS: KyselyMapping = {
  params: {
    folderId: { column: 'folder_id', isBmp: true },
    documentId: { column: 'id', isBmp: true },
  },
  tag: (key) => sql`(
    select value from document_tag
    where document_tag.folder_id = document.folder_id and document_id = document.id and lower_key = ${key}
  )`,
}

export function createDocuments(database: PGlite): Documents {
  const queries = createQueries(database)
  return {
    list: (folderId, query) => list(queries, folderId, query),
    find: (folderId, id) => find(database, folderId, id),
    create: (document) => database.transaction((transaction) => create(transaction, document)),
    update: (document, { title, text }) =>
      change(database, document, async (transaction) => {
        const query = 'update document set title = $3, text = $4 where folder_id = $1 and id = $2'
        await transaction.query(query, [document.folderId, document.id, title, text])
      }),
    tag: (document, tags) =>
      change(database, document, async (transaction) => {
        await insertTags(transaction, { ...document, tags })
      }),
    untag: (document, key) =>
      change(database, document, async (transaction) => {
        const query =
          'delete from document_tag where folder_id = $1 and document_id = $2 and key = $3'
        await transaction.query(query, [document.folderId, document.id, key])
      }),
    async remove({ folderId, id, version }) {
      const query = 'delete from document where folder_id = $1 and id = $2 and version = $3'
      return (await database.query(query, [folderId, id, version])).affectedRows === 1
    },
  }
}

async function list(
  queries: Kysely<Tables>,
  folderId: string,
  { after, limit, filter }: DocumentQuery,
): Promise<DocumentPage> {
  const rows = await queries
    .selectFrom('document')
    .select(['folder_id as folderId', 'id', 'title', sql.raw<TagSet>(TAGS).as('tags'), 'version'])
    .where('folder_id', '=', folderId)
    .where('id', '>', after)
    .where((eb) => kyselyWhere(eb, filter, COLUMNS))
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const documents = rows.slice(0, limit)
  const last = documents.at(-1)
  return { documents, ...(last && rows.length > limit && { next: last.id }) }
}

async function find(
  database: PGlite | Transaction,
  folderId: string,
  id: string,
): Promise<Document | undefined> {
  const query = `
    select folder_id as "folderId", id, title, text, ${TAGS} as tags, version
    from document where folder_id = $1 and id = $2`
  return (await database.query<Document>(query, [folderId, id])).rows[0]
}

async function create(transaction: Transaction, document: NewDocument): Promise<boolean> {
  const { folderId, id, title, text } = document
  const { affectedRows } = await transaction.query(
    `insert into document (folder_id, id, title, text)
     select folder.id, $2, $3, $4 from folder where folder.id = $1
     on conflict do nothing`,
    [folderId, id, title, text],
  )
  if (affectedRows !== 1) return false
  await insertTags(transaction, document)
  return true
}

/** Takes the document at its version, then changes it. */
function change(
  database: PGlite,
  { folderId, id, version }: Document,
  apply: (transaction: Transaction) => Promise<void>,
): Promise<Document | undefined> {
  return database.transaction(async (transaction) => {
    const { affectedRows } = await transaction.query(
      `update document set version = version + 1, updated_at = now()
       where folder_id = $1 and id = $2 and version = $3`,
      [folderId, id, version],
    )
    if (affectedRows !== 1) return undefined
    await apply(transaction)
    return find(transaction, folderId, id)
  })
}

async function insertTags(
  transaction: Transaction,
  { folderId, id, tags }: Pick<Document, 'folderId' | 'id' | 'tags'>,
): Promise<void> {
  const rows = Object.entries(tags).map(([key, value]) => ({
    key,
    value,
    lower_key: key.toLowerCase(),
  }))
  await transaction.query(
    `insert into document_tag (folder_id, document_id, key, value, lower_key)
     select $1, $2, key, value, lower_key
     from jsonb_to_recordset($3) as tag (key text, value text, lower_key text)
     on conflict (folder_id, document_id, key) do update set value = excluded.value`,
    [folderId, id, JSON.stringify(rows)],
  )
}
