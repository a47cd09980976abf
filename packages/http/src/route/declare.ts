/**
 * Handlers without a guard that say why.
 *
 * Shape   another handler that does the same: a mark is for good, and the app's own stays as it is.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from {@link declareHandler}, at start-up.
 *
 * @module
 */
import { RouteError } from '../errors.js'
import { type Mark, markHandler } from '../guard/mark.js'
import { isReason } from './reason.js'

/** `public`: everybody may call it. `unguarded`: it may run before the guard. */
export type Declaration = Extract<Mark, { reason: string }>

const EXAMPLES = {
  public: "`publicRoute('load balancer')`",
  unguarded: "`unguarded('counts calls', limiter)`",
}

/** Does what the handler does, and carries a mark that `assertCovered` reads. */
export function declareHandler<H extends (...call: never[]) => unknown>(
  handler: H,
  declaration: Declaration,
): H {
  const { kind, reason } = declaration
  if (!isReason(reason)) {
    throw new RouteError(kind, `say why in a few words, such as ${EXAMPLES[kind]}`)
  }
  if (typeof handler !== 'function') throw new RouteError(kind, 'the handler is no function')
  const same = function (this: ThisParameterType<H>, ...call: never[]): unknown {
    return handler.apply(this, call)
  }
  return markHandler(same as H, declaration)
}
