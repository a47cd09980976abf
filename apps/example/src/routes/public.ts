/**
 * Handlers that everybody may call.
 *
 * Errors  {@link NotFoundError} (`ERR_NOT_FOUND`).
 *
 * @module
 */
import { NotFoundError } from '../errors.js'
import type { Issuer } from '../issuer.js'
import { people } from '../people.js'
import type { PublicHandler } from './handler.js'

export interface PublicHandlers {
  readonly health: PublicHandler
  readonly keys: PublicHandler
  readonly signIn: PublicHandler
}

export function createPublicHandlers(issuer: Issuer): PublicHandlers {
  return {
    health: () => ({ status: 200, text: 'ok\n' }),
    keys: () => ({ status: 200, json: issuer.keys }),
    async signIn({ params }) {
      const person = people.get(params.name ?? '')
      if (!person) throw new NotFoundError('there is no such route')
      const headers = { 'cache-control': 'no-store' }
      return { status: 200, headers, text: await issuer.signIn(person) }
    },
  }
}
