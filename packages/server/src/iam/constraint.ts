/**
 * What a member of a request must be like, and AWS's sentence for one that is not.
 *
 * Units   lengths count UTF-16 code units and items; both bounds are inclusive.
 * Errors  None: a breach is text.
 * Source  IAM API reference, "Length Constraints", "Pattern", "Valid Range", "Valid Values"; the sentences are IAM's
 *         own, which no longer repeat the value.
 *
 * @module
 */

export type Constraint =
  | {
      readonly kind: 'text'
      readonly length: Bounds
      /** As AWS writes it, for the sentence; it must match from the first character to the last. */
      readonly pattern?: Pattern
    }
  | { readonly kind: 'number'; readonly range: Bounds }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly most: number; readonly each: Constraint }
  | { readonly kind: 'members'; readonly members: Constraints }

export type Constraints = Readonly<Record<string, Constraint>>
export type Bounds = readonly [least: number, most: number]

export interface Pattern {
  readonly test: RegExp
  readonly written: string
  /** What IAM says of names in place of the pattern, and only where nothing else is wrong. */
  readonly words?: string
}

/** A pattern of ours, never of a user's. */
export function pattern(written: string, flags = ''): Pattern {
  return { written, test: new RegExp(`^(?:${written})$`, flags) }
}

/** What IAM says of a text that is not as its pattern asks, if it has words of its own for that. */
export function wordsFor(value: unknown, constraint: Constraint, at: string): string | undefined {
  if (constraint.kind !== 'text' || typeof value !== 'string') return undefined
  const { words, test } = constraint.pattern ?? {}
  if (words === undefined || test?.test(value)) return undefined
  return `The specified value for ${at} is invalid. ${words}`
}

export function text(length: Bounds, matching?: Pattern): Constraint {
  return { kind: 'text', length, ...(matching && { pattern: matching }) }
}

export function choice(...values: readonly string[]): Constraint {
  return { kind: 'choice', values }
}

export function listOf(each: Constraint, most = 1000): Constraint {
  return { kind: 'list', most, each }
}

/** Finds every breach, in the order of the constraints. */
export function* breachesOf(value: unknown, constraint: Constraint, at: string): Iterable<string> {
  if (value === undefined) return
  switch (constraint.kind) {
    case 'text':
      yield* textBreaches(value as string, constraint, at)
      break
    case 'number':
      yield* boundBreaches(Number(value), constraint.range, { at, noun: 'value' })
      break
    case 'choice':
      if (!constraint.values.includes(value as string))
        yield sentence(at, 'Member must satisfy enum value set')
      break
    case 'list':
      yield* listBreaches(value as readonly unknown[], constraint, at)
      break
    case 'members':
      for (const [name, member] of Object.entries(constraint.members)) {
        const given = (value as Readonly<Record<string, unknown>>)[name]
        yield* breachesOf(given, member, `${at}.${spelled(name)}`)
      }
  }
}

/** As AWS's sentences name a member: `RoleName` is `roleName`, `SAMLMetadataDocument` `sAMLMetadataDocument`. */
export function spelled(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1)
}

function* textBreaches(
  value: string,
  { length, pattern }: Constraint & { readonly kind: 'text' },
  at: string,
): Iterable<string> {
  const breaches = [...boundBreaches(value.length, length, { at, noun: 'length' })]
  yield* breaches
  // what is too long is not looked at any further
  if (breaches.length > 0 || !pattern || pattern.words !== undefined) return
  if (!pattern.test.test(value))
    yield sentence(at, `Member must satisfy regular expression pattern: ${pattern.written}`)
}

function* listBreaches(
  items: readonly unknown[],
  { most, each }: Constraint & { readonly kind: 'list' },
  at: string,
): Iterable<string> {
  if (items.length > most) {
    yield sentence(at, `Member must have length less than or equal to ${most}`)
    return
  }
  for (const [index, item] of items.entries()) {
    yield* breachesOf(item, each, `${at}.${index + 1}.member`)
  }
}

function* boundBreaches(
  value: number,
  [least, most]: Bounds,
  { at, noun }: { readonly at: string; readonly noun: string },
): Iterable<string> {
  if (!(value >= least))
    yield sentence(at, `Member must have ${noun} greater than or equal to ${least}`)
  if (value > most) yield sentence(at, `Member must have ${noun} less than or equal to ${most}`)
}

function sentence(at: string, rule: string): string {
  return `Value at '${at}' failed to satisfy constraint: ${rule}`
}
