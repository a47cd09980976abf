/**
 * What can be wrong with a Resource or NotResource entry.
 *
 * Source  Specification 1.6, 1.9 and 3.1.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from '../arn/arn.js'
import { splitArnPattern } from '../arn/arn-split.js'
import { cut } from '../errors.js'
import { isAccount } from './check-account.js'
import { checkVariables } from './check-variables.js'
import type { PolicyVersion } from './document.js'
import type { ProblemLevel } from './problem.js'
import type { Flaw } from './report.js'
import { variableEnd } from './variable.js'

/** `neverLevel` is how bad it is that an entry never matches: harmless in an Allow, a hole in a Deny. */
export function checkResource(
  resource: string,
  version: PolicyVersion,
  neverLevel: ProblemLevel = 'error',
): Flaw | undefined {
  if (resource === '*') return undefined
  const flaw = (code: string, problem: string): Flaw => ({
    code,
    message: `resource \`${cut(resource)}\` ${problem}`,
  })
  if (resource.length > MAX_ARN_LENGTH) return flaw('invalid-arn', 'is longer than 2048 characters')

  const parts = splitArnPattern(resource, variableEnd)
  const [prefix = '', partition = '', service = '', , account = '', tail] = parts
  if (prefix !== 'arn') return flaw('invalid-arn-prefix', 'must be `*` or start with `arn:`')
  const heads = parts.slice(0, 5)
  if (version === '2012-10-17' && heads.some((head) => head.includes('${'))) {
    const never = 'has a variable before its fifth colon, where none is replaced: it never matches'
    return { ...flaw('variable-unsupported-in-element', never), level: neverLevel }
  }
  if (parts.length < 6 && !resource.endsWith('*')) {
    return flaw(
      'missing-arn-field',
      'needs six parts: `arn:partition:service:region:account:resource`',
    )
  }
  if (partition === '') return flaw('invalid-partition', 'has an empty partition')
  if (service === '' && parts.length > 2) return flaw('invalid-arn-service', 'has an empty service')
  if (service !== service.toLowerCase())
    return flaw('invalid-arn-service-case', 'must have its service in lower case')
  if (account !== '' && !/[*?]/.test(account) && !isAccount(account)) {
    return flaw(
      'invalid-arn-account',
      `has \`${cut(account, 64)}\` for an account; that is twelve digits or a name`,
    )
  }
  if (tail === '') {
    const never = 'has nothing after its fifth colon: it never matches'
    return { ...flaw('missing-arn-field', never), level: neverLevel }
  }
  return checkVariables(tail ?? '', version)
}
