/**
 * Handlers that everybody may call.
 *
 * Errors  {@link NotFoundError} (`ERR_NOT_FOUND`).
 *
 * @module
 */
import type { AppParts } from '../app-parts.js'
import { NotFoundError } from '../errors.js'
import { type Person, people } from '../people.js'
import type { Answer, PublicHandler } from './handler.js'

export interface PublicHandlers {
  readonly health: PublicHandler
  readonly keys: PublicHandler
  readonly discovery: PublicHandler
  /** Answers the token alone, for a line of curl. */
  readonly signIn: PublicHandler
  /** Answers all that a page needs of a person. */
  readonly session: PublicHandler
  /** Answers a page that asks whether its policies are still the same. */
  readonly policies: PublicHandler
}

const PRIVATE = { 'cache-control': 'no-store' }
/** A browser may keep it, if it asks each time whether it still holds. */
const ASK_AGAIN = { 'cache-control': 'private, no-cache', vary: 'authorization' }

export function createPublicHandlers({
  issuer,
  authority,
}: Pick<AppParts, 'issuer' | 'authority'>): PublicHandlers {
  const { signIn, identify, snapshotFor } = authority
  return {
    health: () => ({ status: 200, text: 'ok\n' }),
    keys: () => ({ status: 200, json: issuer.keys }),
    discovery: () => ({
      status: 200,
      json: { issuer: issuer.name, jwks_uri: `${issuer.name}/keys` },
    }),
    async signIn({ params }) {
      const { token } = await signIn(find(params.name))
      return { status: 200, headers: PRIVATE, text: token }
    },
    async session({ params }) {
      const person = find(params.name)
      return { status: 200, headers: PRIVATE, json: { person, ...(await signIn(person)) } }
    },
    async policies({ request }) {
      if (!snapshotFor) throw new NotFoundError('there are no policies for a page')
      const caller = await identify(request)
      if (!caller || 'problem' in caller) return NOT_SIGNED_IN
      return { status: 200, headers: ASK_AGAIN, json: snapshotFor(caller) }
    },
  }
}

const NOT_SIGNED_IN: Answer = {
  status: 401,
  headers: { ...PRIVATE, 'www-authenticate': 'Bearer' },
  json: { title: 'Not signed in', status: 401, detail: 'sign in again' },
}

function find(name = ''): Person {
  const person = people.get(name)
  if (person) return person
  throw new NotFoundError('there is no such route')
}
