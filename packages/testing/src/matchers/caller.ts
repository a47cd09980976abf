/**
 * A caller whose permissions a test asks about.
 *
 * Errors  None.
 *
 * @module
 */
import type { AnyService, RequestPrincipal } from '@iamkit/core'
import type { Iam, Identity } from '@iamkit/http'

/** What `expect` takes, for `toBeAllowed` and `toBeDenied`. */
export interface Caller<S extends AnyService = AnyService> {
  /** Only what the matchers ask for, so that a caller is tied to its service and to nothing else. */
  readonly iam: Pick<Iam<S>, 'check'>
  readonly identity: Identity
}

/**
 * Somebody who calls: a principal, or an identity with tags, groups or a login.
 *
 * @example
 * ```ts
 * const ann = as(iam, { principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ann' }, tags: { team: 'eng' } })
 * expect(ann).toBeAllowed('docs:GetDocument', arn, { resourceTags: { team: 'eng' } })
 * ```
 */
export function as<S extends AnyService>(
  iam: Pick<Iam<S>, 'check'>,
  who: RequestPrincipal | Identity,
): Caller<S> {
  return { iam, identity: 'principal' in who ? who : { principal: who } }
}

/** Told by its parts, so that two copies of the package know each other's callers. */
export function isCaller(value: unknown): value is Caller {
  if (typeof value !== 'object' || value === null) return false
  const { iam, identity } = value as Partial<Caller>
  return typeof iam?.check === 'function' && typeof identity?.principal === 'object'
}
