/**
 * Folders whose tags the control plane's registry keeps. The tags of documents stay in the app's own table.
 *
 * Shape   the table keeps what a folder was made with; what the registry says counts. It is read from memory, as policies are.
 * Errors  {@link ControlPlaneError} (`ERR_CONTROL_PLANE`) where the registry cannot be written, or tags do not come back.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, RemotePolicies } from '@iamkit/client'
import { ACME, docs } from '../docs.js'
import { ControlPlaneError } from '../errors.js'
import type { Folder, Folders } from '../store/folders.js'
import type { TagSet } from '../tags.js'

export interface Registry {
  readonly client: Client<typeof docs>
  readonly policies: Pick<RemotePolicies, 'tagsOf'>
}

/** Milliseconds that a change may take until it has come back. */
const PATIENCE = 5_000
const PAUSE = 10

/** Folders by their table, with the registry's tags. Those that the registry does not know yet are told to it first. */
export async function registeredFolders(table: Folders, registry: Registry): Promise<Folders> {
  const withTags = (folder: Folder): Folder => ({ ...folder, tags: tagsOf(registry, folder.id) })
  for (const folder of await table.list()) {
    if (Object.keys(tagsOf(registry, folder.id)).length === 0) await put(registry, folder)
  }
  return {
    list: async () => (await table.list()).map(withTags),
    async find(id) {
      const folder = await table.find(id)
      return folder && withTags(folder)
    },
    async create(folder) {
      if (!(await table.create(folder))) return false
      try {
        await put(registry, folder)
        return true
      } catch (error) {
        await table.remove(folder.id)
        throw error
      }
    },
    async remove(id) {
      if (!(await table.remove(id))) return false
      await put(registry, { id, tags: {} })
      return true
    },
  }
}

function tagsOf({ policies }: Registry, folderId: string): TagSet {
  return policies.tagsOf(arnOf(folderId))
}

/** Resolves when what is decided here is decided by these tags. */
async function put(registry: Registry, { id, tags }: Folder): Promise<void> {
  const { client } = registry
  const resource = arnOf(id)
  const tagKeys = Object.keys(tagsOf(registry, id)).filter((key) => !Object.hasOwn(tags, key))
  try {
    if (tagKeys.length > 0) await client.untagResource({ resource, tagKeys })
    if (Object.keys(tags).length > 0) await client.tagResource({ resource, tags })
  } catch (cause) {
    throw new ControlPlaneError('the registry did not take the tags', { cause })
  }
  const end = Date.now() + PATIENCE
  while (!isSame(tagsOf(registry, id), tags)) {
    if (Date.now() > end) throw new ControlPlaneError('the tags have not come back yet')
    await sleep(PAUSE)
  }
}

function isSame(a: TagSet, b: TagSet): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

function arnOf(folderId: string) {
  return docs.arn.folder({ account: ACME, folderId })
}
