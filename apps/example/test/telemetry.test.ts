import { metrics, trace } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Example, startExample } from './example.js'

const spans = new InMemorySpanExporter()
const points = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const reader = new PeriodicExportingMetricReader({ exporter: points })
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
const meterProvider = new MeterProvider({ readers: [reader] })

beforeAll(() => {
  trace.setGlobalTracerProvider(tracerProvider)
  metrics.setGlobalMeterProvider(meterProvider)
})
afterAll(async () => {
  trace.disable()
  metrics.disable()
  await Promise.all([tracerProvider.shutdown(), meterProvider.shutdown()])
})

const GET = {
  'iamkit.action': 'docs:GetDocument',
  'iamkit.mode': 'enforce',
  'iamkit.resource_type': 'document',
}
const BY_PERSON = { 'iamkit.principal_type': 'role-session' }
const ID = { 'iamkit.decision_id': expect.stringMatching(/^[0-9a-f-]{36}$/) }

describe.each(['express', 'koa'] as const)('telemetry on %s', (framework) => {
  let example: Example
  beforeAll(async () => {
    example = await startExample({ framework })
  }, 60_000)
  afterAll(() => example.close())
  beforeEach(async () => {
    await reader.forceFlush()
    spans.reset()
    points.reset()
  })

  async function threeCalls(): Promise<void> {
    await example.as('ada', 'GET /folders/roadmap/documents/plan')
    await example.as('ada', 'GET /folders/ledger/documents/salaries')
    await example.call({ method: 'GET', path: '/folders/roadmap/documents/plan' })
  }

  it('has a span for each decision, and names neither caller nor resource', async () => {
    await threeCalls()
    const ended = spans.getFinishedSpans()
    expect(ended.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        'iamkit.decide',
        { ...GET, ...BY_PERSON, ...ID, 'iamkit.outcome': 'allowed', 'iamkit.answer': 'Allow' },
      ],
      [
        'iamkit.decide',
        {
          ...GET,
          ...BY_PERSON,
          ...ID,
          'iamkit.outcome': 'denied',
          'iamkit.answer': 'ImplicitDeny',
          'iamkit.policy_type': 'identity',
        },
      ],
      ['iamkit.decide', { ...GET, 'iamkit.outcome': 'unauthenticated' }],
    ])
  })

  it('counts decisions, and measures how long they took', async () => {
    await threeCalls()
    await reader.forceFlush()
    const all = points.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)
    const byName = new Map(
      all.flatMap((scope) => scope.metrics).map((metric) => [metric.descriptor.name, metric]),
    )
    const counted = byName.get('iamkit.decisions')?.dataPoints
    expect(counted?.map(({ attributes, value }) => [attributes['iamkit.outcome'], value])).toEqual([
      ['allowed', 1],
      ['denied', 1],
      ['unauthenticated', 1],
    ])
    const duration = byName.get('iamkit.decision.duration')
    expect(duration?.descriptor).toMatchObject({ unit: 's', type: 'HISTOGRAM' })
    expect(duration?.dataPoints.map(({ value }) => value)).toEqual([
      expect.objectContaining({ count: 1 }),
      expect.objectContaining({ count: 1 }),
      expect.objectContaining({ count: 1 }),
    ])
  })
})
