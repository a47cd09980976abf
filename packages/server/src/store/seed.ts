/**
 * A new PGlite cluster, packed: unpacking it takes a third of the time of making one.
 *
 * Shape   `pglite-<version>.tar.gz`, written into `dist` when the package is built.
 * Errors  those of the file system, and of PGlite, from {@link writeSeed}; none from {@link readSeed}.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const { resolve } = createRequire(import.meta.url)

/** Where the seed for the installed PGlite lies. */
export function seedPath(folder = ownFolder('@iamkit/server/package.json', 'dist')): string {
  const manifest = readFileSync(ownFolder('@electric-sql/pglite', '../package.json'), 'utf8')
  return join(folder, `pglite-${JSON.parse(manifest).version}.tar.gz`)
}

/** The seed, if there is one: a source tree that was not built has none, and PGlite can do without. */
export async function readSeed(path = seedPath()): Promise<Blob | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  return bytes && new Blob([bytes], { type: 'application/x-gzip' })
}

/** Makes the seed, whole or not at all. */
export async function writeSeed(path = seedPath()): Promise<void> {
  const { PGlite } = await import('@electric-sql/pglite')
  const database = await PGlite.create()
  const packed = await database.dumpDataDir('gzip')
  await database.close()

  const draft = `${path}.${process.pid}`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(draft, Buffer.from(await packed.arrayBuffer()))
  await rename(draft, path)
}

function ownFolder(module: string, path: string): string {
  return join(dirname(resolve(module)), path)
}
