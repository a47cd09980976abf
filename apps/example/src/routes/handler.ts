/**
 * A handler, whatever the framework: what was decided and what was sent go in, an answer comes out.
 *
 * Errors  {@link NotFoundError} (`ERR_NOT_FOUND`) from {@link found}.
 *
 * @module
 */
import type { Access, HttpRequest } from '@iamkit/http'
import { NotFoundError } from '../errors.js'

/** What a request brings. */
export interface Sent {
  /** By the names in the route's path. */
  readonly params: Readonly<Record<string, string>>
  readonly query: unknown
  readonly body: unknown
  /** As a guard sees it. */
  readonly request: HttpRequest
}

/** A request that a guard has let pass. `Resource` is what the route's loader finds. */
export interface Call<Resource = undefined> extends Sent {
  readonly access: Access<Resource>
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as plain text. */
  readonly text?: string
}

/** Answers a route that everybody may call. */
export type PublicHandler = (sent: Sent) => Answer | Promise<Answer>

export type Handler<Resource = undefined> = (call: Call<Resource>) => Answer | Promise<Answer>

/** The object that was decided about. In shadow mode a call comes through to what is not there. */
export function found<Resource>({ resource }: Access<Resource | undefined>): Resource {
  if (resource === undefined) throw new NotFoundError('there is no such folder or document')
  return resource
}
