/**
 * The last things that were asked for, by name; the one that was not asked for the longest goes first.
 *
 * Units   `capacity` counts things.
 * Errors  None, but what `make` throws: then nothing is kept.
 *
 * @module
 */
export class Recent<Thing> {
  readonly #capacity: number
  /** In the order of use, the latest last. */
  readonly #things = new Map<string, Thing>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(name: string): Thing | undefined {
    const thing = this.#things.get(name)
    if (thing !== undefined) this.set(name, thing)
    return thing
  }

  set(name: string, thing: Thing): void {
    this.#things.delete(name)
    this.#things.set(name, thing)
    if (this.#things.size <= this.#capacity) return
    const [oldest] = this.#things.keys()
    if (oldest !== undefined) this.#things.delete(oldest)
  }

  /** What is kept under the name, or else made. */
  getOr(name: string, make: () => Thing): Thing {
    const kept = this.get(name)
    if (kept !== undefined) return kept
    const made = make()
    this.set(name, made)
    return made
  }
}
