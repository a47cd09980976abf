/**
 * AssumeRoleWithWebIdentity: a token of an OpenID Connect provider opens a session of a role.
 *
 * Errors  {@link Fault} with AWS's codes: `InvalidIdentityToken`, `ExpiredTokenException`, `IDPCommunicationError`,
 *         `AccessDenied`, and those of AssumeRole.
 * Source  STS API reference, AssumeRoleWithWebIdentity; specification 5.10.
 *
 * @module
 */
import type { StsOperations } from '../generated/sts-operations.js'
import { oidcProviderArn } from '../state/arns.js'
import { openFederatedSession } from './federated-session.js'
import { checkInput } from './input.js'
import type { IssuerKeys } from './issuer-keys.js'
import { findTarget } from './target-role.js'
import { sourceIdentityIn, tagsIn, verifyWebIdentity } from './web-identity-token.js'

export function webIdentity(keysOf: IssuerKeys) {
  return {
    AssumeRoleWithWebIdentity: {
      mode: 'read',
      access: 'none',
      run: async (input, { call }) => {
        checkInput('AssumeRoleWithWebIdentity', input)
        const { account } = findTarget(input.RoleArn, call.world)
        const view = call.world.account(account)
        const identity = await verifyWebIdentity(input.WebIdentityToken, view, {
          keysOf,
          now: call.now,
        })
        const { issuer, subject, audience, keys, claims, provider } = identity
        // looked up after the wait, as the role may have changed
        const target = findTarget(input.RoleArn, call.world)
        const opened = openFederatedSession(
          { call, target },
          {
            ...tagsIn(claims),
            provider: oidcProviderArn({ account }, provider.id),
            sourceIdentity: sourceIdentityIn(claims),
            context: keys,
            lasting: keys,
          },
          { ...input, operation: 'AssumeRoleWithWebIdentity', sessionName: input.RoleSessionName },
        )
        return {
          ...opened,
          SubjectFromWebIdentityToken: subject,
          Provider: issuer,
          Audience: audience,
        }
      },
    },
  } satisfies Partial<StsOperations>
}
