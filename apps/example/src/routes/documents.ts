/**
 * Handlers of documents. A guard has decided before each of them runs, about the very version that the
 * handler then changes.
 *
 * Errors  {@link ConflictError} (`ERR_CONFLICT`), {@link InputError} (`ERR_INPUT_INVALID`).
 *
 * @module
 */
import { accessOf } from '@iamkit/express'
import type { RequestHandler } from 'express'
import { ACCOUNT, docs } from '../docs.js'
import { ConflictError } from '../errors.js'
import type { DocsIam } from '../iam.js'
import { type Page, readContent, readPage, refuseOtherFields } from '../input.js'
import type { Document, DocumentSummary } from '../store/documents.js'
import type { Folder } from '../store/folders.js'
import type { Store } from '../store/store.js'
import { type RowQuestion, visibleRows } from './rows.js'

export interface DocumentHandlers {
  readonly list: RequestHandler
  readonly create: RequestHandler
  readonly get: RequestHandler
  readonly update: RequestHandler
  readonly tag: RequestHandler
  readonly untag: RequestHandler<{ folderId: string; documentId: string; tagKey: string }>
  readonly remove: RequestHandler
}

export function createDocumentHandlers({ documents }: Store, iam: DocsIam): DocumentHandlers {
  return {
    async list(req, res) {
      const { resource: folder } = accessOf<Folder>(req)
      const page = readPage(req.query)
      const rows = await documents.list(folder.id, page.after)
      res.json(pageOf(visibleRows(rows, { iam, req, ask }), page))
    },

    async create(req, res) {
      const { resource: folder, requestTags: tags } = accessOf<Folder>(req)
      const { title, text } = readContent(req.body)
      const document = { folderId: folder.id, id: newId(), title, text, tags, version: 1 }
      if (!(await documents.create(document))) throw new ConflictError('the folder is full or gone')
      res.status(201).location(pathOf(document)).json(document)
    },

    get(req, res) {
      res.json(accessOf<Document>(req).resource)
    },

    async update(req, res) {
      const content = readContent(req.body)
      res.json(changed(await documents.update(accessOf<Document>(req).resource, content)))
    },

    async tag(req, res) {
      refuseOtherFields(req.body)
      const { resource, requestTags } = accessOf<Document>(req)
      res.json(changed(await documents.tag(resource, requestTags)))
    },

    async untag(req, res) {
      const { resource } = accessOf<Document>(req)
      res.json(changed(await documents.untag(resource, req.params.tagKey)))
    },

    async remove(req, res) {
      if (!(await documents.remove(accessOf<Document>(req).resource))) changed(undefined)
      res.status(204).end()
    },
  }
}

function ask({ folderId, id, tags }: DocumentSummary): RowQuestion {
  const resource = docs.arn.document({ account: ACCOUNT, folderId, documentId: id })
  return { action: 'docs:GetDocument', resource, resourceTags: tags }
}

/** `next` is the last document shown, never one that was left out. */
function pageOf(visible: readonly DocumentSummary[], { limit }: Page) {
  const shown = visible.slice(0, limit)
  const next = visible.length > limit ? shown.at(-1)?.id : undefined
  return { documents: shown, ...(next !== undefined && { next }) }
}

function changed(document: Document | undefined): Document {
  if (document) return document
  throw new ConflictError('the document was changed meanwhile: read it again')
}

function newId(): string {
  return crypto.randomUUID().slice(0, 8)
}

function pathOf({ folderId, id }: Document): string {
  return `/folders/${encodeURIComponent(folderId)}/documents/${encodeURIComponent(id)}`
}
