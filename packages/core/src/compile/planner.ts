/**
 * What a policy set says of each action, worked out once and kept.
 *
 * Units   `KEPT_PLANS` plans are kept an audience, and twice as many held at the most.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`) from `planFor`, for an action that is none.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { Memory } from '../glob/memory.js'
import type { Forgettable, Keeper } from './keeper.js'
import { createPlan, type Layers, layersOf, type Plan } from './plan.js'
import type { PolicySet } from './policy-set.js'
import { createReadyLayer } from './ready-layer.js'

const KEPT_PLANS = 1024

const NO_POLICIES: PolicySet = {}

type Plans = Memory<string, Plan>
const NO_PLANS: Plans = new Memory(0)

/** A keeper may let it forget, and then it is worked out again. */
export class Planner implements Forgettable {
  used = false
  /** The set that it plans for, which holds it too. */
  policies: PolicySet = NO_POLICIES
  readonly #keeper: Keeper | undefined
  #layers: Layers | undefined
  /** Those of the audience that was asked about last: most sets speak for one caller, or one kind. */
  #plans: Plans = NO_PLANS
  #audience = -1
  #others: Map<number, Plans> | undefined

  constructor(keeper?: Keeper) {
    this.#keeper = keeper
  }

  /** Plans are kept under the action as the caller spells it. */
  planFor(audience: number, action: string): Plan {
    this.used = true
    const plans = audience === this.#audience ? this.#plans : this.#turnTo(audience)
    return plans.get(action) ?? this.#plan(plans, audience, action)
  }

  /** Makes the indexes of large sets, so that no first request pays for them. */
  prepare(): Layers {
    if (this.#layers) return this.#layers
    this.#layers = layersOf(this.policies, createReadyLayer)
    this.#keeper?.keep(this)
    return this.#layers
  }

  forget(): void {
    this.#layers = undefined
    this.#others = undefined
    this.#audience = -1
    this.#plans = NO_PLANS
  }

  #turnTo(audience: number): Plans {
    if (this.#plans !== NO_PLANS) {
      this.#others ??= new Map()
      this.#others.set(this.#audience, this.#plans)
    }
    const plans = this.#others?.get(audience) ?? new Memory(KEPT_PLANS)
    this.#plans = plans
    this.#audience = audience
    return plans
  }

  /** Making a plan may make the keeper forget this very planner: then the plan is not kept. */
  #plan(plans: Plans, audience: number, action: string): Plan {
    const plan = createPlan(this.prepare(), audience, action)
    plans.set(action, plan)
    return plan
  }
}
