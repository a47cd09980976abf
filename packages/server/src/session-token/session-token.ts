/**
 * Session tokens: all that is known of a session, sealed, so that no server needs to keep it.
 *
 * Shape   the session's JSON, deflated against a dictionary of what every session says, and sealed by the vault for its
 *         access key alone: a token beside another key does not open.
 * Units   a token opens to at most 256 KiB.
 * Errors  None: {@link openSessionToken} says `undefined` of what is no token of ours.
 *
 * @module
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Session } from '../authenticate/caller.js'
import type { Vault } from '../vault/vault.js'

const MAX_LENGTH = 256 * 1024

/** What most sessions say, the most frequent last. Tokens that were made with another one do not open. */
const DICTIONARY = Buffer.from(
  [
    '"federatedKeys":{"aws:FederatedProvider":"arn:aws:iam::","saml:sub_type":"persistent","accounts.google.com:',
    '"transitiveKeys":["sourceIdentity":"provider":"https://oidc-provider/saml-provider/"chained":true,"mfa":"20',
    '"policyArns":["arn:aws:iam::aws:policy/","policies":["{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Sid\\":\\"',
    '\\",\\"Effect\\":\\"Allow\\",\\"Action\\":\\"*\\",\\"Resource\\":\\"*\\",\\"Condition\\":{\\"StringEquals\\":{\\"aws:',
    '"tags":{"kind":"federated","kind":"root","kind":"user","subject":"AIDA","kind":"role","subject":"AROA","name":"',
    '{"account":"","accessKeyId":"ASIA","secretAccessKey":"","issued":"20","expires":"20',
  ].join(''),
)

export function sealSession(session: Session, vault: Vault): string {
  const packed = deflateRawSync(JSON.stringify(session), { dictionary: DICTIONARY })
  return vault.seal(packed.toString('base64url'), purposeOf(session.accessKeyId))
}

/** The session that a token holds, if it was made here and for this key. Whether it has ended is not asked. */
export function openSessionToken(
  token: string,
  accessKeyId: string,
  vault: Vault,
): Session | undefined {
  try {
    const packed = Buffer.from(vault.open(token, purposeOf(accessKeyId)), 'base64url')
    const json = inflateRawSync(packed, { dictionary: DICTIONARY, maxOutputLength: MAX_LENGTH })
    return JSON.parse(json.toString()) as Session
  } catch {
    return undefined
  }
}

/** How many bytes policies, ARNs and tags of a session take in its token. */
export function packedSize(part: Pick<Session, 'policies' | 'policyArns' | 'tags'>): number {
  return deflateRawSync(JSON.stringify(part), { dictionary: DICTIONARY }).length
}

function purposeOf(accessKeyId: string): string {
  return `session-token ${accessKeyId}`
}
