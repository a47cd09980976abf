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
import type { PublicHandler } from './handler.js'

export interface PublicHandlers {
  readonly health: PublicHandler
  readonly keys: PublicHandler
  readonly discovery: PublicHandler
  /** Answers the token alone, for a line of curl. */
  readonly signIn: PublicHandler
  /** Answers all that a page needs of a person. */
  readonly session: PublicHandler
}

const PRIVATE = { 'cache-control': 'no-store' }

export function createPublicHandlers({
  issuer,
  signIn,
}: Pick<AppParts, 'issuer' | 'signIn'>): PublicHandlers {
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
  }
}

function find(name = ''): Person {
  const person = people.get(name)
  if (person) return person
  throw new NotFoundError('there is no such route')
}
