/**
 * What is known of one request while it is on its way through the app.
 *
 * Shape   a {@link Watch} hangs on Node's request under a symbol; whoever makes an object of it by
 *         prototype or proxy still leads to it.
 * Errors  None.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { keptAccess } from '@iamkit/http'
import type { Bypass, Exchange } from './bypass.js'

const WATCH = Symbol.for('iamkit.watch')

/** Who hears of what is seen. */
export interface Observer {
  /** False where an answer proves nothing. */
  readonly answers: boolean
  onBypass(bypass: Bypass): void
  /** The exchange came to its route. */
  onReach(exchange: Exchange): void
}

export class Watch {
  readonly exchange: Exchange
  readonly observer: Observer
  /** Where a guard let the request pass: a route, or a path of the route table. */
  readonly allowedAt = new Set<unknown>()
  /** Where the app says that everybody may call. */
  readonly publicAt = new Set<unknown>()
  #isReported = false

  constructor(exchange: Exchange, observer: Observer) {
    this.exchange = exchange
    this.observer = observer
  }

  report(what: string): void {
    if (this.#isReported) return
    this.#isReported = true
    this.observer.onBypass({ ...this.exchange, what })
  }
}

/** Hangs a watch on a request, and looks at what is answered in the end. */
export function watchRequest(req: IncomingMessage, res: ServerResponse, watch: Watch): void {
  Object.defineProperty(req, WATCH, { value: watch })
  res.once('close', () => lookAtAnswer(req, res, watch))
}

export function watchOf(request: object): Watch | undefined {
  return (request as { readonly [WATCH]?: Watch })[WATCH]
}

/**
 * Tells the search that the handler has begun: the first line of a handler in an app that the search
 * cannot look into. Outside a search it does nothing.
 *
 * @example
 * ```ts
 * handlerRan(ctx.req, 'getDocument')
 * ```
 */
export function handlerRan(request: IncomingMessage, name: string): void {
  if (!isAllowed(request)) watchOf(request)?.report(`handler \`${name}\` ran`)
}

/** Whether a guard has kept an access that allows. In shadow mode it keeps one that does not. */
export function isAllowed(request: object): boolean {
  const access = keptAccess(request)
  return access?.decision.allowed === true && access.refusal === undefined
}

/**
 * Whatever cannot be seen to run can be seen to answer. `OPTIONS` is left out: routers and CORS
 * middleware answer it themselves, and say nothing but which methods there are.
 */
function lookAtAnswer(req: IncomingMessage, res: ServerResponse, watch: Watch): void {
  const { exchange, observer } = watch
  if (!res.headersSent || req.method === 'OPTIONS') return
  if (exchange.beside?.includes(req.url ?? '')) return
  if (res.statusCode !== 404) observer.onReach(exchange)
  if (!observer.answers || res.statusCode < 200 || res.statusCode > 299) return
  if (watch.publicAt.size > 0 || isAllowed(req)) return
  watch.report(`answered ${res.statusCode} to \`${req.method}\` without a decision`)
}
