/**
 * Decisions as spans and metrics of OpenTelemetry.
 *
 * Shape   span `iamkit.decide`; counter `iamkit.decisions`; histogram `iamkit.decision.duration`. Their
 *         attributes, all texts:
 *         `iamkit.action`          the action that was asked
 *         `iamkit.outcome`         `allowed`, `denied`, `hidden`, `missing`, `unauthenticated`, `invalid`,
 *                                  `unmapped`, `unavailable`; `failed` for a check that threw
 *         `iamkit.mode`            `enforce` or `shadow`; in shadow mode the outcome is what would have been
 *         `iamkit.resource_type`   the type of the resource, where there is one
 *         and of the span alone, where there is a decision:
 *         `iamkit.answer`          `Allow`, `ExplicitDeny` or `ImplicitDeny`
 *         `iamkit.policy_type`     the policy type that a denial rests on
 *         `iamkit.principal_type`  such as `user` or `role-session`
 *         `iamkit.decision_id`     the id in the reply of a refusal
 *         Neither caller nor resource is named: both may be personal, and both are without end.
 * Units   the histogram counts seconds.
 * Errors  None.
 *
 * @module
 */
import type { Attributes, Context, MeterProvider, Span, TracerProvider } from '@opentelemetry/api'
import { context, metrics, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Measured, Measurement, Telemetry } from './telemetry.js'

export interface OpenTelemetryOptions {
  /** Absent: the one that is registered with OpenTelemetry's API. */
  readonly tracerProvider?: TracerProvider
  /** Absent: the one that is registered with OpenTelemetry's API. */
  readonly meterProvider?: MeterProvider
}

/**
 * A span and metrics for every decision.
 *
 * @example
 * ```ts
 * createIam({ …, telemetry: openTelemetry() })
 * ```
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Telemetry {
  const { tracerProvider = trace, meterProvider = metrics } = options
  const tracer = tracerProvider.getTracer('@iamkit/http')
  const meter = meterProvider.getMeter('@iamkit/http')
  const decisions = meter.createCounter('iamkit.decisions', {
    description: 'Decisions by action and outcome',
    unit: '{decision}',
  })
  const duration = meter.createHistogram('iamkit.decision.duration', {
    description: 'How long a guard or a check took',
    unit: 's',
    advice: { explicitBucketBoundaries: BUCKETS },
  })
  return {
    start(action) {
      const startedAt = performance.now()
      const span = tracer.startSpan('iamkit.decide', { attributes: { 'iamkit.action': action } })
      return measurement(span, trace.setSpan(context.active(), span), (result) => {
        const attributes = attributesOf(result)
        decisions.add(1, attributes)
        duration.record((performance.now() - startedAt) / 1000, attributes)
      })
    },
  }
}

/** From what a decision takes to what a slow loader takes. */
const BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]

function measurement(span: Span, active: Context, record: (result: Measured) => void): Measurement {
  return {
    within: (work) => context.with(active, work),
    end(result) {
      record(result)
      span.setAttributes({ ...attributesOf(result), ...decisionAttributes(result) })
      // A denial is an answer; that there is none is an error.
      const isError = result.outcome === 'unavailable' || result.outcome === 'failed'
      if (isError) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    },
  }
}

function attributesOf({ action, outcome, mode, resourceType }: Measured): Attributes {
  return {
    'iamkit.action': action,
    'iamkit.outcome': outcome,
    'iamkit.mode': mode,
    ...(resourceType !== undefined && { 'iamkit.resource_type': resourceType }),
  }
}

function decisionAttributes({ decision }: Measured): Attributes {
  if (decision === undefined) return {}
  return {
    'iamkit.answer': decision.answer,
    ...(decision.answer !== 'Allow' && { 'iamkit.policy_type': decision.type }),
    'iamkit.principal_type': decision.request.principal.type,
    'iamkit.decision_id': decision.id,
  }
}
