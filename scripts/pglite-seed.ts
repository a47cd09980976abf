/**
 * Makes the seed of PGlite's clusters before the tests, where no build has: each server that a test starts, alone or
 * in a process of its own, is then up in a third of the time.
 *
 * Errors  those of `writeSeed`.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { seedPath, writeSeed } from '../packages/server/src/store/seed.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the seed lies, for tests that make clusters of their own. */
    pgliteSeed: string
  }
}

/** As `globalSetup` of vitest calls it. */
export async function setup({ provide }: TestProject): Promise<void> {
  const path = seedPath()
  if (!existsSync(path)) await writeSeed(path)
  provide('pgliteSeed', path)
}
