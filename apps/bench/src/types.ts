/**
 * Checks the types of the peers' package, which the checks of the whole project leave out: they run without
 * the peers.
 *
 * Errors  None: the exit code says it.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Answers the exit code of the compiler. */
export function checkTypes(): number {
  const compiler = 'node_modules/typescript7/bin/tsc'
  const project = 'apps/bench/peers/tsconfig.json'
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  return status ?? 1
}
