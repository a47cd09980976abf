/**
 * The little that iamkit reads of a request.
 *
 * Shape   {@link HttpRequest} is what an adapter builds; {@link RouteRequest} is what the app's own
 *         functions get. Neither has a path: the framework has matched it, and nobody reads it twice.
 * Errors  None.
 *
 * @module
 */

export interface HttpRequest {
  /** In upper case, as it is when the guard runs. */
  readonly method: string
  /** Path parameters as the framework bound and decoded them. A wildcard may be a list. */
  readonly params: Readonly<Record<string, unknown>>
  /** Every value of a header as it came over the wire, one a line; empty where absent. */
  headers(lowerCaseName: string): readonly string[]
  /** Query parameters as the framework read them: text where given once, else a list. */
  readonly query: Readonly<Record<string, unknown>>
  /** What the app's body parser left, where one ran before the guard. */
  readonly body: unknown
  /** The address of the socket's other end. Never a header. Absent on a Unix socket. */
  readonly remoteAddress?: string | undefined
  /** True where this connection itself is encrypted. */
  readonly isSecure: boolean
  /** The framework's own request, for what the fields above do not hold. */
  readonly source: unknown
}

/** A request on its route: the parameters are text, and lists are left out. */
export interface RouteRequest<P extends string = string> extends Omit<HttpRequest, 'params'> {
  readonly params: Readonly<Record<P, string>>
  /** Aborted when the loader has taken too long, for what it waits for. */
  readonly signal: AbortSignal
}

/**
 * What the app's own functions see. A class, so that what few ask for is made only when they do; and of methods, because
 * engines put functions that are assigned to `this` among what lives long, and with them all that they hold.
 */
export class RouteView implements RouteRequest {
  readonly method: string
  readonly params: Readonly<Record<string, string>>
  readonly body: unknown
  readonly remoteAddress: string | undefined
  readonly isSecure: boolean
  readonly source: unknown
  readonly #request: HttpRequest
  #controller: AbortController | undefined

  constructor(request: HttpRequest) {
    this.method = request.method
    this.params = textParams(request.params)
    this.body = request.body
    this.remoteAddress = request.remoteAddress
    this.isSecure = request.isSecure
    this.source = request.source
    this.#request = request
  }

  headers(lowerCaseName: string): readonly string[] {
    return this.#request.headers(lowerCaseName)
  }

  get query(): HttpRequest['query'] {
    return this.#request.query
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  abort(reason: unknown): void {
    this.#controller ??= new AbortController()
    this.#controller.abort(reason)
  }
}

/** What inherits from it inherits nothing, and engines make a class of it, which they do not of what inherits from null. */
const NOTHING: object = Object.freeze(Object.create(null))

/** Narrows the parameters to those that are text. */
function textParams(params: HttpRequest['params']): Readonly<Record<string, string>> {
  const text: Record<string, string> = Object.create(NOTHING)
  for (const name of Object.keys(params)) {
    const value = params[name]
    if (typeof value === 'string') text[name] = value
  }
  return text
}
