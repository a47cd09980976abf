/**
 * The last good policies in a file.
 *
 * Shape   written beside and moved into place, so that a crash leaves the old or the new; only its owner may read it.
 * Errors  What the file system says, but for a file that is not there.
 *
 * @module
 */
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { KeptCopy } from '../policies/kept-copy.js'

/**
 * Keeps policies in a file, for `remotePolicies(client, { keep: fileCopy('./data/policies.json') })`.
 *
 * @param path The folder is made if it is not there.
 */
export function fileCopy(path: string): KeptCopy {
  return {
    async read() {
      try {
        return await readFile(path, 'utf8')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    async write(text) {
      const draft = `${path}.${process.pid}.tmp`
      await mkdir(dirname(path), { recursive: true })
      try {
        await writeFile(draft, text, { mode: 0o600 })
        await chmod(draft, 0o600)
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
  }
}
