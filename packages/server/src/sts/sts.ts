/**
 * The Security Token Service: who somebody is, and credentials that end.
 *
 * Errors  {@link Fault} with AWS's codes.
 * Source  STS API reference 2011-06-15.
 *
 * @module
 */
import type { StsOperations } from '../generated/sts-operations.js'
import { assumeRole } from './assume-role.js'
import { callerIdentity } from './caller-identity.js'
import { createIssuerKeys, type IssuerKeysOptions } from './issuer-keys.js'
import { saml } from './saml.js'
import { userTokens } from './user-tokens.js'
import { webIdentity } from './web-identity.js'

export function createSts(options: IssuerKeysOptions = {}) {
  return {
    ...assumeRole,
    ...callerIdentity,
    ...saml(),
    ...userTokens,
    ...webIdentity(createIssuerKeys(options)),
  } satisfies Partial<StsOperations>
}
