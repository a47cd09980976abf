/**
 * Who bears a managed policy, or is bounded by it.
 *
 * Errors  {@link Fault} `NoSuchEntity`, `ValidationError`.
 * Source  IAM API reference, ListEntitiesForPolicy.
 *
 * @module
 */
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import type { BearerKind } from './bearers.js'
import { findPolicy, leaveForPolicy } from './found-policy.js'
import { inOrder, pageOf } from './page.js'

interface Holder {
  readonly kind: BearerKind
  readonly id: string
  readonly name: string
  readonly path: string
}

interface Wanted {
  readonly EntityFilter?: string | undefined
  readonly PolicyUsageFilter?: string | undefined
  readonly PathPrefix?: string | undefined
}

function holdersOf(view: AccountView, arn: string, { EntityFilter, PolicyUsageFilter }: Wanted) {
  const { users, groups, roles, boundaries } = view.attachments(arn)
  const attached = PolicyUsageFilter !== 'PermissionsBoundary'
  const bounded = PolicyUsageFilter !== 'PermissionsPolicy' ? [...boundaries] : []
  const ids = {
    user: [...(attached ? users : []), ...bounded],
    group: [...(attached ? groups : [])],
    role: [...(attached ? roles : []), ...bounded],
  }
  const kinds = (['group', 'user', 'role'] as const).filter(
    (kind) => EntityFilter === undefined || EntityFilter.toLowerCase() === kind,
  )
  return kinds.flatMap((kind) => entitiesOf(view, kind, new Set(ids[kind])))
}

/** Boundaries are told by ids alone: those that are of another kind are not found. */
function entitiesOf(view: AccountView, kind: BearerKind, ids: ReadonlySet<string>): Holder[] {
  return [...ids].flatMap((id) => {
    const entity = view.get(kind, id)
    return entity ? [{ kind, id, name: entity.name, path: entity.path }] : []
  })
}

export const policyEntities = {
  ListEntitiesForPolicy: {
    mode: 'read',
    access: ({ PolicyArn: arn }, { view }) => leaveForPolicy(view, { arn }),
    run({ PolicyArn, ...input }, { view }) {
      const { arn } = findPolicy(view, PolicyArn)
      const { PathPrefix = '/' } = input
      const keyOf = ({ kind, name }: Holder) => `${kind} ${name.toLowerCase()}`
      const { items, rest } = pageOf(inOrder(holdersOf(view, arn, input), keyOf), input, {
        keyOf,
        filter: ({ path }) => path.startsWith(PathPrefix),
      })
      const of = (kind: BearerKind) => items.filter((holder) => holder.kind === kind)
      return {
        PolicyGroups: of('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
        PolicyUsers: of('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
        PolicyRoles: of('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
        ...rest,
      }
    },
  },
} satisfies Partial<IamOperations>
