/**
 * Which element may stand in which type of policy.
 *
 * Errors  None.
 * Source  Specification 1.3.
 *
 * @module
 */
import type { Effect, PolicyType } from './document.js'
import { type Flaw, flawOf } from './flaw.js'

/** What a type demands, by itself or as a Not form that it takes, and what it refuses. */
type TypeRules = readonly [needs: readonly string[], refuses: readonly string[]]

const ATTACHED: TypeRules = [['Resource'], ['Id', 'Principal', 'NotPrincipal']]

const RULES: { readonly [Type in PolicyType | 'any']: TypeRules } = {
  any: [[], []],
  identity: ATTACHED,
  boundary: ATTACHED,
  session: ATTACHED,
  scp: ATTACHED,
  rcp: [
    ['Principal', 'Resource'],
    ['Id', 'NotPrincipal'],
  ],
  resource: [['Principal'], []],
  trust: [['Principal'], ['NotPrincipal', 'Resource', 'NotResource']],
  endpoint: [['Principal', 'Resource'], []],
}

const PAIRS = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
] as const

/** What is wrong with the choice of a statement's elements. */
export function* elementFlaws(
  elements: { readonly has: (name: string) => boolean },
  effect: Effect | undefined,
  type: PolicyType | 'any',
): Iterable<Flaw> {
  const [needs, refuses] = RULES[type]
  for (const [name, opposite] of PAIRS) {
    const isNeeded = name === 'Action' || needs.includes(name)
    const isMet = [name, opposite].some((one) => elements.has(one) && !refuses.includes(one))
    if (isNeeded && !isMet)
      yield flawOf(`missing-${name.toLowerCase()}`, undefined, `expected \`${name}\``)
    if (elements.has(name) && elements.has(opposite))
      yield flawOf('unsupported-element-combination', name, `\`${opposite}\` excludes it`)
  }
  if (elements.has('NotPrincipal') && effect === 'Allow')
    yield flawOf('allow-with-not-principal', undefined, 'it would reach everybody else')
}

/** What is wrong with an element that a type refuses, wherever it stands. */
export function refusalOf(element: string, type: PolicyType | 'any'): Flaw | undefined {
  if (!RULES[type][1].includes(element)) return undefined
  const code = element.endsWith('Principal')
    ? 'unsupported-principal'
    : element.endsWith('Resource')
      ? 'role-trust-policy-syntax-error-resource'
      : 'invalid-policy-element'
  return flawOf(code, element, `type \`${type}\` takes none`)
}
