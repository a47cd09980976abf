/**
 * The database: PostgreSQL inside this process, in a folder of its own.
 *
 * Shape   {@link openStore} brings the tables up to date and gives a {@link Store}.
 * Errors  {@link DataFolderError} (`ERR_DATA_FOLDER`) where the folder holds no database of this app.
 *
 * @module
 */
import { PGlite } from '@electric-sql/pglite'
import { DataFolderError } from '../errors.js'
import { createDocuments, type Documents } from './documents.js'
import { createFolders, type Folders } from './folders.js'
import { migrate } from './migrate.js'

export interface Store {
  readonly folders: Folders
  readonly documents: Documents
  /** Ends the database; nothing may be asked afterwards. A second time does nothing. */
  close(): Promise<void>
}

/** Opens a database. Without a folder it lives in memory and is gone when closed. */
export async function openStore(folder?: string): Promise<Store> {
  const database = await open(folder)
  return {
    folders: createFolders(database),
    documents: createDocuments(database),
    async close() {
      if (!database.closed) await database.close()
    },
  }
}

async function open(folder: string | undefined): Promise<PGlite> {
  try {
    const database = await PGlite.create({ ...(folder !== undefined && { dataDir: folder }) })
    await migrate(database)
    return database
  } catch (cause) {
    const where = folder === undefined ? 'in memory' : `in \`${folder}\``
    throw new DataFolderError(`cannot open the database ${where}: ${(cause as Error).message}`, {
      cause,
    })
  }
}
