/**
 * The rows of a list, each decided about by itself: whoever may list need not see them all.
 *
 * Errors  None of its own.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import { accessOf } from '@iamkit/express'
import type { CheckRequest, IamDecision } from '@iamkit/http'
import type { Request } from 'express'
import type { docs } from '../docs.js'
import type { DocsIam } from '../iam.js'

/** What would be asked about a row if the caller requested it alone. */
export type RowQuestion = Pick<CheckRequest<typeof docs>, 'action' | 'resource' | 'resourceTags'>

/** Leaves out the rows that the caller may not see, over the connection of the request. */
export function visibleRows<Row>(
  rows: readonly Row[],
  { iam, req, ask }: { iam: DocsIam; req: Request; ask: (row: Row) => RowQuestion },
): readonly Row[] {
  const { identity, decision } = accessOf(req)
  const context = connectionOf(decision)
  return rows.filter((row) => iam.check({ ...ask(row), identity, context }).allowed)
}

const CONNECTION_KEYS = ['aws:SourceIp', 'aws:SecureTransport', 'aws:UserAgent', 'aws:referer']

/** The keys that the guard took from the connection: a row must not be decided about without them. */
function connectionOf({ request: { context } }: IamDecision): ContextEntries {
  if (typeof context?.get !== 'function')
    throw new TypeError('a guard decides with a whole context')
  const { get } = context
  return Object.fromEntries(CONNECTION_KEYS.map((key) => [key, get(key.toLowerCase())]))
}
