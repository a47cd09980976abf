/**
 * What can be wrong with a Resource or NotResource entry.
 *
 * Source  Specification 1.6, 1.9 and 3.1.
 *
 * @module
 */
import { MAX_ARN_LENGTH } from '../arn/arn.js'
import { splitArnPattern } from '../arn/arn-split.js'
import { isAccount } from './check-account.js'
import { checkVariables } from './check-variables.js'
import type { PolicyVersion } from './document.js'
import { type Flaw, flawOf } from './flaw.js'
import type { ProblemLevel } from './problem.js'
import { variableEnd } from './variable.js'

export const SIX_PARTS = 'expected `arn:partition:service:region:account:resource`'

/** `neverLevel` is how bad it is that an entry never matches: harmless in an Allow, a hole in a Deny. */
export function checkResource(
  resource: string,
  version: PolicyVersion,
  neverLevel: ProblemLevel = 'error',
): Flaw | undefined {
  if (resource === '*') return undefined
  const flaw = (code: string, remedy?: string) => flawOf(code, resource, remedy)
  if (resource.length > MAX_ARN_LENGTH) return flaw('invalid-arn', 'it is too long')

  const parts = splitArnPattern(resource, variableEnd)
  const [prefix, partition, service = '', , account = '', name] = parts
  if (prefix !== 'arn') return flaw('invalid-arn-prefix', 'expected `*` or `arn:…`')
  if (version === '2012-10-17' && parts.slice(0, 5).some((part) => part.includes('${'))) {
    const remedy = 'none is replaced before the fifth colon, so it never matches'
    return { ...flaw('variable-unsupported-in-element', remedy), level: neverLevel }
  }
  if (parts.length < 6 && !resource.endsWith('*')) return flaw('missing-arn-field', SIX_PARTS)
  if (partition === '') return flaw('invalid-partition')
  if (service === '' && parts.length > 2) return flaw('invalid-arn-service')
  if (service !== service.toLowerCase()) return flaw('invalid-arn-service-case')
  if (account !== '' && !/[*?]/.test(account) && !isAccount(account)) {
    return flaw('invalid-arn-account', 'an account is twelve digits or a name')
  }
  if (name === '') {
    const remedy = 'nothing follows the fifth colon, so it never matches'
    return { ...flaw('missing-arn-field', remedy), level: neverLevel }
  }
  return checkVariables(name ?? '', version)
}
