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
import type { TagSet } from '../tags.js'

/** Enough for a team, and few enough to look at one by one. */
const MAX_DOCUMENTS_IN_FOLDER = 1000

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

export interface Documents {
  /** The documents of a folder that come after an id, in the order of their ids. */
  list(folderId: string, after: string): Promise<readonly DocumentSummary[]>
  find(folderId: string, id: string): Promise<Document | undefined>
  /** False: the folder is full or gone, or the id is taken. */
  create(document: NewDocument): Promise<boolean>
  /** Undefined, here and below: another version, nothing was changed. */
  update(document: Document, content: DocumentContent): Promise<Document | undefined>
  /** Adds tags; one with the same key is replaced. */
  tag(document: Document, tags: TagSet): Promise<Document | undefined>
  untag(document: Document, key: string): Promise<Document | undefined>
  /** False: another version, nothing was removed. */
  remove(document: Document): Promise<boolean>
}

/** One statement, so that a document and its tags are of the same moment. */
const select = (columns: string) => `
  select folder_id as "folderId", id, ${columns}, (
    select coalesce(jsonb_object_agg(key, value), '{}') from document_tag
    where document_tag.folder_id = document.folder_id and document_id = document.id
  ) as tags, version
  from document`

export function createDocuments(database: PGlite): Documents {
  return {
    async list(folderId, after) {
      const query = `${select('title')} where folder_id = $1 and id > $2 order by id`
      return (await database.query<DocumentSummary>(query, [folderId, after])).rows
    },
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

async function find(
  database: PGlite | Transaction,
  folderId: string,
  id: string,
): Promise<Document | undefined> {
  const query = `${select('title, text')} where folder_id = $1 and id = $2`
  return (await database.query<Document>(query, [folderId, id])).rows[0]
}

async function create(transaction: Transaction, document: NewDocument): Promise<boolean> {
  const { folderId, id, title, text } = document
  const { affectedRows } = await transaction.query(
    `insert into document (folder_id, id, title, text)
     select folder.id, $2, $3, $4 from folder
     where folder.id = $1 and (select count(*) from document where folder_id = $1) < $5
     on conflict do nothing`,
    [folderId, id, title, text, MAX_DOCUMENTS_IN_FOLDER],
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
  await transaction.query(
    `insert into document_tag select $1, $2, key, value from jsonb_each_text($3)
     on conflict (folder_id, document_id, key) do update set value = excluded.value`,
    [folderId, id, tags],
  )
}
