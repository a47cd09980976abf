/**
 * Looks at every package as a user gets it, from its tarball: publint, are-the-types-wrong, and what is in it.
 *
 * @module
 */
import { readFileSync, rmSync } from 'node:fs'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { createScratchFolder, packAll, run } from './packages.mjs'

/** @import { Packed } from './packages.mjs' */

/** @param {Packed} one */
async function lintPackage({ manifest, tarball }) {
  const file = readFileSync(tarball)
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
  const { messages } = await publint({
    strict: true,
    pack: { tarball: /** @type {ArrayBuffer} */ (bytes) },
  })
  return messages.map((message) => formatMessage(message, manifest) ?? message.code)
}

/** @param {Packed} one */
async function checkTypes({ tarball }) {
  try {
    await run('attw', [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'])
    return []
  } catch (error) {
    return [/** @type {{ stdout?: string }} */ (error).stdout || String(error)]
  }
}

/** @param {Packed} one */
async function checkFiles({ manifest, tarball }) {
  const { stdout } = await run('tar', ['-tzf', tarball])
  const files = new Set(stdout.trim().split('\n'))
  const needed = ['package/LICENSE', 'package/README.md']
  for (const target of Object.values(manifest.exports)) {
    const paths = typeof target === 'string' ? [target] : Object.values(target)
    needed.push(...paths.map((path) => path.replace(/^\./, 'package')))
  }
  return [
    ...needed.filter((path) => !files.has(path)).map((path) => `not in the tarball: ${path}`),
    ...[...files]
      .filter((path) => /\.(test|test-d)\.ts$/.test(path))
      .map((path) => `a test in the tarball: ${path}`),
  ]
}

/** @param {Packed} one */
async function checkPackage(one) {
  const problems = await Promise.all([checkFiles(one), lintPackage(one), checkTypes(one)])
  return problems.flat().map((problem) => `${one.manifest.name}: ${problem}`)
}

const scratch = createScratchFolder()
try {
  const packages = await packAll(scratch)
  const problems = (await Promise.all(packages.map(checkPackage))).flat()
  for (const problem of problems) console.error(problem)
  if (problems.length > 0 || packages.length === 0) process.exitCode = 1
  else console.log(`${packages.length} packages are as a user should get them`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
