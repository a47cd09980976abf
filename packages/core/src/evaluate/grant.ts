/**
 * How a resource policy names the caller, and what each way of naming is worth.
 *
 * Errors  None.
 * Source  Specification 5.4 and 5.5, steps 7 to 9.
 *
 * @module
 */
import type { GrantKind } from '../compile/compiled-policy.js'
import { allows, applying, type Question } from './question.js'
import { resourceType, type Scope } from './scope.js'

/** What each policy type says of a request that nothing denies. */
export interface Verdict {
  readonly kinds: ReadonlySet<GrantKind>
  /** An identity policy allows, or the caller is root. */
  readonly identity: boolean
  /** There is no boundary, or it allows. */
  readonly boundary: boolean
  /** The session is not narrowed to nothing by its session policies. */
  readonly session: boolean
}

export function verdictOf(scope: Scope, question: Question): Verdict {
  const { principal } = question
  return {
    kinds: grantKinds(scope, question),
    identity: principal.type === 'root' || allows(scope.identity, 'identity', question),
    boundary: !scope.boundary || allows([scope.boundary], 'boundary', question),
    session: sessionAllows(scope, question),
  }
}

function grantKinds(scope: Scope, question: Question): ReadonlySet<GrantKind> {
  const kinds = new Set<GrantKind>()
  if (!scope.resource) return kinds
  for (const statement of applying('Allow', [resourceType(scope), scope.resource], question)) {
    const kind = statement.principal?.grant(question.principal)
    if (kind) kinds.add(kind)
  }
  return kinds
}

/** A federated user's session without session policies has no permissions of its own. */
function sessionAllows({ session }: Scope, question: Question): boolean {
  if (session.length === 0) return question.principal.type !== 'federated-user'
  return allows(session, 'session', question)
}

/** Where the caller stands to the resource. */
export type Relation = 'no-account' | 'same-account' | 'cross-account' | 'foreign-partition'

export function isGranted(
  verdict: Verdict,
  relation: Relation,
  trust: 'implicit' | 'explicit',
): boolean {
  const { kinds } = verdict
  const own = verdict.boundary && verdict.session
  switch (relation) {
    case 'no-account':
      return kinds.has('direct')
    case 'same-account':
      if (kinds.has('direct')) return true
      if (own && (kinds.has('role') || kinds.has('user-of-session'))) return true
      return own && verdict.identity && (trust === 'implicit' || kinds.has('account'))
    case 'cross-account':
      return own && verdict.identity && kinds.size > 0
    case 'foreign-partition':
      return false
  }
}
