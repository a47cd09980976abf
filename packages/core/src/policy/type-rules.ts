/**
 * Which element may stand in which type of policy.
 *
 * Errors  None.
 * Source  Specification 1.3.
 *
 * @module
 */
import type { Effect, PolicyType } from './document.js'
import type { Flaw } from './report.js'

type Rule = 'required' | 'forbidden' | 'optional'

interface TypeRules {
  readonly principal: Rule
  readonly notPrincipal: Rule
  readonly resource: Rule
  readonly id: Rule
}

const OWNED: TypeRules = {
  principal: 'forbidden',
  notPrincipal: 'forbidden',
  resource: 'required',
  id: 'forbidden',
}

const RULES: { readonly [Type in PolicyType]: TypeRules } = {
  identity: OWNED,
  boundary: OWNED,
  session: OWNED,
  scp: OWNED,
  rcp: { ...OWNED, principal: 'required' },
  resource: {
    principal: 'required',
    notPrincipal: 'optional',
    resource: 'optional',
    id: 'optional',
  },
  trust: {
    principal: 'required',
    notPrincipal: 'forbidden',
    resource: 'forbidden',
    id: 'optional',
  },
  endpoint: {
    principal: 'required',
    notPrincipal: 'optional',
    resource: 'required',
    id: 'optional',
  },
}

/** Which elements a statement carries, by name, and what it says. */
export interface Outline {
  readonly has: (element: string) => boolean
  readonly effect: Effect | undefined
}

export function idFlaw(type: PolicyType | undefined): Flaw | undefined {
  return type && RULES[type].id === 'forbidden'
    ? forbidden('invalid-policy-element', 'Id', type)
    : undefined
}

/** What is wrong with the choice of a statement's elements. */
export function* elementFlaws(
  { has, effect }: Outline,
  type: PolicyType | undefined,
): Iterable<Flaw> {
  for (const name of ['Principal', 'Action', 'Resource']) {
    if (has(name) && has(`Not${name}`)) {
      yield {
        code: 'unsupported-element-combination',
        message: `\`${name}\` and \`Not${name}\` exclude each other`,
      }
    }
  }
  if (!has('Action') && !has('NotAction')) yield missing('action', 'Action', 'a statement')
  if (has('NotPrincipal') && effect === 'Allow') {
    const message = '`NotPrincipal` stands in a Deny only; with Allow it would reach everybody else'
    yield { code: 'allow-with-not-principal', message }
  }
  if (!type) return
  const rules = RULES[type]
  const noun = `a statement of ${NOUNS[type]}`
  if (
    rules.principal === 'required' &&
    !has('Principal') &&
    !(has('NotPrincipal') && rules.notPrincipal !== 'forbidden')
  ) {
    yield missing('principal', 'Principal', noun)
  }
  if (rules.principal === 'forbidden' && has('Principal'))
    yield forbidden('unsupported-principal', 'Principal', type)
  if (rules.notPrincipal === 'forbidden' && has('NotPrincipal')) {
    yield forbidden('unsupported-principal', 'NotPrincipal', type)
  }
  const hasResource = has('Resource') || has('NotResource')
  if (rules.resource === 'required' && !hasResource) yield missing('resource', 'Resource', noun)
  if (rules.resource === 'forbidden' && hasResource) {
    yield forbidden(
      'role-trust-policy-syntax-error-resource',
      has('Resource') ? 'Resource' : 'NotResource',
      type,
    )
  }
}

/** What a policy of each type is called in a sentence, its article before it. */
export const NOUNS: { readonly [Type in PolicyType]: string } = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  trust: 'a role trust policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  endpoint: 'a VPC endpoint policy',
  scp: 'a service control policy',
  rcp: 'a resource control policy',
}

function missing(what: string, element: string, noun: string): Flaw {
  return { code: `missing-${what}`, message: `${noun} needs \`${element}\`` }
}

function forbidden(code: string, element: string, type: PolicyType): Flaw {
  return { code, message: `${NOUNS[type]} takes no \`${element}\`` }
}
