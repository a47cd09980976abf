/**
 * How an app came through, in one line, and whether that is well.
 *
 * Units   bytes; minutes.
 * Errors  None.
 *
 * @module
 */
import type { Tally } from './caller.js'
import { type Point, slopeOf } from './trend.js'

/** Half a megabyte: some bytes for each of thousands of calls would be more. */
const MAX_GROWTH_A_MINUTE = 512 * 1024
/** The part of the time in which caches fill and code is made fast. */
const WARM_UP = 1 / 3

export interface Soaked {
  readonly framework: string
  readonly tally: Tally
  /** Bytes in use over minutes. */
  readonly heap: readonly Point[]
}

/** Bytes a minute, once warm. */
function growthOf({ heap }: Soaked): number {
  const end = heap.at(-1)?.x ?? 0
  return slopeOf(heap.filter(({ x }) => x >= end * WARM_UP))
}

export function isWell(soaked: Soaked): boolean {
  const { wrong, serverErrors, unanswered, calls } = soaked.tally
  const isRight = calls > 0 && wrong + serverErrors + unanswered === 0
  return isRight && growthOf(soaked) <= MAX_GROWTH_A_MINUTE
}

export function renderSoaked(soaked: Soaked): string {
  const { framework, tally, heap } = soaked
  const { calls, inDoubt, left, wrong, serverErrors, unanswered, examples } = tally
  const line = [
    `${isWell(soaked) ? '✓' : '✗'} ${framework.padEnd(7)} ${calls} calls`,
    `${wrong} wrong, ${serverErrors} 5xx, ${unanswered} unanswered`,
    `${inDoubt} while policies changed, ${left} left early`,
    `heap ${megabytes(heap.at(-1)?.y ?? 0)} MB, ${kilobytes(growthOf(soaked))} KB a minute`,
  ].join('; ')
  return [line, ...examples.map((example) => `    ${example.slice(0, 200)}`)].join('\n')
}

function megabytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1)
}

function kilobytes(bytes: number): string {
  const value = Math.round(bytes / 1024)
  return value > 0 ? `+${value}` : String(value)
}
