/**
 * Managed policies: the account's own, and the built-in ones that everybody may read.
 *
 * Units   a document has at most 6144 characters, blanks left out.
 * Errors  {@link Fault} `NoSuchEntity`, `EntityAlreadyExists`, `DeleteConflict`, `MalformedPolicyDocument`,
 *         `LimitExceeded`, `AccessDenied` for changes of built-in policies.
 * Source  IAM API reference, CreatePolicy and its kin.
 *
 * @module
 */
import { Fault } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import { policyArn } from '../state/arns.js'
import type { PolicyEntity } from '../state/entity.js'
import { checkDocument, sizeOf } from './documents.js'
import {
  builtInPolicies,
  changeablePolicy,
  type FoundPolicy,
  findPolicy,
  leaveForPolicy,
  lookUpPolicy,
  ownPolicy,
} from './found-policy.js'
import { newId } from './ids.js'
import { checkQuota } from './limits.js'
import { type PageInput, pageOf } from './page.js'
import { addTags, leaveToTag, shownTags } from './tags.js'

/** How many bear a policy, and how many are bounded by it. */
export function usesOf(view: AccountView, arn: string) {
  const { users, groups, roles, boundaries } = view.attachments(arn)
  return {
    AttachmentCount: users.size + groups.size + roles.size,
    PermissionsBoundaryUsageCount: boundaries.size,
  }
}

/** As lists have it. */
export function shownPolicy(view: AccountView, policy: FoundPolicy) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    ...usesOf(view, policy.arn),
    IsAttachable: true,
    CreateDate: new Date(policy.createDate),
    UpdateDate: new Date(policy.updateDate),
  }
}

export function checkPolicyText(document: string): void {
  checkDocument(document, 'managed')
  checkQuota('PolicySize', sizeOf(document))
}

interface Listing extends PageInput {
  readonly Scope?: string | undefined
  readonly OnlyAttached?: boolean | undefined
  readonly PathPrefix?: string | undefined
  readonly PolicyUsageFilter?: string | undefined
}

/** Built-in policies last, so that the account's own stand on the first pages. */
function listed(view: AccountView, { Scope, PathPrefix = '/', ...input }: Listing) {
  const own = Scope === 'AWS' ? [] : view.list('policy')
  const builtIn = Scope === 'Local' ? [] : builtInPolicies()
  const at = (index: number) => {
    const policy = own[index]
    return policy ? ownPolicy(view, policy) : builtIn[index - own.length]
  }
  return pageOf({ length: own.length + builtIn.length, at }, input, {
    keyOf: listKey,
    filter: (policy) => policy.path.startsWith(PathPrefix) && isUsed(view, policy.arn, input),
  })
}

function listKey({ own, name }: FoundPolicy): string {
  return `${own ? 0 : 1}${name.toLowerCase()}`
}

function isUsed(view: AccountView, arn: string, { OnlyAttached, PolicyUsageFilter }: Listing) {
  if (!OnlyAttached && PolicyUsageFilter === undefined) return true
  const { AttachmentCount, PermissionsBoundaryUsageCount } = usesOf(view, arn)
  if (PolicyUsageFilter === 'PermissionsPolicy') return AttachmentCount > 0
  if (PolicyUsageFilter === 'PermissionsBoundary') return PermissionsBoundaryUsageCount > 0
  return AttachmentCount + PermissionsBoundaryUsageCount > 0
}

export const policies = {
  CreatePolicy: {
    mode: 'write',
    access: ({ PolicyName: name, Path: path = '/', Tags }, { view }) => {
      const resource = policyArn(view, { name, path })
      return leaveToTag({ resource }, 'iam:TagPolicy', Tags)
    },
    run(
      { PolicyName: name, Path: path = '/', PolicyDocument, Description, Tags },
      { call, draft },
    ) {
      checkPolicyText(PolicyDocument)
      if (draft.named('policy', name)) {
        const words = `A policy called ${name} already exists. Duplicate names are not allowed.`
        throw new Fault('EntityAlreadyExists', words, 409)
      }
      const createDate = call.now.toISOString()
      const policy: PolicyEntity = {
        id: newId('ANPA'),
        name,
        path,
        createDate,
        updateDate: createDate,
        tags: addTags([], Tags),
        versions: [{ id: 'v1', document: PolicyDocument, createDate }],
        defaultVersion: 'v1',
        nextVersion: 2,
        ...(Description !== undefined && { description: Description }),
      }
      draft.put('policy', policy)
      return {
        Policy: { ...shownPolicy(draft, ownPolicy(draft, policy)), ...shownTags(policy.tags) },
      }
    },
  },
  GetPolicy: {
    mode: 'read',
    access: ({ PolicyArn: arn }, { view }) => leaveForPolicy(view, { arn }),
    run({ PolicyArn }, { view }) {
      const policy = findPolicy(view, PolicyArn)
      const { description: Description, tags } = policy
      const told = Description === undefined ? {} : { Description }
      return { Policy: { ...shownPolicy(view, policy), ...told, Tags: tags } }
    },
  },
  ListPolicies: {
    mode: 'read',
    access: () => ({ resource: '*' }),
    run(input, { view }) {
      const { items, rest } = listed(view, input)
      return { Policies: items.map((policy) => shownPolicy(view, policy)), ...rest }
    },
  },
  DeletePolicy: {
    mode: 'write',
    access: ({ PolicyArn: arn }, { view }) => leaveForPolicy(view, { arn }),
    run({ PolicyArn }, { draft }) {
      const policy = changeablePolicy(draft, PolicyArn)
      const { AttachmentCount, PermissionsBoundaryUsageCount } = usesOf(draft, PolicyArn)
      if (AttachmentCount + PermissionsBoundaryUsageCount > 0)
        throw new Fault('DeleteConflict', 'Cannot delete a policy attached to entities.', 409)
      if (policy.versions.length > 1) throw new Fault('DeleteConflict', MORE_VERSIONS, 409)
      draft.remove('policy', policy.id)
    },
  },
} satisfies Partial<IamOperations>

const MORE_VERSIONS =
  "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
  'The default version is deleted with the policy.'

/** What stands for a policy in the lists of those who bear it; one that is gone is left out. */
export function attachedPolicies(view: AccountView, arns: readonly string[]) {
  return arns.flatMap((arn) => {
    const policy = lookUpPolicy(view, arn)
    return policy ? [{ PolicyName: policy.name, PolicyArn: arn, path: policy.path }] : []
  })
}
