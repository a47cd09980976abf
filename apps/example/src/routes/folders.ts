/**
 * Handlers of folders. A guard has decided before each of them runs.
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
import { readName, refuseOtherFields } from '../input.js'
import type { Folder } from '../store/folders.js'
import type { Store } from '../store/store.js'
import { type RowQuestion, visibleRows } from './rows.js'

export interface FolderHandlers {
  readonly list: RequestHandler
  readonly create: RequestHandler<{ folderId: string }>
  readonly get: RequestHandler
  readonly remove: RequestHandler
}

export function createFolderHandlers({ folders }: Store, iam: DocsIam): FolderHandlers {
  return {
    async list(req, res) {
      res.json({ folders: visibleRows(await folders.list(), { iam, req, ask }) })
    },

    async create(req, res) {
      refuseOtherFields(req.body)
      const folder: Folder = { id: readName(req.params.folderId), tags: accessOf(req).requestTags }
      if (!(await folders.create(folder))) throw new ConflictError('the name is taken')
      res.status(201).json(folder)
    },

    get(req, res) {
      res.json(accessOf<Folder>(req).resource)
    },

    async remove(req, res) {
      const { id } = accessOf<Folder>(req).resource
      if (!(await folders.remove(id))) throw new ConflictError('the folder still holds documents')
      res.status(204).end()
    },
  }
}

function ask({ id, tags }: Folder): RowQuestion {
  const resource = docs.arn.folder({ account: ACCOUNT, folderId: id })
  return { action: 'docs:GetFolder', resource, resourceTags: tags }
}
