/**
 * Keeps a whole run in `docs/benchmarks`.
 *
 * Errors  an `Error` of the file system.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Goal, isMet } from '../goals/goal.js'
import { renderChart } from './chart.js'
import type { Result } from './result.js'

const FOLDER = fileURLToPath(new URL('../../../../docs/benchmarks/', import.meta.url))

export function writeResult(result: Result, goals: readonly Goal[]): void {
  const kept = goals.map(({ part, name, actual, bound, kind, ...goal }) => {
    return {
      part,
      name,
      actual,
      bound,
      kind,
      isMet: isMet({ part, name, actual, bound, kind, ...goal }),
    }
  })
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(
    `${FOLDER}latest.json`,
    `${JSON.stringify({ ...result, goals: kept }, rounded, 2)}\n`,
  )
  if (result.decisions)
    writeFileSync(`${FOLDER}decisions.svg`, renderChart(result.decisions, result.machine))
}

/** Digits beyond the fourth say nothing. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(4))
    : value
}
