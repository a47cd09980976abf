/**
 * One HTTP exchange: what is sent, what must come back, and which handlers ran.
 *
 * Shape   plain data. A reply has only the headers that matter here ({@link MATTERS}); ids of decisions are
 *         written `ID`. What a framework does otherwise, and iamkit leaves to it, says why.
 * Errors  None.
 *
 * @module
 */
/** A framework; or a version of it that differs from the others. */
export type FrameworkName =
  | 'express'
  | 'koa'
  | 'koa-router-14'
  | 'fastify'
  | 'fastify-5.0'
  | 'hono'
  | 'hono-4.0'

export interface Ask {
  /** Method and target, as they go over the wire. */
  readonly line: string
  /** The caller's name. Absent: no credentials. */
  readonly as?: string
  /** More header lines. */
  readonly headers?: readonly string[]
  readonly body?: string
  /** The body's type. Absent: JSON. */
  readonly type?: string
}

export interface Reply {
  readonly status: number
  /** Of those that matter. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON is written as the value; other bodies as text. */
  readonly body: unknown
}

/** A difference that is the framework's own. Whatever else it is, the handler may not run on a refusal. */
export interface Difference {
  readonly why: string
  readonly reply?: Reply
  readonly ran?: readonly string[]
}

export type Differences = { readonly [Name in FrameworkName]?: Difference }

export interface Exchange {
  /** Absent: the request says it. */
  readonly title?: string
  readonly ask: Ask
  readonly reply: Reply
  /** The handlers that ran. Absent: none. */
  readonly ran?: readonly string[]
  readonly differs?: Differences
}

/** The headers by which a client, a cache or a browser acts. */
export const MATTERS = [
  'content-type',
  'cache-control',
  'vary',
  'www-authenticate',
  'allow',
  'x-content-type-options',
] as const
