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
}

/** Narrows the parameters to those that are text. */
export function routeRequest(request: HttpRequest): RouteRequest {
  const text = Object.entries(request.params).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const params: Record<string, string> = Object.assign(
    Object.create(null),
    Object.fromEntries(text),
  )
  return {
    method: request.method,
    params,
    headers: (name) => request.headers(name),
    get query() {
      return request.query
    },
    body: request.body,
    remoteAddress: request.remoteAddress,
    isSecure: request.isSecure,
    source: request.source,
  }
}
