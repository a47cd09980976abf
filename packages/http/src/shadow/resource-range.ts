/**
 * The resources of many calls, as the `Resource` element of the smallest statement that names them.
 *
 * Shape   each ARN as it is, up to 20; beyond, one pattern that keeps what all of them share.
 * Errors  None.
 * Source  Specification 1.6 and 2.10: `${*}`, `${?}` and `${$}` stand for the characters themselves.
 *
 * @module
 */

const MAX_LISTED = 20

export class ResourceRange {
  readonly #listed = new Set<string>()
  #pattern: readonly string[] | undefined
  #isBroad = false

  add(resource: string): void {
    const parts = partsOf(resource)
    this.#pattern = this.#pattern === undefined ? parts : shared(this.#pattern, parts)
    if (this.#listed.size < MAX_LISTED) this.#listed.add(resource)
    else if (!this.#listed.has(resource)) this.#isBroad = true
  }

  get listed(): readonly string[] {
    return [...this.#listed]
  }

  /** True where the pattern may name more than was added. */
  get isBroad(): boolean {
    return this.#isBroad
  }

  /** For a policy of version 2012-10-17. */
  patterns(): readonly string[] {
    if (this.#isBroad) return [(this.#pattern ?? []).join('')]
    return this.listed.map((resource) => (resource === '*' ? '*' : literal(resource)))
  }
}

/** Parts with the separators between them, so that joining gives the text again. */
function partsOf(resource: string): readonly string[] {
  return resource.split(/([:/])/).map(literal)
}

/** What both share; from where their shapes part, everything. */
function shared(pattern: readonly string[], parts: readonly string[]): readonly string[] {
  const isSameShape =
    pattern.length === parts.length && pattern.every((part, i) => i % 2 === 0 || part === parts[i])
  if (isSameShape) return pattern.map((part, i) => (part === parts[i] ? part : '*'))
  const differs = pattern.findIndex((part, i) => part !== parts[i])
  return [...pattern.slice(0, differs === -1 ? pattern.length : differs), '*']
}

function literal(text: string): string {
  return text.replace(/[*?$]/g, (character) => `\${${character}}`)
}
