/**
 * What a route tells its guard beside the action: where the object is found, with its tags, and where
 * the tags of the request stand. The same for every framework.
 *
 * Shape   a loader finds the object once, for its tags and for the handler.
 * Errors  None of its own; what the database says passes through, and the guard answers 503.
 *
 * @module
 */
import type { Loader } from '@iamkit/http'
import type { Document } from '../store/documents.js'
import type { Folder } from '../store/folders.js'
import type { Store } from '../store/store.js'
import { namedTag, sentTags } from '../tags.js'

export function createRouteOptions({ folders, documents }: Store) {
  const folder: Loader<Folder, 'folderId'> = async ({ params }) => {
    const found = await folders.find(params.folderId)
    return found && { value: found, tags: found.tags }
  }
  const document: Loader<Document, 'folderId' | 'documentId'> = async ({ params }) => {
    const found = await documents.find(params.folderId, params.documentId)
    return found && { value: found, tags: found.tags }
  }
  return {
    folder: { resource: folder },
    newFolder: { requestTags: sentTags },
    document: { resource: document },
    newDocument: { resource: folder, requestTags: sentTags },
    moreTags: { resource: document, requestTags: sentTags },
    lessTags: { resource: document, requestTags: namedTag },
    /** In shadow mode too, nobody else reads who asked for what. */
    shadowReport: { mode: 'enforce' },
  } as const
}
