/**
 * Decisions timed one by one, for what the worst of them cost.
 *
 * Units   nanoseconds, less what reading the clock takes.
 * Errors  None.
 *
 * @module
 */
import type { Contender } from './contender.js'
import { median, quantile } from './statistics.js'

export interface Latency {
  readonly p50: number
  readonly p99: number
}

const MOST = 4000
const FEWEST = 10

export function timeSingly({ decider, requests }: Contender, budgetMs: number): Latency {
  const { decide } = decider
  const times: number[] = []
  const end = performance.now() + budgetMs
  while (times.length < FEWEST || (times.length < MOST && performance.now() < end)) {
    const request = requests[times.length % requests.length]
    const start = performance.now()
    decide(request)
    times.push((performance.now() - start) * 1e6)
  }
  const clock = clockNs()
  const net = (q: number) => Math.max(0, quantile(times, q) - clock)
  return { p50: net(0.5), p99: net(0.99) }
}

function clockNs(): number {
  const empty = Array.from({ length: 1000 }, () => {
    const start = performance.now()
    return (performance.now() - start) * 1e6
  })
  return median(empty)
}
