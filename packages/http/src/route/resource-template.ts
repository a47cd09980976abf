/**
 * A route's path parameters → the ARN of what it acts on.
 *
 * Shape   each placeholder of the resource type's template takes one parameter of the same name.
 * Errors  {@link RequestError} (`ERR_REQUEST_INVALID`): a value that could mean more than itself.
 *         {@link RouteError} (`ERR_ROUTE_INVALID`): the path binds no such parameter.
 * Source  Specification 1.6.
 *
 * @module
 */
import { RequestError } from '@iamkit/core'
import { RouteError } from '../errors.js'
import type { Route } from './route.js'

/** What a path parameter holds only if somebody decodes it once more, or reads it as a path. */
const SUSPICIOUS = /\\|%[0-9a-f]{2}/i

/** Fills the template, so that the result has exactly the template's parts. */
export function fillResource(
  { action, params: names }: Route,
  params: Readonly<Record<string, unknown>>,
  account: string,
): string {
  if (action.resource === undefined) return '*'
  const parts: Record<string, string> = { account }
  for (const name of names) {
    if (!Object.hasOwn(params, name)) {
      throw new RouteError(action.action, `the path binds no \`:${name}\``)
    }
    parts[name] = onePart(name, params[name])
  }
  const build = action.service.arn[action.resource.resourceType]
  if (build === undefined) throw new RouteError(action.action, 'its service builds no such ARN')
  return build(parts)
}

/** Refuses an ARN that is not one of the route's own kind. */
export function checkResource({ action }: Route, arn: unknown): string {
  const type = action.resource?.resourceType
  const match = typeof arn === 'string' ? action.service.match(arn) : undefined
  if (typeof arn !== 'string' || match?.resourceType !== type) {
    throw new RouteError(action.action, `its ARN must be that of a \`${type}\``)
  }
  return arn
}

/** Separators, wildcards, dot segments and the like are refused by the service's own ARN builder. */
function onePart(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new RequestError(name, 'must be one path segment')
  if (SUSPICIOUS.test(value)) throw new RequestError(name, 'must not hold a backslash or an escape')
  return value
}
