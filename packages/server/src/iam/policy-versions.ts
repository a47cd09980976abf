/**
 * The versions of a managed policy.
 *
 * Units   a policy has at most 5; their numbers are never used twice.
 * Errors  {@link Fault} `NoSuchEntity`, `DeleteConflict`, `LimitExceeded`, `MalformedPolicyDocument`.
 * Source  IAM API reference, CreatePolicyVersion and its kin.
 *
 * @module
 */
import { Fault } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { PolicyVersionEntry } from '../state/entity.js'
import { encodeDocument } from './documents.js'
import {
  changeablePolicy,
  type FoundPolicy,
  findPolicy,
  findVersion,
  leaveForPolicy,
  ownPolicy,
} from './found-policy.js'
import { MOST } from './limits.js'
import { pageOf } from './page.js'
import { checkPolicyText } from './policies.js'

export function shownVersion(
  { id, createDate }: PolicyVersionEntry,
  { defaultVersion }: Pick<FoundPolicy, 'defaultVersion'>,
) {
  return {
    VersionId: id,
    IsDefaultVersion: id === defaultVersion,
    CreateDate: new Date(createDate),
  }
}

/** Newest first. */
export function versionsOf({ versions }: FoundPolicy): readonly PolicyVersionEntry[] {
  return [...versions].reverse()
}

/** Of versions, newest first: numbers count down as the list goes on. */
function versionKey({ id }: PolicyVersionEntry): string {
  return String(1e9 - Number.parseInt(id.slice(1), 10))
}

export const policyVersions = {
  CreatePolicyVersion: {
    mode: 'write',
    access: ({ PolicyArn: arn }, { view }) => leaveForPolicy(view, { arn }),
    run({ PolicyArn, PolicyDocument, SetAsDefault }, { call, draft }) {
      const policy = changeablePolicy(draft, PolicyArn)
      checkPolicyText(PolicyDocument)
      if (policy.versions.length >= MOST.VersionsPerPolicy)
        throw new Fault('LimitExceeded', TOO_MANY, 409)
      const createDate = call.now.toISOString()
      const version = { id: `v${policy.nextVersion}`, document: PolicyDocument, createDate }
      const changed = {
        ...policy,
        updateDate: createDate,
        versions: [...policy.versions, version],
        nextVersion: policy.nextVersion + 1,
        ...(SetAsDefault && { defaultVersion: version.id }),
      }
      draft.put('policy', changed)
      return { PolicyVersion: shownVersion(version, changed) }
    },
  },
  GetPolicyVersion: {
    mode: 'read',
    access: ({ PolicyArn: arn }, { view }) => leaveForPolicy(view, { arn }),
    run({ PolicyArn, VersionId }, { view }) {
      const policy = findPolicy(view, PolicyArn)
      const version = findVersion(policy, VersionId)
      const Document = encodeDocument(version.document)
      return { PolicyVersion: { Document, ...shownVersion(version, policy) } }
    },
  },
  ListPolicyVersions: {
    mode: 'read',
    access: ({ PolicyArn: arn }, { view }) => leaveForPolicy(view, { arn }),
    run({ PolicyArn, ...input }, { view }) {
      const policy = findPolicy(view, PolicyArn)
      const { items, rest } = pageOf(versionsOf(policy), input, { keyOf: versionKey })
      return { Versions: items.map((version) => shownVersion(version, policy)), ...rest }
    },
  },
  SetDefaultPolicyVersion: {
    mode: 'write',
    access: ({ PolicyArn: arn }, { view }) => leaveForPolicy(view, { arn }),
    run({ PolicyArn, VersionId }, { call, draft }) {
      const policy = changeablePolicy(draft, PolicyArn)
      const { id: defaultVersion } = findVersion(ownPolicy(draft, policy), VersionId)
      draft.put('policy', { ...policy, defaultVersion, updateDate: call.now.toISOString() })
    },
  },
  DeletePolicyVersion: {
    mode: 'write',
    access: ({ PolicyArn: arn }, { view }) => leaveForPolicy(view, { arn }),
    run({ PolicyArn, VersionId }, { draft }) {
      const policy = changeablePolicy(draft, PolicyArn)
      const { id } = findVersion(ownPolicy(draft, policy), VersionId)
      if (id === policy.defaultVersion)
        throw new Fault('DeleteConflict', 'Cannot delete the default version of a policy.', 409)
      draft.put('policy', { ...policy, versions: policy.versions.filter((one) => one.id !== id) })
    },
  },
} satisfies Partial<IamOperations>

const TOO_MANY =
  `A managed policy can have up to ${MOST.VersionsPerPolicy} versions. Before you create a new version, ` +
  'you must delete an existing version.'
