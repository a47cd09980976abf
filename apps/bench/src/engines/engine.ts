/**
 * What is measured: something that decides, in the form in which its own documentation uses it.
 *
 * Shape   {@link Engine.prepare} puts policies into the engine's words, which costs it nothing here; what it
 *         gives back is what an app does once; {@link Decider.decide} is what it does for each request.
 * Errors  {@link NotExpressibleError} (`ERR_NOT_EXPRESSIBLE`) from `prepare`, for policies that the engine
 *         has no words for.
 *
 * @module
 */
import type { Question, Scenario } from '../workloads/scenario.js'

export interface Decider<Request = unknown> {
  /** A request in the engine's own form, made before any clock starts. */
  requestFor(this: void, question: Question): Request
  decide(this: void, request: Request): boolean
}

export type Build = () => Decider | Promise<Decider>

export interface Engine {
  readonly name: string
  readonly kind: 'iamkit' | 'floor' | 'peer'
  /** Whether it reads AWS policy documents as they are. */
  readonly speaksIam: boolean
  /** Where it makes sense at all, by the scenario's id. Absent: everywhere. */
  readonly only?: readonly string[]
  prepare(scenario: Scenario): Build
}

export class NotExpressibleError extends Error {
  override readonly name = 'NotExpressibleError'
  readonly code = 'ERR_NOT_EXPRESSIBLE'
}
