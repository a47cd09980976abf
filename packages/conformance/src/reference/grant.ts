/**
 * How the resource policy reaches the caller.
 *
 * Errors  None but that of an unknown operator.
 * Source  Specification 5.4; partitions 5.5.
 *
 * @module
 */
import type { DocumentSet, GrantKind, ReferenceRequest } from './document-set.js'
import { grantKindOf, isAccountPrincipal, partitionOf } from './principal.js'
import type { Question } from './statement.js'
import { applying } from './verdict.js'

/** The kinds of grant, over all Allow statements that apply. */
export function grantKinds(documents: DocumentSet, question: Question): ReadonlySet<GrantKind> {
  const { request } = question
  if (!documents.resource || !sharesPartition(request)) return new Set()
  const kinds = applying([documents.resource], 'Allow', question).map((statement) =>
    statement.Principal === undefined
      ? undefined
      : grantKindOf(statement.Principal, request.principal),
  )
  return new Set(kinds.filter((kind) => kind !== undefined))
}

/** No grant crosses from one partition to another; `*` and callers without an account stand in none. */
export function sharesPartition(request: ReferenceRequest): boolean {
  const { principal, resource } = request
  if (!isAccountPrincipal(principal) || resource === '*') return true
  return partitionOf(principal.arn) === partitionOf(resource)
}
