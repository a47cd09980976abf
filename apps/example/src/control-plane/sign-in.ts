/**
 * Signing in: a token of the issuer → a session of the person's role → the token by which the app knows that session.
 *
 * Shape   the person's tags go along as session tags, because the issuer vouches for them.
 * Errors  {@link ControlPlaneError} (`ERR_CONTROL_PLANE`) where the control plane refuses or does not answer.
 *
 * @module
 */
import { createClient, fromWebIdentity, sessionIdentity } from '@iamkit/client'
import { decodeJwt } from 'jose'
import type { PersonSession } from '../authority/authority.js'
import { ControlPlaneError } from '../errors.js'
import { AUDIENCE, type Issuer } from '../issuer.js'
import type { Person } from '../people.js'
import { type AccountPolicies, snapshotFor } from './policies.js'

export interface SignInParts {
  readonly endpoint: string
  readonly issuer: Issuer
  readonly policies: AccountPolicies
}

export async function signIn(
  { endpoint, issuer, policies }: SignInParts,
  person: Person,
): Promise<PersonSession> {
  const credentials = fromWebIdentity({
    roleArn: `arn:aws:iam::${person.account}:role/${person.role}`,
    sessionName: person.name,
    token: () => issuer.vouchFor(person),
  })
  try {
    const session = createClient({ endpoint, credentials })
    const { token } = await session.issueToken({ audience: AUDIENCE })
    // It has come from the control plane this moment, so that its claims can be read as they are.
    const identity = sessionIdentity(decodeJwt(token))
    return { token, ...(identity && { snapshot: snapshotFor(policies, identity) }) }
  } catch (cause) {
    throw new ControlPlaneError(`nobody was signed in: ${(cause as Error).message}`, { cause })
  }
}
