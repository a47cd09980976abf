/**
 * Whether all apps say the same in the end, and what they should.
 *
 * Units   milliseconds.
 * Errors  None.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Stage } from './stage.js'

const PATIENCE = 60_000

/** Waits for it, for a while. */
export async function agree({ apps, oracle }: Pick<Stage, 'apps' | 'oracle'>): Promise<boolean> {
  const end = performance.now() + PATIENCE
  const isSo = () =>
    apps.every(({ last }) => last?.isLive === true && last.answers === oracle.expected)
  while (!isSo()) {
    if (performance.now() > end) return false
    await wait(50)
  }
  return true
}
