/**
 * The app's one instance of iamkit: its service, and what an authority says of policies and callers.
 *
 * Errors  None of its own.
 *
 * @module
 */
import { createIam, type DecisionEvent, type Iam, type Mode } from '@iamkit/http'
import { openTelemetry } from '@iamkit/http/otel'
import type { Authority } from './authority/authority.js'
import { ACME, docs } from './docs.js'

export type DocsIam = Iam<typeof docs>

export interface DocsIamOptions {
  readonly authority: Pick<Authority, 'policies' | 'identify' | 'onDecision'>
  /** `shadow`: lets pass what it would refuse, and reports. Absent: `enforce`. */
  readonly mode?: Mode
  /** Hears of every decision. */
  readonly onDecision?: (event: DecisionEvent) => void
}

export function createDocsIam({ authority, mode, onDecision }: DocsIamOptions): DocsIam {
  const { policies, identify } = authority
  return createIam({
    services: [docs],
    account: ACME,
    policies,
    identify,
    // The example teaches: it says why. In production a denial keeps that to the log.
    explainDenials: true,
    // Spans and metrics, if the process has registered an SDK; without one these are nothing.
    telemetry: openTelemetry(),
    onDecision: (event) => {
      authority.onDecision?.(event)
      onDecision?.(event)
    },
    ...(mode && { mode }),
  })
}

/** Whether the app lets pass what it would refuse. Then its lists leave nothing out either. */
export function isShadow({ options }: DocsIam): boolean {
  return options.mode === 'shadow'
}
