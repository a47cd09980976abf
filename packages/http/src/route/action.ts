/**
 * A route's action, found among the app's services.
 *
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`): no service of the app has such an action.
 *
 * @module
 */
import type { ActionInfo, AnyService } from '@iamkit/core'
import { RouteError } from '../errors.js'

export interface RouteAction extends ActionInfo {
  readonly service: AnyService
}

export function findAction(services: readonly AnyService[], name: string): RouteAction {
  if (typeof name !== 'string') {
    throw new RouteError(typeof name, 'name an action, such as `docs:GetDocument`')
  }
  const service = services.find(({ prefix }) => name.startsWith(`${prefix}:`))
  if (service === undefined) {
    const prefixes = services.map(({ prefix }) => `\`${prefix}:\``).join(', ')
    throw new RouteError(name, `no service of this app has that prefix; there is ${prefixes}`)
  }
  const info = service.actionInfo(name)
  if (info === undefined) {
    throw new RouteError(
      name,
      `no such action; \`${service.prefix}\` has ${service.actions.join(', ')}`,
    )
  }
  if (info.action !== name) throw new RouteError(name, `the action is spelled \`${info.action}\``)
  return { ...info, service }
}
