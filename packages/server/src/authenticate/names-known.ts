/**
 * Whether a request says that it comes from somebody who is here, before its signature is checked.
 *
 * Shape   an access key that is active, a session's token that opens for its key, or a bearer token that holds. The body is not
 *         looked at.
 * Errors  None.
 *
 * @module
 */
import { openSessionToken } from '../session-token/session-token.js'
import { credentialOf, parameterOf, type WireRequest } from '../wire/received.js'
import { type AuthenticateOptions, bearerToken } from './authenticate.js'

export type NamesKnown = (request: WireRequest, now: Date) => Promise<boolean>

export function createNamesKnown({
  world,
  vault,
  bearer,
}: Pick<AuthenticateOptions, 'world' | 'vault' | 'bearer'>): NamesKnown {
  return async (request, now) => {
    const token = bearerToken(request)
    if (token !== undefined) return bearer ? holds(bearer.read(token, now)) : false
    const id = credentialOf(request)?.split('/')[0]
    if (id === undefined) return false
    const session =
      request.header('x-amz-security-token') ?? parameterOf(request, 'X-Amz-Security-Token')
    if (session !== undefined) return openSessionToken(session, id, vault) !== undefined
    return world.accessKey(id)?.key.status === 'Active'
  }
}

function holds(read: Promise<unknown>): Promise<boolean> {
  return read.then(
    () => true,
    () => false,
  )
}
