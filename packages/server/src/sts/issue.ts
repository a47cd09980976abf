/**
 * New credentials for a session.
 *
 * Errors  None.
 * Source  STS API reference, Credentials.
 *
 * @module
 */
import type { Session } from '../authenticate/caller.js'
import { newSecret } from '../iam/ids.js'
import type { Call } from '../operation.js'
import { sealSession } from '../session-token/session-token.js'
import { newSessionKeyId } from './session-key-id.js'

type Facts = Omit<Session, 'accessKeyId' | 'secretAccessKey' | 'issued' | 'expires'>

/** What a session is, before it has keys. Absent and undefined are the same. */
export type SessionFacts = {
  readonly [K in keyof Facts]: K extends 'account' | 'kind' ? Facts[K] : Facts[K] | undefined
}

export interface IssuedCredentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
  readonly Expiration: Date
}

/** @param seconds how long the session lasts */
export function issueCredentials(
  { now, vault }: Pick<Call, 'now' | 'vault'>,
  facts: SessionFacts,
  seconds: number,
): IssuedCredentials {
  // the wire says whole seconds, and so does the token
  const expiration = new Date(Math.floor(now.getTime() / 1000 + seconds) * 1000)
  const session = {
    ...facts,
    accessKeyId: newSessionKeyId(facts.account),
    secretAccessKey: newSecret(),
    issued: now.toISOString(),
    expires: expiration.toISOString(),
  } as Session
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: sealSession(session, vault),
    Expiration: expiration,
  }
}
