/**
 * Session tokens: all that is known of a session, sealed, so that no server needs to keep it.
 *
 * Shape   the session's JSON, deflated where it is long, and sealed by the vault for its access key alone: a token beside
 *         another key does not open.
 * Units   a token opens to at most 256 KiB.
 * Errors  None: {@link openSessionToken} says `undefined` of what is no token of ours.
 *
 * @module
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Session } from '../authenticate/caller.js'
import type { Vault } from '../vault/vault.js'

const MAX_LENGTH = 256 * 1024
/** Characters that are not worth deflating. */
const PLAIN = 1024

export function sealSession(session: Session, vault: Vault): string {
  const json = JSON.stringify(session)
  const plain = json.length > PLAIN ? deflateRawSync(json).toString('base64url') : json
  return vault.seal(plain, purposeOf(session.accessKeyId))
}

/** The session that a token holds, if it was made here and for this key. Whether it has ended is not asked. */
export function openSessionToken(
  token: string,
  accessKeyId: string,
  vault: Vault,
): Session | undefined {
  try {
    const plain = vault.open(token, purposeOf(accessKeyId))
    return JSON.parse(plain.startsWith('{') ? plain : inflated(plain)) as Session
  } catch {
    return undefined
  }
}

/** How many bytes policies, ARNs and tags of a session take in its token. */
export function packedSize(part: Pick<Session, 'policies' | 'policyArns' | 'tags'>): number {
  return deflateRawSync(JSON.stringify(part)).length
}

function inflated(packed: string): string {
  return inflateRawSync(Buffer.from(packed, 'base64url'), {
    maxOutputLength: MAX_LENGTH,
  }).toString()
}

function purposeOf(accessKeyId: string): string {
  return `session-token ${accessKeyId}`
}
