/**
 * The long-term access keys of users and of root.
 *
 * Units   at most 2 a user.
 * Errors  {@link Fault} `NoSuchEntity`, `LimitExceeded`, `ValidationError`.
 * Source  IAM API reference, CreateAccessKey and its kin.
 *
 * @module
 */
import { invalid, missing } from '../fault.js'
import type { IamOperations } from '../generated/iam-operations.js'
import type { AccountView } from '../state/account-view.js'
import type { AccessKeyEntity, UserEntity } from '../state/entity.js'
import { purposeOf } from '../vault/sealed-field.js'
import { newAccessKeyId, newSecret } from './ids.js'
import { checkQuota } from './limits.js'
import { leaveFor } from './named.js'
import { leaveForUser, userOrRoot } from './own-user.js'
import { inOrder, pageOf } from './page.js'

/** Root's keys are shown without a name. */
function namedFor(user: UserEntity | undefined) {
  return { UserName: user?.name ?? '' }
}

function keyOf(view: AccountView, user: UserEntity | undefined, id: string): AccessKeyEntity {
  const key = view.get('access-key', id)
  if (!key || key.user !== user?.id) throw missing(`The Access Key with id ${id} cannot be found.`)
  return key
}

export const accessKeys = {
  CreateAccessKey: {
    mode: 'write',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, { call, draft }) {
      const user = userOrRoot(input, { call, view: draft })
      checkQuota('AccessKeysPerUser', draft.keysOf(user?.id).length + 1)
      const id = newAccessKeyId()
      const secret = newSecret()
      const key: AccessKeyEntity = {
        id,
        createDate: call.now.toISOString(),
        status: 'Active',
        secret: call.vault.seal(secret, purposeOf('access-key', id)),
        ...(user && { user: user.id }),
      }
      draft.put('access-key', key)
      return {
        AccessKey: {
          ...namedFor(user),
          AccessKeyId: key.id,
          Status: key.status,
          SecretAccessKey: secret,
          CreateDate: new Date(key.createDate),
        },
      }
    },
  },
  ListAccessKeys: {
    mode: 'read',
    access: (input, scope) => leaveForUser(input, scope),
    run(input, { call, view }) {
      const user = userOrRoot(input, { call, view })
      const idOf = ({ id }: AccessKeyEntity) => id
      const { items, rest } = pageOf(inOrder(view.keysOf(user?.id), idOf), input, { keyOf: idOf })
      const AccessKeyMetadata = items.map(({ id, status, createDate }) => ({
        ...namedFor(user),
        AccessKeyId: id,
        Status: status,
        CreateDate: new Date(createDate),
      }))
      return { AccessKeyMetadata, ...rest }
    },
  },
  UpdateAccessKey: {
    mode: 'write',
    access: (input, scope) => leaveForUser(input, scope),
    run({ AccessKeyId, Status, ...input }, { call, draft }) {
      if (Status !== 'Active' && Status !== 'Inactive')
        throw invalid('The status of an access key is Active or Inactive.')
      const user = userOrRoot(input, { call, view: draft })
      draft.put('access-key', { ...keyOf(draft, user, AccessKeyId), status: Status })
    },
  },
  DeleteAccessKey: {
    mode: 'write',
    access: (input, scope) => leaveForUser(input, scope),
    run({ AccessKeyId, ...input }, { call, draft }) {
      const user = userOrRoot(input, { call, view: draft })
      const { id } = keyOf(draft, user, AccessKeyId)
      draft.remove('access-key', id)
      draft.remove('last-used', id)
    },
  },
  GetAccessKeyLastUsed: {
    mode: 'read',
    access: ({ AccessKeyId }, { view }) => {
      const user = ownerOf(view, AccessKeyId)
      return user ? leaveFor(view, 'user', { name: user.name }) : { resource: '*' }
    },
    run({ AccessKeyId }, { view }) {
      if (!view.get('access-key', AccessKeyId))
        throw missing(`The Access Key with id ${AccessKeyId} cannot be found.`)
      const used = view.get('last-used', AccessKeyId)
      const AccessKeyLastUsed = used
        ? { LastUsedDate: new Date(used.date), ServiceName: used.service, Region: used.region }
        : { ServiceName: 'N/A', Region: 'N/A' }
      return { ...namedFor(ownerOf(view, AccessKeyId)), AccessKeyLastUsed }
    },
  },
} satisfies Partial<IamOperations>

function ownerOf(view: AccountView, id: string): UserEntity | undefined {
  const user = view.get('access-key', id)?.user
  return user === undefined ? undefined : view.get('user', user)
}
