/**
 * Tagging, untagging and listing the tags of whatever has tags.
 *
 * Shape   written once, for a thing that is found by one member of the request; a bearer of tags is named in
 *         {@link tagging}.
 * Errors  {@link Fault} `NoSuchEntity`, `InvalidInput`, `LimitExceeded`.
 * Source  IAM API reference, TagRole and its kin.
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import type { IamOperations } from '../generated/iam-operations.js'
import type { Access, ReadOperation, WriteOperation } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import type { Entities, TagEntry } from '../state/entity.js'
import { changeablePolicy, findPolicy, leaveForPolicy } from './found-policy.js'
import { findDevice, leaveForDevice } from './mfa-devices.js'
import { find, leaveFor, type Noun } from './named.js'
import { findOidcProvider, leaveForOidcProvider } from './oidc-providers.js'
import { inOrder, type PageInput, pageOf } from './page.js'
import { changeableRole } from './roles.js'
import { findSamlProvider, leaveForSamlProvider } from './saml-providers.js'
import { addTags, removeTags, requestTagKeys, tagKeysKey, withKeysThere } from './tags.js'

type TaggedKind = {
  [K in keyof Entities]: Entities[K] extends { readonly tags: readonly TagEntry[] } ? K : never
}[keyof Entities]

/** What has tags: how requests name it, how it is found, and what leave that takes. */
interface Tagged<K extends TaggedKind, Member extends string> {
  readonly kind: K
  readonly member: Member
  readonly find: (view: AccountView, named: string) => Entities[K]
  /** Absent: as it is found to be read. */
  readonly findToChange?: (view: AccountView, named: string) => Entities[K]
  readonly leave: (view: AccountView, named: string, context: ContextEntries) => Access
}

type Naming<Member extends string> = { readonly [M in Member]: string }

function tagOf<K extends TaggedKind, Member extends string>({
  kind,
  member,
  find,
  findToChange = find,
  leave,
}: Tagged<K, Member>): WriteOperation<
  Naming<Member> & { readonly Tags: readonly TagEntry[] },
  void
> {
  return {
    mode: 'write',
    access: (input, { view }) =>
      withKeysThere(leave(view, input[member], requestTagKeys(input.Tags))),
    run(input, { draft }) {
      const entity = findToChange(draft, input[member])
      draft.put(kind, { ...entity, tags: addTags(entity.tags, input.Tags) })
    },
  }
}

function untagOf<K extends TaggedKind, Member extends string>({
  kind,
  member,
  find,
  findToChange = find,
  leave,
}: Tagged<K, Member>): WriteOperation<
  Naming<Member> & { readonly TagKeys: readonly string[] },
  void
> {
  return {
    mode: 'write',
    access: (input, { view }) =>
      withKeysThere(leave(view, input[member], tagKeysKey(input.TagKeys))),
    run(input, { draft }) {
      const entity = findToChange(draft, input[member])
      draft.put(kind, { ...entity, tags: removeTags(entity.tags, input.TagKeys) })
    },
  }
}

export interface ListedTags {
  readonly Tags: readonly TagEntry[]
  readonly IsTruncated: boolean
  readonly Marker?: string
}

function listOf<K extends TaggedKind, Member extends string>(
  { member, leave }: Pick<Tagged<K, Member>, 'member' | 'leave'>,
  tagsOf: (view: AccountView, named: string) => readonly TagEntry[],
): ReadOperation<Naming<Member> & PageInput, ListedTags> {
  return {
    mode: 'read',
    access: (input, { view }) => leave(view, input[member], {}),
    run(input, { view }) {
      const keyOf = ({ Key }: TagEntry) => Key.toLowerCase()
      const tags = inOrder(tagsOf(view, input[member]), keyOf)
      const { items, rest } = pageOf(tags, input, { keyOf })
      return { Tags: items, ...rest }
    },
  }
}

function named<K extends Noun & TaggedKind, Member extends string>(
  kind: K,
  member: Member,
): Tagged<K, Member> {
  return {
    kind,
    member,
    find: (view, name) => find(view, kind, name),
    leave: (view, name, context) => leaveFor(view, kind, { name, context }),
  }
}

const USER = named('user', 'UserName')
const ROLE: Tagged<'role', 'RoleName'> = {
  ...named('role', 'RoleName'),
  findToChange: changeableRole,
}
const PROFILE = named('instance-profile', 'InstanceProfileName')
const POLICY: Tagged<'policy', 'PolicyArn'> = {
  kind: 'policy',
  member: 'PolicyArn',
  find: changeablePolicy,
  leave: (view, arn, context) => leaveForPolicy(view, { arn, context }),
}
const OIDC: Tagged<'oidc-provider', 'OpenIDConnectProviderArn'> = {
  kind: 'oidc-provider',
  member: 'OpenIDConnectProviderArn',
  find: findOidcProvider,
  leave: leaveForOidcProvider,
}
const SAML: Tagged<'saml-provider', 'SAMLProviderArn'> = {
  kind: 'saml-provider',
  member: 'SAMLProviderArn',
  find: findSamlProvider,
  leave: leaveForSamlProvider,
}
const DEVICE: Tagged<'mfa-device', 'SerialNumber'> = {
  kind: 'mfa-device',
  member: 'SerialNumber',
  find: findDevice,
  leave: leaveForDevice,
}

function tagsFound<K extends TaggedKind, Member extends string>({ find }: Tagged<K, Member>) {
  return (view: AccountView, name: string) => find(view, name).tags
}

export const tagging = {
  TagUser: tagOf(USER),
  UntagUser: untagOf(USER),
  ListUserTags: listOf(USER, tagsFound(USER)),
  TagRole: tagOf(ROLE),
  UntagRole: untagOf(ROLE),
  ListRoleTags: listOf(ROLE, tagsFound(ROLE)),
  TagInstanceProfile: tagOf(PROFILE),
  UntagInstanceProfile: untagOf(PROFILE),
  ListInstanceProfileTags: listOf(PROFILE, tagsFound(PROFILE)),
  TagPolicy: tagOf(POLICY),
  UntagPolicy: untagOf(POLICY),
  ListPolicyTags: listOf(POLICY, (view, arn) => findPolicy(view, arn).tags),
  TagOpenIDConnectProvider: tagOf(OIDC),
  UntagOpenIDConnectProvider: untagOf(OIDC),
  ListOpenIDConnectProviderTags: listOf(OIDC, tagsFound(OIDC)),
  TagSAMLProvider: tagOf(SAML),
  UntagSAMLProvider: untagOf(SAML),
  ListSAMLProviderTags: listOf(SAML, tagsFound(SAML)),
  TagMFADevice: tagOf(DEVICE),
  UntagMFADevice: untagOf(DEVICE),
  ListMFADeviceTags: listOf(DEVICE, tagsFound(DEVICE)),
} satisfies Partial<IamOperations>
