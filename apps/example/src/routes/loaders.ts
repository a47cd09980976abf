/**
 * What a route acts on: found once, for its tags and for the handler.
 *
 * Errors  None of its own; what the database says passes through, and the guard answers 503.
 *
 * @module
 */
import type { Loader } from '@iamkit/http'
import type { Document } from '../store/documents.js'
import type { Folder } from '../store/folders.js'
import type { Store } from '../store/store.js'

export interface Loaders {
  readonly folder: Loader<Folder, 'folderId'>
  readonly document: Loader<Document, 'folderId' | 'documentId'>
}

export function createLoaders({ folders, documents }: Store): Loaders {
  return {
    async folder({ params }) {
      const folder = await folders.find(params.folderId)
      return folder && { value: folder, tags: folder.tags }
    },
    async document({ params }) {
      const document = await documents.find(params.folderId, params.documentId)
      return document && { value: document, tags: document.tags }
    },
  }
}
