/**
 * Node's request → the little that iamkit reads of it; for adapters of frameworks on `node:http`.
 *
 * Errors  A plain `Error` from `remoteAddress` where the caller has gone: the guard refuses with 500, and
 *         nobody hears it.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { HttpRequest } from '../request.js'

/** What is read of Node's request. */
export type NodeMessage = Pick<IncomingMessage, 'method' | 'rawHeaders' | 'socket'>

type Parameters = Readonly<Record<string, unknown>>

/** What the framework's router and parsers have made of the request. */
export interface Matched {
  /** As {@link HttpRequest.params}, or a function that reads them within the guard, which answers if it throws. */
  readonly params: Parameters | (() => Parameters)
  /** Asked only if an extractor does. Absent: there are none. */
  readonly query?: () => Parameters
  readonly body?: unknown
  /** The method that is decided about. Absent: the request's. */
  readonly method?: string | undefined
  /** The framework's own request. Absent: Node's. */
  readonly source?: unknown
}

/**
 * Headers are read as they came over the wire, each on its own: Node joins some, drops others, and
 * middleware may have changed what is left. Address and encryption are the socket's own, because a
 * header that claims them is worth no more than whoever sent it.
 */
export function nodeRequest(req: NodeMessage, matched: Matched): HttpRequest {
  return new NodeRequest(req, matched)
}

/** A class, so that what every request would make anew is made once. */
class NodeRequest implements HttpRequest {
  readonly method: string
  readonly body: unknown
  readonly remoteAddress: string | undefined
  readonly isSecure: boolean
  readonly source: unknown
  readonly #rawHeaders: readonly string[]
  readonly #matched: Matched

  constructor(req: NodeMessage, matched: Matched) {
    this.method = matched.method ?? req.method ?? ''
    this.#rawHeaders = req.rawHeaders
    this.body = matched.body
    this.remoteAddress = peerAddress(req.socket)
    this.isSecure = (req.socket as Partial<TLSSocket>).encrypted === true
    this.source = matched.source ?? req
    this.#matched = matched
  }

  headers(lowerCaseName: string): readonly string[] {
    return headerValues(this.#rawHeaders, lowerCaseName)
  }

  get params(): Parameters {
    const { params } = this.#matched
    return typeof params === 'function' ? params() : params
  }

  get query(): Parameters {
    return this.#matched.query?.() ?? {}
  }
}

/** Names and values by turns, as they came. HTTP/2 and `inject` of Fastify have no other list that keeps them apart. */
function headerValues(raw: readonly string[], name: string): readonly string[] {
  let values: string[] | undefined
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const found = raw[i] as string
    if (found.length !== name.length || found.toLowerCase() !== name) continue
    // An empty list that grows takes room for seventeen.
    if (values) values.push(raw[i + 1] as string)
    else values = [raw[i + 1] as string]
  }
  return values ?? []
}

/**
 * A caller that has hung up has no address any more, and could so escape a Deny that names addresses.
 * On a Unix socket nobody has one.
 */
function peerAddress(socket: Socket): string | undefined {
  const { remoteAddress, server } = socket as Socket & { server?: { address(): unknown } }
  if (remoteAddress !== undefined || typeof server?.address() === 'string') return remoteAddress
  throw new Error('the caller has hung up')
}
