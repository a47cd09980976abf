/**
 * The packages that are published, and their tarballs as a user would get them.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * @typedef {{ readonly name: string, readonly version: string, readonly private?: boolean,
 *   readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>,
 *   readonly dependencies?: Readonly<Record<string, string>>,
 *   readonly devDependencies?: Readonly<Record<string, string>>,
 *   readonly peerDependencies?: Readonly<Record<string, string>> }} Manifest
 * @typedef {{ readonly folder: string, readonly manifest: Manifest }} Package
 * @typedef {Package & { readonly tarball: string }} Packed
 */

export const run = promisify(execFile)

/** @returns {Package[]} */
function listPackages() {
  return readdirSync('packages')
    .map((name) => join('packages', name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    }))
    .filter(({ manifest }) => !manifest.private)
}

/** A new folder for files that are of no use after the run. */
export function createScratchFolder() {
  return mkdtempSync(join(tmpdir(), 'iamkit-'))
}

/**
 * Packs every package into `folder`.
 *
 * @param {string} folder
 * @returns {Promise<Packed[]>}
 */
export async function packAll(folder) {
  await run('pnpm', ['-r', '--filter', './packages/*', 'pack', '--pack-destination', folder])
  return listPackages().map((one) => {
    const name = one.manifest.name.replace('@', '').replace('/', '-')
    return { ...one, tarball: join(folder, `${name}-${one.manifest.version}.tgz`) }
  })
}

/**
 * The module names a user may import: `@iamkit/http`, `@iamkit/http/bearer`.
 *
 * @param {Package} one
 */
export function entryPoints({ manifest }) {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target !== 'string')
    .map(([path]) => manifest.name + path.slice(1))
}
