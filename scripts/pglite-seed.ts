/**
 * Makes the seed of PGlite's clusters before the tests, where no build has: each server that a test starts, alone or
 * in a process of its own, is then up in a third of the time.
 *
 * Errors  those of `writeSeed`.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { seedPath, writeSeed } from '../packages/server/src/store/seed.js'

/** As `globalSetup` of vitest calls it. */
export async function setup(): Promise<void> {
  if (!existsSync(seedPath())) await writeSeed()
}
