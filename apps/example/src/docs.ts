/**
 * The document service: what it keeps and what it does.
 *
 * Shape   folders hold documents; both carry tags. A folder or document belongs to the team in its
 *         `team` tag.
 * Errors  None at run time; `defineService` checks at start-up.
 *
 * @module
 */
import { defineService } from '@iamkit/core'

/** The account of Acme, which owns every folder and document. */
export const ACME = '111122223333'
/** The account of another company, with which Acme shares a folder. */
export const GLOBEX = '444455556666'

export const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}', tags: true },
    document: { arn: 'folder/{folderId}/document/{documentId}', tags: true },
  },
  actions: {
    ListFolders: { access: 'List' },
    CreateFolder: { resource: 'folder', access: 'Write', requestTags: true },
    GetFolder: { resource: 'folder', access: 'Read' },
    DeleteFolder: { resource: 'folder', access: 'Write' },
    ListDocuments: { resource: 'folder', access: 'List' },
    CreateDocument: { resource: 'folder', access: 'Write', requestTags: true },
    GetDocument: { resource: 'document', access: 'Read' },
    UpdateDocument: { resource: 'document', access: 'Write' },
    DeleteDocument: { resource: 'document', access: 'Write' },
    TagDocument: { resource: 'document', access: 'Tagging', requestTags: true },
    UntagDocument: { resource: 'document', access: 'Tagging', requestTags: true },
    GetShadowReport: { access: 'Read' },
  },
})
