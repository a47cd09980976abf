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
import { createIssuerFetch, type IssuerFetchOptions } from './issuer-fetch.js'
import { createIssuerKeys } from './issuer-keys.js'
import { saml } from './saml.js'
import { userTokens } from './user-tokens.js'
import { webIdentity } from './web-identity.js'

/** @param options where issuers of web identities may be */
export function createSts(options: IssuerFetchOptions = {}) {
  return {
    ...assumeRole,
    ...callerIdentity,
    ...saml(),
    ...userTokens,
    ...webIdentity(createIssuerKeys(createIssuerFetch(options))),
  } satisfies Partial<StsOperations>
}
