/**
 * Handlers of folders. A guard has decided before each of them runs.
 *
 * Errors  {@link ConflictError} (`ERR_CONFLICT`), {@link InputError} (`ERR_INPUT_INVALID`).
 *
 * @module
 */
import { ConflictError } from '../errors.js'
import { type DocsIam, isShadow } from '../iam.js'
import { readName, refuseOtherFields } from '../input.js'
import type { Folder } from '../store/folders.js'
import type { Store } from '../store/store.js'
import { connectionOf } from './connection.js'
import { found, type Handler } from './handler.js'

export interface FolderHandlers {
  readonly list: Handler
  readonly create: Handler
  readonly get: Handler<Folder>
  readonly remove: Handler<Folder>
}

export function createFolderHandlers({ folders }: Store, iam: DocsIam): FolderHandlers {
  return {
    // One folder has a policy of its own, so no one condition holds for all: each is asked about.
    async list({ access: { identity, decision } }) {
      const all = await folders.list()
      const visible = iam.select(all, {
        identity,
        action: 'docs:GetFolder',
        read: ({ id, tags }) => ({ params: { folderId: id }, tags }),
        context: connectionOf(decision),
      })
      return { status: 200, json: { folders: isShadow(iam) ? all : visible } }
    },

    async create({ access, params, body }) {
      refuseOtherFields(body)
      const folder: Folder = { id: readName(params.folderId ?? ''), tags: access.requestTags }
      if (!(await folders.create(folder))) throw new ConflictError('the name is taken')
      return { status: 201, json: folder }
    },

    get: ({ access }) => ({ status: 200, json: found(access) }),

    async remove({ access }) {
      const { id } = found(access)
      if (!(await folders.remove(id))) throw new ConflictError('the folder still holds documents')
      return { status: 204 }
    },
  }
}
