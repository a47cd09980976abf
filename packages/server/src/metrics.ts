/**
 * What the server counts, for Prometheus.
 *
 * Units   seconds.
 * Errors  None.
 *
 * @module
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Trace } from './audit/event-of.js'

export interface Observed {
  /** Seconds by which what is read may be old. */
  readonly staleness: () => number
  readonly queuedWrites: () => number
  readonly lostAuditEvents: () => number
}

export interface Metrics {
  readonly call: (trace: Trace, status: number, seconds: number) => void
  readonly commit: (seconds: number, writes: number) => void
  /** In the text format of Prometheus. */
  readonly text: () => Promise<string>
}

interface Counted {
  readonly labels: Readonly<Record<'service' | 'operation' | 'status' | 'code', string>>
  count: number
}

const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

export function createMetrics(observed: Observed): Metrics {
  const registry = new Registry()
  const registers = [registry]
  /** Calls since the counter was last asked: to find it by its labels costs more than to count. */
  const counted = new Map<string, Counted>()
  const calls: Counter = new Counter({
    name: 'iamkit_calls_total',
    help: 'Calls by operation, status and error code.',
    labelNames: ['service', 'operation', 'status', 'code'],
    registers,
    collect: () => {
      for (const { labels, count } of counted.values()) calls.inc(labels, count)
      counted.clear()
    },
  })
  const duration = new Histogram({
    name: 'iamkit_call_duration_seconds',
    help: 'Time from the whole request to the reply.',
    labelNames: ['service'],
    buckets: BUCKETS,
    registers,
  })
  const commits = new Histogram({
    name: 'iamkit_commit_duration_seconds',
    help: 'Time of a transaction.',
    buckets: BUCKETS,
    registers,
  })
  const writes = new Counter({ name: 'iamkit_writes_total', help: 'Writes.', registers })
  gauge('iamkit_staleness_seconds', 'How old what is read may be.', observed.staleness)
  gauge('iamkit_queued_writes', 'Writes that wait for a transaction.', observed.queuedWrites)
  gauge('iamkit_audit_lost', 'Audit events that were not kept.', observed.lostAuditEvents)

  function gauge(name: string, help: string, read: () => number): void {
    const one: Gauge = new Gauge({ name, help, registers, collect: () => one.set(read()) })
  }

  return {
    call: ({ target, fault }, status, seconds) => {
      const service = target?.service ?? 'none'
      const operation = target?.operation ?? 'none'
      const code = fault?.code ?? ''
      const key = `${service} ${operation} ${status} ${code}`
      const known = counted.get(key)
      if (known) known.count += 1
      else {
        const labels = { service, operation, status: `${status}`, code }
        counted.set(key, { labels, count: 1 })
      }
      duration.observe({ service }, seconds)
    },
    commit: (seconds, count) => {
      commits.observe(seconds)
      writes.inc(count)
    },
    text: () => registry.metrics(),
  }
}
