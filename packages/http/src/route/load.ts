/**
 * The app's loader: the object once, for its tags and for the handler.
 *
 * Shape   {@link Loader} answers a {@link LoadedResource}, or undefined where there is none.
 * Errors  None here: one that throws or takes too long refuses the request with 503.
 * Source  Specification 2.12 and 4.3: what a resource is like is said by the server alone.
 *
 * @module
 */
import type { ContextEntries, Tags } from '@iamkit/core'
import { fieldsOf, foreignField } from '../option-kinds.js'
import type { RouteRequest } from '../request.js'

export interface LoadedResource<T> {
  /** The object itself; the handler gets it, and has no need to load it again. */
  readonly value: T
  /** Its tags: `aws:ResourceTag/…`. */
  readonly tags?: Tags | undefined
  /** Its condition keys of the app's own service, such as `docs:Classification`. */
  readonly context?: ContextEntries | undefined
  /** The account that owns it. Absent: the app's. */
  readonly account?: string | undefined
  /** Its ARN, for a route with `arn: 'loaded'`. */
  readonly arn?: string | undefined
}

/** Finds what a route acts on. Undefined or null: there is no such thing. */
export type Loader<T, P extends string = string> = (
  request: RouteRequest<P>,
) => Found<T> | Promise<Found<T>>

export type Found<T> = LoadedResource<T> | undefined | null

const FIELDS = fieldsOf<LoadedResource<unknown>>({
  value: true,
  tags: true,
  context: true,
  account: true,
  arn: true,
})

/** What is wrong with an answer: an object as it is, or tags by another name, which no Deny would see. */
export function loadedProblem(found: object): string | undefined {
  const wanted = 'a loader must answer `{ value, tags }`, or undefined'
  if (typeof found !== 'object' || !('value' in found)) return wanted
  const foreign = foreignField(found, FIELDS)
  return foreign && `${wanted}: \`${foreign}\` is none of ${[...FIELDS].join(', ')}`
}
