/**
 * Permissions boundaries of users and roles.
 *
 * Errors  {@link Fault} `NoSuchEntity`, `ValidationError`.
 * Source  IAM API reference, PutUserPermissionsBoundary and its kin.
 *
 * @module
 */
import { missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { WriteOperation } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import {
  type Bearer,
  bearerOf,
  boundaryKey,
  leaveForBearer,
  type Naming,
  ROLE,
  USER,
} from './bearers.js'
import { attachablePolicy } from './found-policy.js'

type Given<Member extends string> = Naming<Member> & { readonly PermissionsBoundary: string }

/** As it stands in the answer about a user or a role. */
export interface ShownBoundary {
  readonly PermissionsBoundary?: {
    readonly PermissionsBoundaryType: 'PermissionsBoundaryPolicy'
    readonly PermissionsBoundaryArn: string
  }
}

/** What AWS answers, whatever its schema says. */
const ANSWERED: string = 'Policy'

export function shownBoundary(arn: string | undefined): ShownBoundary {
  if (arn === undefined) return {}
  const PermissionsBoundaryType = ANSWERED as 'PermissionsBoundaryPolicy'
  return { PermissionsBoundary: { PermissionsBoundaryType, PermissionsBoundaryArn: arn } }
}

/** The boundary of a new user or role, checked. */
export function boundaryOf(
  view: AccountView,
  arn: string | undefined,
): { readonly boundary?: string } {
  return arn === undefined ? {} : { boundary: attachablePolicy(view, arn).arn }
}

function putOf<K extends 'user' | 'role', Member extends string>(
  bearer: Bearer<K, Member>,
): WriteOperation<Given<Member>, void> {
  return {
    mode: 'write',
    access: (input, { view }) => {
      const context = { 'iam:PermissionsBoundary': input.PermissionsBoundary }
      return leaveForBearer(view, bearer, { input, context })
    },
    run(input, { draft }) {
      const entity = bearerOf(draft, bearer, input)
      draft.put(bearer.kind, { ...entity, ...boundaryOf(draft, input.PermissionsBoundary) })
    },
  }
}

function deleteOf<K extends 'user' | 'role', Member extends string>(
  bearer: Bearer<K, Member>,
): WriteOperation<Naming<Member>, void> {
  return {
    mode: 'write',
    access: (input, { view }) =>
      leaveForBearer(view, bearer, { input, context: boundaryKey(view, bearer, input) }),
    run(input, { draft }) {
      const entity = bearerOf(draft, bearer, input)
      if (entity.boundary === undefined)
        throw missing(`${entity.name} does not have a permissions boundary.`)
      const { boundary: _, ...rest } = entity
      draft.put(bearer.kind, rest as typeof entity)
    },
  }
}

export const boundaries = {
  PutUserPermissionsBoundary: putOf(USER),
  PutRolePermissionsBoundary: putOf(ROLE),
  DeleteUserPermissionsBoundary: deleteOf(USER),
  DeleteRolePermissionsBoundary: deleteOf(ROLE),
} satisfies Partial<IamOperations>
