/**
 * A bounded memory in two generations: what is asked for stays, what is not is forgotten.
 *
 * Units   at most twice `size` values.
 * Errors  None.
 *
 * @module
 */

export class Recent<Value> {
  readonly #size: number
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()

  constructor(size: number) {
    this.#size = size
  }

  /** What is kept under the key, or else what `make` gives, which is kept from now on. */
  get(key: string, make: () => Value): Value {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const value = this.#old.get(key) ?? make()
    if (this.#young.size >= this.#size) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
    return value
  }
}
