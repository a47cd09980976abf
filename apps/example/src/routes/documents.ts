/**
 * Handlers of documents. A guard has decided before each of them runs, about the very version that the
 * handler then changes.
 *
 * Errors  {@link ConflictError} (`ERR_CONFLICT`), {@link InputError} (`ERR_INPUT_INVALID`); core's
 *         `UntranslatableError` from a list whose policies no query can ask.
 *
 * @module
 */
import type { ResourceFilter } from '@iamkit/core'
import { ConflictError } from '../errors.js'
import { type DocsIam, isShadow } from '../iam.js'
import { readContent, readPage, refuseOtherFields } from '../input.js'
import type { Document } from '../store/documents.js'
import type { Folder } from '../store/folders.js'
import type { Store } from '../store/store.js'
import { connectionOf } from './connection.js'
import { type Answer, type Call, found, type Handler } from './handler.js'

export interface DocumentHandlers {
  readonly list: Handler<Folder>
  readonly create: Handler<Folder>
  readonly get: Handler<Document>
  readonly update: Handler<Document>
  readonly tag: Handler<Document>
  readonly untag: Handler<Document>
  readonly remove: Handler<Document>
}

export function createDocumentHandlers({ documents }: Store, iam: DocsIam): DocumentHandlers {
  return {
    async list({ access, query }) {
      const folder = found(access)
      const page = { ...readPage(query), filter: readable(iam, access) }
      return { status: 200, json: await documents.list(folder.id, page) }
    },

    async create({ access, body }) {
      const { title, text } = readContent(body)
      const { id: folderId } = found(access)
      const document = { folderId, id: newId(), title, text, tags: access.requestTags, version: 1 }
      if (!(await documents.create(document))) throw new ConflictError('the folder is gone')
      return { status: 201, headers: { location: pathOf(document) }, json: document }
    },

    get: ({ access }) => ({ status: 200, json: found(access) }),

    async update({ access, body }) {
      return changed(await documents.update(found(access), readContent(body)))
    },

    async tag({ access, body }) {
      refuseOtherFields(body)
      return changed(await documents.tag(found(access), access.requestTags))
    },

    async untag({ access, params }) {
      return changed(await documents.untag(found(access), params.tagKey ?? ''))
    },

    async remove({ access }) {
      if (!(await documents.remove(found(access)))) return changed(undefined)
      return { status: 204 }
    },
  }
}

/** Which documents of the folder the caller may read. Shadow mode leaves nothing out of a list. */
function readable(
  iam: DocsIam,
  { identity, decision, resource }: Call<Folder>['access'],
): ResourceFilter {
  if (isShadow(iam)) return { kind: 'all' } as const
  return iam.filter(identity, 'docs:GetDocument', {
    params: { folderId: resource.id },
    context: connectionOf(decision),
  })
}

function changed(document: Document | undefined): Answer {
  if (document) return { status: 200, json: document }
  throw new ConflictError('the document was changed meanwhile: read it again')
}

function newId(): string {
  return crypto.randomUUID().slice(0, 8)
}

function pathOf({ folderId, id }: Document): string {
  return `/folders/${encodeURIComponent(folderId)}/documents/${encodeURIComponent(id)}`
}
