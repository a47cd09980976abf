/**
 * What can be wrong with one entry of a Principal or NotPrincipal.
 *
 * Source  Specification 1.4 and 1.9.
 *
 * @module
 */
import { hasControlCharacter } from './characters.js'
import { ACCOUNT } from './check-account.js'
import type { PrincipalKind } from './document.js'
import { type Flaw, firstFlaw, flawOf, NO_VARIABLE, type Rule } from './flaw.js'

const EVERY_KIND: readonly Rule[] = [
  NO_VARIABLE,
  [/[*?]/, 'unsupported-wildcard-in-principal', 'only a lone `*` under `AWS` is one'],
  [/^$/, 'invalid-principal-value'],
  [{ test: hasControlCharacter }, 'invalid-principal-value'],
]

const NAMED =
  'iam::[^:]*:(?:root$|user/.|role/.)|sts::[^:]*:(?:assumed-role/[^/]+/[^/]+$|federated-user/[^/]+$)'

const NO_PRINCIPAL = new RegExp(`^(?!${ACCOUNT}$|arn:[^:]+:(?:${NAMED}))`)
const NO_ACCOUNT = new RegExp(`^arn:[^:]*:[^:]*::(?!${ACCOUNT}:)`)

const RULES: { readonly [Kind in PrincipalKind]: readonly Rule[] } = {
  AWS: [
    [/^arn:[^:]*:iam:[^:]*:[^:]*:group\//, 'unsupported-principal', 'groups are never principals'],
    [
      NO_PRINCIPAL,
      'invalid-principal-value',
      'expected `*`, an account, or the ARN of a root, user, role or session',
    ],
    [NO_ACCOUNT, 'invalid-principal-value', 'an account is twelve digits or a name'],
  ],
  Service: [[/\s/, 'invalid-service-principal-format']],
  Federated: [
    [
      /^(?!arn:[^:]+:iam::[^:]+:(saml|oidc)-provider\/.|[a-zA-Z0-9.-]+(\/\S*)?$)/,
      'invalid-federated-principal',
      'expected a domain or the ARN of a provider',
    ],
  ],
  CanonicalUser: [],
}

export function checkPrincipal(kind: PrincipalKind, value: string): Flaw | undefined {
  if (kind === 'AWS' && value === '*') return undefined
  if (kind === 'AWS' && /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(value)) {
    const flaw = flawOf('invalid-user-reference', value, 'a unique id names nobody here')
    return { ...flaw, level: 'warning' }
  }
  return firstFlaw(value, [...EVERY_KIND, ...RULES[kind]])
}
