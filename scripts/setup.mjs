/**
 * Installs what is needed: `node scripts/setup.mjs` everything, `node scripts/setup.mjs start` what `npm start` runs.
 *
 * Shape   only a fresh clone gets by with a part: 136 MB instead of 755. The example runs from the
 *         packages' sources, whose optional peers it has itself; so a part lies flat, and makes way for the whole.
 * Errors  the installer's exit code.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'

const { packageManager } = JSON.parse(readFileSync('package.json', 'utf8'))
const INSTALL = ['-y', packageManager, 'install', '--frozen-lockfile', '--prefer-offline']
const PART = ['--prod', '--shamefully-hoist', '--filter-prod', '@iamkit/example...']

const isWhole = existsSync('node_modules/vitest')
const isPart = process.argv[2] === 'start' && !isWhole
if (!isWhole && !isPart) rmSync('node_modules', { recursive: true, force: true })

const { status } = spawnSync('npx', isPart ? [...INSTALL, ...PART] : INSTALL, {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exitCode = status ?? 1
