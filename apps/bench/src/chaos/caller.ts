/**
 * Signed calls to the control plane, each made once.
 *
 * Errors  {@link RefusedError} where the answer is no; an `Error` of fetch where there is none.
 *
 * @module
 */
import type { Credentials } from '@iamkit/client'
import { sign } from '@iamkit/sigv4'

/** Longer than a server takes to say that its database is away. */
const PATIENCE = 30_000

export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly status: number

  constructor(status: number, text: string) {
    super(`${status}: ${text.slice(0, 500)}`)
    this.status = status
  }
}

export class Caller {
  readonly #endpoint: string
  readonly #credentials: Credentials

  constructor(endpoint: string, credentials: Credentials) {
    this.#endpoint = endpoint
    this.#credentials = credentials
  }

  /** An operation of IAM: its XML. */
  iam(Action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Action, Version: '2010-05-08', ...parameters })
    return this.#send(new Request(this.#endpoint, { method: 'POST', body }), 'iam')
  }

  /** An operation of iamkit's own service: its JSON. */
  app(method: 'POST' | 'PUT', path: string, body: object): Promise<string> {
    const init = { method, body: JSON.stringify(body) }
    return this.#send(new Request(new URL(path, this.#endpoint), init), 'iamkit')
  }

  async #send(request: Request, service: string): Promise<string> {
    const scope = { service, region: 'us-east-1', date: new Date() }
    const signed = await sign(request, this.#credentials, scope)
    const response = await fetch(signed, { signal: AbortSignal.timeout(PATIENCE) })
    const text = await response.text()
    if (!response.ok) throw new RefusedError(response.status, text)
    return text
  }
}
