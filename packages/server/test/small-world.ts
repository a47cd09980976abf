/**
 * Accounts in memory without a store, and calls to operations as the pipeline makes them.
 *
 * Shape   everybody signs; what is not allowed throws its fault.
 */
import { readRequest, sign } from '@iamkit/sigv4'
import { createAuthenticate } from '../src/authenticate/authenticate.js'
import { authorize } from '../src/authorize/authorize.js'
import { newAccessKeyId, newId, newSecret } from '../src/iam/ids.js'
import type { Call, Operation } from '../src/operation.js'
import { AccountState } from '../src/state/account-state.js'
import { Draft } from '../src/state/draft.js'
import type {
  Entities,
  GroupEntity,
  Kind,
  RoleEntity,
  TagEntry,
  UserEntity,
} from '../src/state/entity.js'
import { WorldState } from '../src/state/world.js'
import { purposeOf } from '../src/vault/sealed-field.js'
import { createVault } from '../src/vault/vault.js'
import { createVaultKey, parseVaultKeys } from '../src/vault/vault-key.js'

export const HOME = '111122223333'
export const AWAY = '444455556666'

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** As STS answers. */
export interface Answered {
  readonly Credentials?: {
    readonly AccessKeyId: string
    readonly SecretAccessKey: string
    readonly SessionToken: string
  }
}

export interface Callable {
  /** Of its actions; what it is signed for. */
  readonly prefix: string
  // biome-ignore lint/suspicious/noExplicitAny: the operations of any service
  readonly operations: Readonly<Record<string, Operation<any, any>>>
}

export class SmallWorld {
  readonly world = new WorldState()
  readonly vault = createVault(parseVaultKeys(createVaultKey()))
  readonly authenticate = createAuthenticate({ world: this.world, vault: this.vault })
  now = new Date('2026-05-01T12:00:00Z')

  constructor() {
    for (const account of [HOME, AWAY]) this.put(account, 'account', { id: account })
  }

  put<K extends Kind>(account: string, kind: K, entity: Omit<Entities[K], 'createDate'>): void {
    const after = { createDate: '2026-01-01T00:00:00.000Z', ...entity } as unknown as Entities[K]
    this.world.apply({ account, kind, id: after.id, after })
  }

  user(name: string, more: Partial<UserEntity> = {}, account = HOME): UserEntity {
    const user = { ...bearer(name), id: newId('AIDA'), tags: [], groups: [], ...more }
    this.put(account, 'user', user)
    return user
  }

  group(name: string, more: Partial<GroupEntity> = {}, account = HOME): GroupEntity {
    const group = { ...bearer(name), id: newId('AGPA'), ...more }
    this.put(account, 'group', group)
    return group
  }

  /** Of the first account. */
  role(name: string, trust: unknown, more: Partial<RoleEntity> = {}): RoleEntity {
    const role = {
      ...bearer(name),
      id: newId('AROA'),
      tags: [],
      maxSessionDuration: 3600,
      trust: JSON.stringify(trust),
      ...more,
    }
    this.put(HOME, 'role', role)
    return role
  }

  /** A key of a user; of root where there is none. */
  keys(user?: UserEntity, account = HOME): Keys {
    const id = newAccessKeyId()
    const secretAccessKey = newSecret()
    const secret = this.vault.seal(secretAccessKey, purposeOf('access-key', id))
    this.put(account, 'access-key', {
      id,
      status: 'Active',
      secret,
      ...(user && { user: user.id }),
    })
    return { accessKeyId: id, secretAccessKey }
  }

  async caller(keys: Keys, signingName = 'sts') {
    const request = new Request('https://iam.example.com/', { method: 'POST', body: 'Action=Any' })
    const scope = { service: signingName, region: 'us-east-1', date: this.now }
    const signed = await readRequest(await sign(request, keys, scope))
    return this.authenticate(signed, { signingName, protocol: 'awsQuery', now: this.now })
  }

  /** @param keys absent: nobody signs */
  async call({ prefix, operations }: Callable, [name, input]: [string, object], keys?: Keys) {
    const operation = operations[name]
    if (!operation) throw new Error(`no operation ${name}`)
    const nobody = { principal: { type: 'anonymous' }, account: '', userId: '' } as const
    const caller = keys ? (await this.caller(keys, prefix)).caller : nobody
    const call: Call = {
      caller,
      account: caller.account,
      now: this.now,
      requestId: 'test',
      region: 'us-east-1',
      vault: this.vault,
      world: this.world,
      requestKeys: { 'aws:SourceIp': '203.0.113.9', 'aws:SecureTransport': true },
      write: async (account, run) => run(new Draft(this.world, account)),
    }
    const view = this.world.account(caller.account) ?? new AccountState('')
    const { refusal } = authorize({ service: prefix, name, operation, input }, { call, view })
    if (refusal) throw refusal
    if (operation.mode === 'read') return operation.run(input, { call, view })
    const prepared = await operation.prepare?.(input, { call, view })
    return operation.run(input, { call, draft: new Draft(this.world, caller.account), prepared })
  }
}

export function keysIn({ Credentials }: Answered): Keys {
  if (!Credentials) throw new Error('no credentials')
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

export function allow(Action: string | readonly string[], more: object = {}) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
  }
}

export function trust(
  Principal: unknown,
  Action: string | readonly string[] = 'sts:AssumeRole',
  more: object = {},
) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action, ...more }] }
}

/** One inline policy. */
export function inline(document: object) {
  return { inline: { own: JSON.stringify(document) } }
}

export function tags(map: Readonly<Record<string, string>>): readonly TagEntry[] {
  return Object.entries(map).map(([Key, Value]) => ({ Key, Value }))
}

function bearer(name: string) {
  return { name, path: '/', attached: [], inline: {}, createDate: '2026-01-01T00:00:00.000Z' }
}
