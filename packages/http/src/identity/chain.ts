/**
 * Several ways to say who calls.
 *
 * Shape   each is asked in turn until one finds credentials of its kind. Bad credentials end the search,
 *         as does one that cannot tell: what the next would say is worth nothing then.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`), at start-up.
 *
 * @module
 */
import { IamOptionsError } from '../errors.js'
import type { Authenticator } from './identity.js'

/**
 * Asks one authenticator after the other.
 *
 * @example
 * ```ts
 * createIam({ …, identify: chain(bearer({ … }), signed({ … })) })
 * ```
 */
export function chain(
  ...authenticators: readonly [Authenticator, ...Authenticator[]]
): Authenticator {
  if (authenticators.length === 0 || authenticators.some((one) => typeof one !== 'function')) {
    throw new IamOptionsError('identify', 'a chain needs at least one authenticator')
  }
  const authenticate: Authenticator = async (request) => {
    for (const one of authenticators) {
      const found = await one(request)
      if (found === undefined || found === null) continue
      // What is no answer at all is refused where every answer is looked at.
      if (typeof found !== 'object' || !('problem' in found)) return found
      const [challenge = 'Bearer'] = challengesOf(one)
      return { challenge, ...found }
    }
    return undefined
  }
  const challenges = [...new Set(authenticators.flatMap(challengesOf))]
  return Object.assign(authenticate, { challenge: challenges })
}

function challengesOf({ challenge = 'Bearer' }: Authenticator): readonly string[] {
  return [challenge].flat()
}
