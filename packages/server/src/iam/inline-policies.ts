/**
 * Inline policies of users, groups and roles.
 *
 * Units   all inline policies of one bearer together have at most 2048 (user), 5120 (group) or 10240 (role)
 *         characters, blanks left out.
 * Errors  {@link Fault} `NoSuchEntity`, `MalformedPolicyDocument`, `LimitExceeded`.
 * Source  IAM API reference, PutUserPolicy and its kin; IAM User Guide, "IAM and STS quotas".
 *
 * @module
 */
import { Fault, missing } from '../fault.js'
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
import { checkDocument, encodeDocument, sizeOf } from './documents.js'
import { inOrder, type PageInput, pageOf } from './page.js'

const MOST = { user: 2048, group: 5120, role: 10_240 }

type Named<Member extends string> = Naming<Member> & { readonly PolicyName: string }
type Written<Member extends string> = Named<Member> & { readonly PolicyDocument: string }

export interface Listed {
  readonly PolicyNames: readonly string[]
  readonly IsTruncated: boolean
  readonly Marker?: string
}

function putOf<K extends BearerKind, Member extends string>(
  bearer: Bearer<K, Member>,
): WriteOperation<Written<Member>, void> {
  return {
    mode: 'write',
    access: (input, { view }) =>
      leaveForBearer(view, bearer, { input, context: boundaryKey(view, bearer, input) }),
    run(input, { draft }) {
      const entity = bearerOf(draft, bearer, input)
      const { PolicyName, PolicyDocument } = input
      checkDocument(PolicyDocument, 'inline')
      const inline = { ...entity.inline, [PolicyName]: PolicyDocument }
      const size = Object.values(inline).reduce((sum, text) => sum + sizeOf(text), 0)
      const most = MOST[bearer.kind]
      if (size > most) {
        const whose = `${bearer.kind} ${entity.name}`
        throw new Fault(
          'LimitExceeded',
          `Maximum policy size of ${most} bytes exceeded for ${whose}`,
          409,
        )
      }
      draft.put(bearer.kind, { ...entity, inline })
    },
  }
}

function getOf<K extends BearerKind, Member extends string>(
  bearer: Bearer<K, Member>,
): ReadOperation<Named<Member>, Written<Member>> {
  return {
    mode: 'read',
    access: (input, { view }) => leaveForBearer(view, bearer, { input }),
    run(input, { view }) {
      const entity = bearerOf(view, bearer, input)
      const document = documentOf(entity.inline, { bearer, name: input.PolicyName })
      return {
        ...({ [bearer.member]: entity.name } as Naming<Member>),
        PolicyName: input.PolicyName,
        PolicyDocument: encodeDocument(document),
      }
    },
  }
}

function deleteOf<K extends BearerKind, Member extends string>(
  bearer: Bearer<K, Member>,
): WriteOperation<Named<Member>, void> {
  return {
    mode: 'write',
    access: (input, { view }) =>
      leaveForBearer(view, bearer, { input, context: boundaryKey(view, bearer, input) }),
    run(input, { draft }) {
      const entity = bearerOf(draft, bearer, input)
      documentOf(entity.inline, { bearer, name: input.PolicyName })
      const { [input.PolicyName]: _, ...inline } = entity.inline
      draft.put(bearer.kind, { ...entity, inline })
    },
  }
}

function listOf<K extends BearerKind, Member extends string>(
  bearer: Bearer<K, Member>,
): ReadOperation<Naming<Member> & PageInput, Listed> {
  return {
    mode: 'read',
    access: (input, { view }) => leaveForBearer(view, bearer, { input }),
    run(input, { view }) {
      const { inline } = bearerOf(view, bearer, input)
      const keyOf = (name: string) => name
      const { items, rest } = pageOf(inOrder(Object.keys(inline), keyOf), input, { keyOf })
      return { PolicyNames: items, ...rest }
    },
  }
}

/** Own properties alone: a policy may be called `constructor`. */
function documentOf(
  inline: Readonly<Record<string, string>>,
  { bearer, name }: { readonly bearer: Bearer; readonly name: string },
): string {
  const document = Object.hasOwn(inline, name) ? inline[name] : undefined
  if (document === undefined)
    throw missing(`The ${bearer.kind} policy with name ${name} cannot be found.`)
  return document
}

export const inlinePolicies = {
  PutUserPolicy: putOf(USER),
  PutGroupPolicy: putOf(GROUP),
  PutRolePolicy: putOf(ROLE),
  GetUserPolicy: getOf(USER),
  GetGroupPolicy: getOf(GROUP),
  GetRolePolicy: getOf(ROLE),
  DeleteUserPolicy: deleteOf(USER),
  DeleteGroupPolicy: deleteOf(GROUP),
  DeleteRolePolicy: deleteOf(ROLE),
  ListUserPolicies: listOf(USER),
  ListGroupPolicies: listOf(GROUP),
  ListRolePolicies: listOf(ROLE),
} satisfies Partial<IamOperations>
