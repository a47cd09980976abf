/**
 * Folders in the database.
 *
 * Errors  None of its own; what the database says passes through.
 *
 * @module
 */
import type { PGlite } from '@electric-sql/pglite'
import type { TagSet } from '../tags.js'

export interface Folder {
  readonly id: string
  readonly tags: TagSet
}

export interface Folders {
  /** Every folder, by id. Not yet what a caller may see. */
  list(): Promise<readonly Folder[]>
  find(id: string): Promise<Folder | undefined>
  /** False: the id is taken, and nothing is written. */
  create(folder: Folder): Promise<boolean>
  /** False: it still holds documents, or is gone. */
  remove(id: string): Promise<boolean>
}

/** One statement, so that a folder and its tags are of the same moment. */
const SELECT = `
  select id, (
    select coalesce(jsonb_object_agg(key, value), '{}') from folder_tag where folder_id = folder.id
  ) as tags
  from folder`

export function createFolders(database: PGlite): Folders {
  return {
    async list() {
      return (await database.query<Folder>(`${SELECT} order by id`)).rows
    },
    async find(id) {
      return (await database.query<Folder>(`${SELECT} where id = $1`, [id])).rows[0]
    },
    create: ({ id, tags }) =>
      database.transaction(async (transaction) => {
        const insert = 'insert into folder (id) values ($1) on conflict do nothing'
        const { affectedRows } = await transaction.query(insert, [id])
        if (affectedRows !== 1) return false
        await transaction.query(
          'insert into folder_tag select $1, key, value from jsonb_each_text($2)',
          [id, tags],
        )
        return true
      }),
    async remove(id) {
      const { affectedRows } = await database.query(
        'delete from folder where id = $1 and not exists (select from document where folder_id = $1)',
        [id],
      )
      return affectedRows === 1
    },
  }
}
