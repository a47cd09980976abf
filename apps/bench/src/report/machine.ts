/**
 * Where and with what a run was made.
 *
 * Errors  None.
 *
 * @module
 */
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly v8: string
  /** Processes that wanted to run when the run began: above the number of cores, figures are noisy. */
  readonly load: number
  /** ISO 8601, in UTC. */
  readonly date: string
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    date: new Date().toISOString(),
  }
}
