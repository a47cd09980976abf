/**
 * What the servers under measurement hold: one who asks, a role for it to assume, a registered service, and, in a large
 * installation, users and roles beside.
 *
 * Errors  an `Error` for a call that is refused; `StoreError`.
 *
 * @module
 */
import { createVaultKey, openPglite, type RootCredentials } from '@iamkit/server'
import { sign } from '@iamkit/sigv4'
import { type Asker, trustOf } from './operations.js'

export const ROOT: RootCredentials = {
  account: '111122223333',
  accessKeyId: 'AKIABENCHROOT0000000',
  secretAccessKey: 'bench/root/secret/000000000000000000000',
}
export const VAULT_KEY = createVaultKey()
export const LARGE = { users: 100_000, roles: 10_000 } as const

const { account } = ROOT
const ROLE = 'bench'
const BATCH = 5_000

const DOCS = {
  resources: { document: { arn: 'document/{documentId}', tags: true } },
  actions: { GetDocument: { resource: 'document', access: 'Read' } },
}

/** An app's policy, some statements long. */
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Own', Effect: 'Allow', Action: ['iam:CreateRole', 'sts:AssumeRole'], Resource: '*' },
    {
      Sid: 'Team',
      Effect: 'Allow',
      Action: ['docs:Get*', 'docs:List*'],
      Resource: `arn:aws:docs::${account}:document/*`,
      Condition: { StringEquals: { 'aws:ResourceTag/team': ['eng', 'ops'] } },
    },
    {
      Sid: 'Inside',
      Effect: 'Deny',
      Action: 'docs:*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '127.0.0.0/8'] } },
    },
    { Sid: 'Locked', Effect: 'Deny', Action: 'docs:Delete*', Resource: '*' },
  ],
})

/** Sets a new installation up by its own API. */
export async function setUp(port: number): Promise<Asker> {
  const iam = (Action: string, parameters: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ Action, Version: '2010-05-08', ...parameters })
    return send(new Request(`http://127.0.0.1:${port}/`, { method: 'POST', body }), 'iam')
  }
  const UserName = 'asker'
  await iam('CreateUser', { UserName })
  await iam('PutUserPolicy', { UserName, PolicyName: 'own', PolicyDocument: POLICY })
  await iam('CreateRole', { RoleName: ROLE, AssumeRolePolicyDocument: trustOf(account) })
  const key = await iam('CreateAccessKey', { UserName })
  const body = JSON.stringify({ definition: DOCS })
  const address = `http://127.0.0.1:${port}/v1/services/docs`
  await send(new Request(address, { method: 'PUT', body }), 'iamkit')
  const textOf = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(key)?.[1] ?? ''
  return {
    account,
    roleArn: `arn:aws:iam::${account}:role/${ROLE}`,
    keys: { accessKeyId: textOf('AccessKeyId'), secretAccessKey: textOf('SecretAccessKey') },
  }
}

async function send(request: Request, service: string): Promise<string> {
  const scope = { service, region: 'us-east-1', date: new Date() }
  const response = await fetch(await sign(request, ROOT, scope))
  const text = await response.text()
  if (response.ok) return text
  throw new Error(`${response.status}: ${text.slice(0, 500)}`)
}

type Store = Awaited<ReturnType<typeof openPglite>>
type Changes = ReturnType<Parameters<Store['commit']>[1]>

/** Adds users and roles, straight into the store. */
export async function fill(folder: string): Promise<void> {
  const store = await openPglite({ folder })
  let seq = await store.load(() => {})
  for (let i = 0; i < LARGE.users + LARGE.roles; i += BATCH) {
    seq = await store.commit(seq, () => recordsFrom(i))
  }
  await store.close()
}

function recordsFrom(first: number): Changes {
  const count = Math.min(BATCH, LARGE.users + LARGE.roles - first)
  const createDate = '2026-05-01T12:00:00.000Z'
  return Array.from({ length: count }, (_, n) => {
    const i = first + n
    const number = String(i).padStart(16, '0')
    const tags = [
      { Key: 'team', Value: `team-${i % 50}` },
      { Key: 'cost-center', Value: String(i % 1000) },
    ]
    const common = { createDate, path: '/staff/', tags, attached: [] }
    const Statement = { Effect: 'Allow', Action: 'docs:Get*', Resource: `*/team-${i % 50}/*` }
    const inline = { own: JSON.stringify({ Version: '2012-10-17', Statement }) }
    if (i < LARGE.users) {
      const id = `AIDAX${number}`
      const user = { ...common, id, name: `user-${number}`, inline, groups: [] }
      return { account, kind: 'user', id, before: undefined, after: user }
    }
    const id = `AROAX${number}`
    const trust = trustOf(account)
    const role = { ...common, id, name: `role-${number}`, inline, maxSessionDuration: 3600, trust }
    return { account, kind: 'role', id, before: undefined, after: role }
  }) as Changes
}
