/**
 * What a browser knows of one caller's policies: enough to show or hide, never to guard.
 *
 * Shape   JSON, made by `remotePolicies(…).snapshotOf(…)` on the app's server.
 * Errors  None: types only.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'

export interface CanSnapshot {
  readonly format: 1
  readonly principal: RequestPrincipal
  /** Texts of policies. */
  readonly identity: readonly string[]
  readonly boundary?: string
  readonly session?: readonly string[]
}
