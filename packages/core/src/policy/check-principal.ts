/**
 * What can be wrong with one entry of a Principal or NotPrincipal.
 *
 * Source  Specification 1.4 and 1.9.
 *
 * @module
 */
import { splitArn } from '../arn/arn-split.js'
import { cut } from '../errors.js'
import { hasControlCharacter } from './characters.js'
import { isAccount } from './check-account.js'
import type { PrincipalKind } from './document.js'
import type { Flaw } from './report.js'

export function checkPrincipal(kind: PrincipalKind, value: string): Flaw | undefined {
  const flaw = (code: string, problem: string): Flaw => ({
    code,
    message: `principal \`${cut(value)}\` ${problem}`,
  })
  if (value.includes('${'))
    return flaw('variable-unsupported-in-element', 'holds a variable; principals take none')
  if (kind === 'AWS' && value === '*') return undefined
  if (/[*?]/.test(value)) {
    return flaw(
      'unsupported-wildcard-in-principal',
      'holds a wildcard; only a lone `*` under `AWS` is one',
    )
  }
  if (value === '' || hasControlCharacter(value))
    return flaw('invalid-principal-value', 'is empty or ill-formed')
  if (kind === 'AWS') return checkAws(value, flaw)
  if (kind === 'Federated') {
    const isArn = /^arn:[^:]+:iam::[^:]+:(saml|oidc)-provider\/./.test(value)
    const isDomain = /^[a-zA-Z0-9.-]+(\/[^\s]*)?$/.test(value)
    return isArn || isDomain
      ? undefined
      : flaw('invalid-federated-principal', 'must be a domain or a provider ARN')
  }
  if (kind === 'Service' && /\s/.test(value))
    return flaw('invalid-service-principal-format', 'is no service name')
  return undefined
}

const NAMED = /^(root$|user\/.|role\/.)/
const SESSION = /^(assumed-role\/[^/]+\/[^/]+|federated-user\/[^/]+)$/

function checkAws(value: string, flaw: (code: string, problem: string) => Flaw): Flaw | undefined {
  if (isAccount(value)) return undefined
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(value)) {
    return {
      ...flaw('invalid-user-reference', 'is a unique id, which names nobody here; use the ARN'),
      level: 'warning',
    }
  }
  const arn = splitArn(value)
  if (arn?.[0] !== 'arn')
    return flaw('invalid-principal-value', 'must be `*`, an account or an ARN')
  const [, partition, service, region, account = '', name = ''] = arn
  if (service === 'iam' && name.startsWith('group/')) {
    return flaw('unsupported-principal', 'is a group; groups are never principals')
  }
  if (partition === '' || region !== '')
    return flaw('invalid-principal-value', 'must read `arn:partition:service::account:name`')
  if (!isAccount(account)) {
    return flaw(
      'invalid-principal-value',
      `has \`${cut(account, 64)}\` for an account; that is twelve digits or a name`,
    )
  }
  const isNamed =
    (service === 'iam' && NAMED.test(name)) || (service === 'sts' && SESSION.test(name))
  return isNamed
    ? undefined
    : flaw('invalid-principal-value', 'is no root, user, role or session ARN')
}
