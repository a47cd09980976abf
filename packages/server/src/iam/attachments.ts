/**
 * Managed policies on users, groups and roles.
 *
 * Units   at most 10 a bearer.
 * Errors  {@link Fault} `NoSuchEntity`, `LimitExceeded`, `ValidationError`.
 * Source  IAM API reference, AttachUserPolicy and its kin.
 *
 * @module
 */
import { missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { ReadOperation, WriteOperation } from '../operation.js'
import {
  type Bearer,
  type BearerKind,
  bearerOf,
  boundaryKey,
  GROUP,
  leaveForBearer,
  type Naming,
  ROLE,
  USER,
} from './bearers.js'
import { attachablePolicy } from './found-policy.js'
import { checkQuota, type Quota } from './limits.js'
import { inOrder, type PageInput, pageOf } from './page.js'
import { attachedPolicies } from './policies.js'

type Attaching<Member extends string> = Naming<Member> & { readonly PolicyArn: string }

const QUOTAS: { readonly [K in BearerKind]: Quota } = {
  user: 'PoliciesPerUser',
  group: 'PoliciesPerGroup',
  role: 'PoliciesPerRole',
}

function leaveOf<Member extends string>(
  bearer: Bearer<BearerKind, Member>,
): WriteOperation<Attaching<Member>, void>['access'] {
  return (input, { view }) => {
    const context = { ...boundaryKey(view, bearer, input), 'iam:PolicyARN': input.PolicyArn }
    return leaveForBearer(view, bearer, { input, context })
  }
}

function attachOf<K extends BearerKind, Member extends string>(
  bearer: Bearer<K, Member>,
): WriteOperation<Attaching<Member>, void> {
  return {
    mode: 'write',
    access: leaveOf(bearer),
    run(input, { draft }) {
      const entity = bearerOf(draft, bearer, input)
      const { arn } = attachablePolicy(draft, input.PolicyArn)
      if (entity.attached.includes(arn)) return
      checkQuota(QUOTAS[bearer.kind], entity.attached.length + 1)
      draft.put(bearer.kind, { ...entity, attached: [...entity.attached, arn] })
    },
  }
}

function detachOf<K extends BearerKind, Member extends string>(
  bearer: Bearer<K, Member>,
): WriteOperation<Attaching<Member>, void> {
  return {
    mode: 'write',
    access: leaveOf(bearer),
    run(input, { draft }) {
      const entity = bearerOf(draft, bearer, input)
      if (!entity.attached.includes(input.PolicyArn))
        throw missing(`Policy ${input.PolicyArn} was not found.`)
      const attached = entity.attached.filter((arn) => arn !== input.PolicyArn)
      draft.put(bearer.kind, { ...entity, attached })
    },
  }
}

export interface Listed {
  readonly AttachedPolicies: readonly { readonly PolicyName: string; readonly PolicyArn: string }[]
  readonly IsTruncated: boolean
  readonly Marker?: string
}

function listOf<K extends BearerKind, Member extends string>(
  bearer: Bearer<K, Member>,
): ReadOperation<
  Naming<Member> & PageInput & { readonly PathPrefix?: string | undefined },
  Listed
> {
  return {
    mode: 'read',
    access: (input, { view }) => leaveForBearer(view, bearer, { input }),
    run(input, { view }) {
      const { attached } = bearerOf(view, bearer, input)
      const keyOf = ({ PolicyArn }: { PolicyArn: string }) => PolicyArn
      const { PathPrefix = '/' } = input
      const { items, rest } = pageOf(inOrder(attachedPolicies(view, attached), keyOf), input, {
        keyOf,
        filter: ({ path }) => path.startsWith(PathPrefix),
      })
      return { AttachedPolicies: items.map(({ path: _, ...policy }) => policy), ...rest }
    },
  }
}

export const attachments = {
  AttachUserPolicy: attachOf(USER),
  AttachGroupPolicy: attachOf(GROUP),
  AttachRolePolicy: attachOf(ROLE),
  DetachUserPolicy: detachOf(USER),
  DetachGroupPolicy: detachOf(GROUP),
  DetachRolePolicy: detachOf(ROLE),
  ListAttachedUserPolicies: listOf(USER),
  ListAttachedGroupPolicies: listOf(GROUP),
  ListAttachedRolePolicies: listOf(ROLE),
} satisfies Partial<IamOperations>
