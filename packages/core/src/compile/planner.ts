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

/** A keeper may let it forget, and then it is worked out again. */
export class Planner implements Forgettable {
  used = false
  readonly #policies: PolicySet
  readonly #keeper: Keeper | undefined
  #layers: Layers | undefined
  /** By audience. */
  #plans: (Memory<string, Plan> | undefined)[] = []

  constructor(policies: PolicySet, keeper?: Keeper) {
    this.#policies = policies
    this.#keeper = keeper
  }

  /** Plans are kept under the action as the caller spells it. */
  planFor(audience: number, action: string): Plan {
    this.used = true
    return this.#plans[audience]?.get(action) ?? this.#plan(audience, action)
  }

  /** Makes the indexes of large sets, so that no first request pays for them. */
  prepare(): Layers {
    if (this.#layers) return this.#layers
    this.#layers = layersOf(this.#policies, createReadyLayer)
    this.#keeper?.keep(this)
    return this.#layers
  }

  forget(): void {
    this.#layers = undefined
    this.#plans = []
  }

  #plan(audience: number, action: string): Plan {
    const plan = createPlan(this.prepare(), audience, action)
    this.#plans[audience] ??= new Memory(KEPT_PLANS)
    this.#plans[audience].set(action, plan)
    return plan
  }
}
