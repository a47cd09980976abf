/**
 * Looks at every package as a user gets it, from its tarball: publint, are-the-types-wrong, and what is in it.
 *
 * @module
 */
import { readFileSync, rmSync } from 'node:fs'
import { checkPackage as analyse, createPackageFromTarballData } from '@arethetypeswrong/core'
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

/** What is not for packages of ES modules alone: its profile `esm-only`. */
const NOT_OURS = ['node10', 'node16-cjs']

/** @param {Packed} one */
async function checkTypes({ tarball }) {
  const analysis = await analyse(createPackageFromTarballData(readFileSync(tarball)))
  if (!analysis.types) return ['has no types']
  return analysis.problems
    .filter((one) => !('resolutionKind' in one && NOT_OURS.includes(one.resolutionKind)))
    .map((problem) => JSON.stringify(problem))
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
