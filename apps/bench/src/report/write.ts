/**
 * Keeps a run in `docs/benchmarks`: a whole one in `latest.json`, the control plane's figures always in `server.json`.
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

export function writeResult(result: Result, goals: readonly Goal[], isWhole: boolean): void {
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
  const write = (name: string, value: object) =>
    writeFileSync(`${FOLDER}${name}`, `${JSON.stringify(value, rounded, 2)}\n`)
  const { server, machine, decisions, ...rest } = result
  const isOfServer = ({ part }: { readonly part: string }) => part === 'server'
  if (server) write('server.json', { machine, ...server, goals: kept.filter(isOfServer) })
  if (!isWhole) return
  const goalsOfPeers = kept.filter((goal) => !isOfServer(goal))
  write('latest.json', { machine, decisions, ...rest, goals: goalsOfPeers })
  if (decisions) writeFileSync(`${FOLDER}decisions.svg`, renderChart(decisions, machine))
}

/** Digits beyond the fourth say nothing. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(4))
    : value
}
