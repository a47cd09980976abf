import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  type ContextManager,
  context,
  type MeterProvider,
  ROOT_CONTEXT,
  type Span,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowAll, ann, docsIam, httpRequest } from '../../test/docs.js'
import { openTelemetry } from './otel.js'

interface Recorded {
  readonly name: string
  readonly attributes: Record<string, unknown>
  status?: unknown
  hasEnded?: boolean
}

/** A small SDK: it keeps what it is told. */
function sdk() {
  const spans: Recorded[] = []
  const points: [name: string, value: number, attributes: unknown][] = []
  const startSpan = (name: string, options: { attributes: object }) => {
    const recorded: Recorded = { name, attributes: { ...options.attributes } }
    spans.push(recorded)
    return {
      setAttributes: (more: object) => void Object.assign(recorded.attributes, more),
      setStatus: (status: unknown) => void Object.assign(recorded, { status }),
      end: () => void Object.assign(recorded, { hasEnded: true }),
      recorded,
    } as unknown as Span
  }
  const keep = (name: string) => (value: number, attributes: unknown) =>
    void points.push([name, value, attributes])
  const tracerProvider = { getTracer: () => ({ startSpan }) } as unknown as TracerProvider
  const meterProvider = {
    getMeter: () => ({
      createCounter: (name: string) => ({ add: keep(name) }),
      createHistogram: (name: string) => ({ record: keep(name) }),
    }),
  } as unknown as MeterProvider
  return { spans, points, telemetry: openTelemetry({ tracerProvider, meterProvider }) }
}

const active = new AsyncLocalStorage<Context>()

beforeAll(() => {
  context.setGlobalContextManager({
    active: () => active.getStore() ?? ROOT_CONTEXT,
    with: ((inner: Context, work: () => unknown) =>
      active.run(inner, work)) as ContextManager['with'],
    bind: (_inner, target) => target,
    enable: () => context as never,
    disable: () => context as never,
  })
})
afterAll(() => context.disable())

describe('openTelemetry', () => {
  it('gives a span and metrics for every guard', async () => {
    const { spans, points, telemetry } = sdk()
    const { iam } = docsIam(allowAll, { telemetry })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    const attributes = {
      'iamkit.action': 'docs:GetDocument',
      'iamkit.outcome': 'allowed',
      'iamkit.mode': 'enforce',
      'iamkit.resource_type': 'document',
    }
    expect(spans).toEqual([
      {
        name: 'iamkit.decide',
        hasEnded: true,
        attributes: {
          ...attributes,
          'iamkit.answer': 'Allow',
          'iamkit.principal_type': 'user',
          'iamkit.decision_id': outcome.kind === 'allowed' && outcome.access.decision.id,
        },
      },
    ])
    expect(points).toEqual([
      ['iamkit.decisions', 1, attributes],
      ['iamkit.decision.duration', expect.any(Number), attributes],
    ])
  })

  it('says what a denial rests on, and what shadow mode would have done', async () => {
    const { spans, telemetry } = sdk()
    const { iam } = docsIam(
      { Statement: { Effect: 'Deny', Action: '*', Resource: '*' } },
      { telemetry },
    )
    await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    await iam.guard(iam.route('docs:GetDocument', { mode: 'shadow' }), httpRequest())
    const denied = { 'iamkit.outcome': 'denied', 'iamkit.policy_type': 'identity' }
    expect(spans.map(({ attributes }) => attributes)).toMatchObject([
      { ...denied, 'iamkit.mode': 'enforce' },
      { ...denied, 'iamkit.mode': 'shadow' },
    ])
  })

  it('marks what could not be decided as an error, and nothing else', async () => {
    const { spans, telemetry } = sdk()
    const { iam } = docsIam(allowAll, { telemetry })
    const broken = () => {
      throw new Error('down')
    }
    await iam.guard(iam.route('docs:GetDocument', { resource: broken }), httpRequest())
    await iam.guard(iam.route('docs:GetDocument'), httpRequest({ params: {} }))
    expect(() => iam.check({ identity: ann, action: 'docs:Nothing' as never })).toThrow()
    iam.check({ identity: ann, action: 'docs:ReadStatus' })
    expect(spans.map(({ attributes, status }) => [attributes['iamkit.outcome'], status])).toEqual([
      ['unavailable', { code: 2 }],
      ['unavailable', { code: 2 }],
      ['failed', { code: 2 }],
      ['allowed', undefined],
    ])
    expect(spans.every(({ hasEnded }) => hasEnded)).toBe(true)
  })

  it('names neither caller nor resource', async () => {
    const { spans, points, telemetry } = sdk()
    const { iam } = docsIam(allowAll, { telemetry })
    await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(JSON.stringify([spans, points])).not.toMatch(/user\/|folder\/|203\.0\.113/)
  })

  it('lets the spans of a loader become children', async () => {
    const { telemetry } = sdk()
    const { iam } = docsIam(allowAll, { telemetry })
    let parent: unknown
    const resource = async () => {
      await Promise.resolve()
      parent = trace.getActiveSpan()
      return { value: 1 }
    }
    await iam.guard(iam.route('docs:GetDocument', { resource }), httpRequest())
    expect(parent).toMatchObject({ recorded: { name: 'iamkit.decide' } })
    expect(trace.getActiveSpan()).toBeUndefined()
  })

  it('is content without an SDK', async () => {
    const { iam } = docsIam(allowAll, { telemetry: openTelemetry() })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(outcome.kind).toBe('allowed')
  })
})
