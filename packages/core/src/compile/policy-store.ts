/**
 * The policies of very many principals: documents kept once and as text, compiled when first asked,
 * forgotten when not asked any more.
 *
 * Units   `capacity` counts compiled documents and prepared sets together.
 * Errors  {@link PolicyParseError} (`ERR_POLICY_INVALID`) from `add`; a `TypeError` for an option that it does not have.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { flat } from '../glob/flat.js'
import { compactPolicy, expandPolicy } from '../policy/compact.js'
import { type PolicySourceText, parsePolicy } from '../policy/parse.js'
import type { Policy } from '../policy/policy.js'
import type { ParseOptions } from '../policy/read-policy.js'
import { compile } from './compile.js'
import type { CompiledPolicy, CompiledStatement } from './compiled-policy.js'
import { createKeeper, type Keeper } from './keeper.js'
import type { PolicySet } from './policy-set.js'
import { createKeptSet } from './prepared-set.js'

export interface PolicyStore {
  /** Checks a document and keeps it. The same document with the same name and type is kept once. */
  readonly add: (source: PolicySourceText, options?: ParseOptions) => CompiledPolicy
  /** As `createPolicySet`; what was worked out may be forgotten, and is then worked out again. */
  readonly createSet: (policies: PolicySet) => PolicySet
}

export interface PolicyStoreOptions {
  /** How many compiled documents and prepared sets are held at the most. Default: 10,000. */
  readonly capacity?: number | undefined
}

/**
 * Keeps the policies of many principals in little memory.
 *
 * @example
 * ```ts
 * const store = createPolicyStore()
 * const team = store.add(teamPolicy, { type: 'identity', name: 'team.json' })
 * const ada = store.createSet({ identity: [store.add(adasPolicy), team] })
 * ```
 */
export function createPolicyStore(options: PolicyStoreOptions = {}): PolicyStore {
  const { capacity = 10_000, ...others } = options
  for (const name of Object.keys(others)) throw new TypeError(`no option \`${name}\``)
  const keeper = createKeeper(Math.max(1, Math.floor(capacity)))
  const stored = new Map<string, StoredPolicy>()
  return {
    add(source, options = {}) {
      const policy = parsePolicy(source, options)
      const text = flat(compactPolicy(policy))
      const known = stored.get(text) ?? new StoredPolicy(text, keeper)
      stored.set(text, known)
      return known
    },
    createSet: (policies) => createKeptSet(policies, keeper),
  }
}

/** A document as text; compiled while it is asked for. */
class StoredPolicy implements CompiledPolicy {
  used = false
  readonly #text: string
  readonly #keeper: Keeper
  #compiled: CompiledPolicy | undefined

  constructor(text: string, keeper: Keeper) {
    this.#text = text
    this.#keeper = keeper
  }

  get source(): Policy {
    return this.#ready().source
  }

  statementAt(place: number): CompiledStatement {
    return this.#ready().statementAt(place)
  }

  candidates(action: string): readonly number[] {
    return this.#ready().candidates(action)
  }

  forget(): void {
    this.#compiled = undefined
  }

  #ready(): CompiledPolicy {
    this.used = true
    if (this.#compiled) return this.#compiled
    this.#compiled = compile(expandPolicy(this.#text))
    this.#keeper.keep(this)
    return this.#compiled
  }
}
