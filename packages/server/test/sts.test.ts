/** Every operation of STS as the official clients see it, with success and with its main errors. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRootCommand,
  type Credentials,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ROOT, START, startServer, type TestCredentials, type TestServer } from './server.js'

let server: TestServer
let ada: { name: string; keys: TestCredentials }

beforeAll(async () => {
  server = await startServer()
  ada = await newUser()
}, START)

afterAll(() => server.close())

async function newUser() {
  const iam = server.client(IAMClient)
  const UserName = server.name('user')
  await iam.send(new CreateUserCommand({ UserName }))
  const Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
  return { name: UserName, keys: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } }
}

async function newRole(...Action: readonly string[]): Promise<string> {
  const RoleName = server.name('role')
  const Statement = { Effect: 'Allow', Principal: { AWS: ROOT.account }, Action }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const { Role } = await server
    .client(IAMClient)
    .send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  return Role?.Arn ?? ''
}

function keysIn({
  AccessKeyId = '',
  SecretAccessKey = '',
  SessionToken = '',
}: Partial<Credentials> = {}): TestCredentials {
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

const sts = (keys = ada.keys) => server.client(STSClient, keys)
const assume = (input: Partial<AssumeRoleCommandInput> & { RoleArn: string }, keys = ada.keys) =>
  sts(keys).send(new AssumeRoleCommand({ RoleSessionName: 'night', ...input }))

describe('STS', () => {
  it('says who calls', async () => {
    expect(await sts(ROOT).send(new GetCallerIdentityCommand({}))).toMatchObject({
      UserId: ROOT.account,
      Account: ROOT.account,
      Arn: `arn:aws:iam::${ROOT.account}:root`,
    })
    const { Arn } = await sts().send(new GetCallerIdentityCommand({}))
    expect(Arn).toBe(`arn:aws:iam::${ROOT.account}:user/${ada.name}`)
  })

  it('makes sessions of roles, which call on', async () => {
    const { Credentials, AssumedRoleUser, PackedPolicySize } = await assume({
      RoleArn: await newRole('sts:AssumeRole'),
    })
    expect(PackedPolicySize).toBeUndefined()
    const who = await sts(keysIn(Credentials)).send(new GetCallerIdentityCommand({}))
    expect(who).toMatchObject({ Arn: AssumedRoleUser?.Arn, UserId: AssumedRoleUser?.AssumedRoleId })
  })

  it('makes sessions of users, and of whom they vouch for', async () => {
    const session = await sts().send(new GetSessionTokenCommand({ DurationSeconds: 900 }))
    const own = await sts(keysIn(session.Credentials)).send(new GetCallerIdentityCommand({}))
    expect(own.Arn).toBe(`arn:aws:iam::${ROOT.account}:user/${ada.name}`)
    const guest = await sts().send(new GetFederationTokenCommand({ Name: 'guest' }))
    expect(guest.PackedPolicySize).toBe(0)
    const who = await sts(keysIn(guest.Credentials)).send(new GetCallerIdentityCommand({}))
    expect(who).toMatchObject({ Arn: guest.FederatedUser?.Arn, UserId: `${ROOT.account}:guest` })
  })

  it('tells the account of a key, and opens no message that is none', async () => {
    const { accessKeyId } = ada.keys
    const info = await sts().send(new GetAccessKeyInfoCommand({ AccessKeyId: accessKeyId }))
    expect(info.Account).toBe(ROOT.account)
    const decode = new DecodeAuthorizationMessageCommand({ EncodedMessage: 'text' })
    await expect(sts().send(decode)).rejects.toMatchObject({
      name: 'InvalidAuthorizationMessageException',
    })
  })

  it('does not know a key that was made inactive', async () => {
    const { name, keys } = await newUser()
    const change = { UserName: name, AccessKeyId: keys.accessKeyId, Status: 'Inactive' } as const
    await server.client(IAMClient).send(new UpdateAccessKeyCommand(change))
    await expect(sts(keys).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      Code: 'InvalidClientTokenId',
      $metadata: { httpStatusCode: 403 },
    })
  })

  it('says of what is not there yet that it is not', async () => {
    const input = {
      TargetPrincipal: ROOT.account,
      TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/X' },
    }
    await expect(sts().send(new AssumeRootCommand(input))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 501 },
    })
  })
})

/** Answers of AWS itself, which keep their own licence and so stand beside this checkout. */
const snapshots = fileURLToPath(
  new URL('../../../../shared/conformance/localstack-iam-snapshots/sts.json', import.meta.url),
)
const isThere = existsSync(snapshots)
if (!isThere) console.warn(`SKIPPED: there are no answers of AWS at ${snapshots}`)

interface Recorded {
  readonly Error: { readonly Code: string; readonly Message: string }
  readonly ResponseMetadata: { readonly HTTPStatusCode: number }
}

function recorded(test: string, step: string): object {
  const { tests } = JSON.parse(readFileSync(snapshots, 'utf8'))
  const found = tests.find((one: { test: string }) => one.test.endsWith(`::${test}`))
  const { Error: error, ResponseMetadata }: Recorded = found.content[step]
  return {
    Code: error.Code,
    message: error.Message,
    $metadata: { httpStatusCode: ResponseMetadata.HTTPStatusCode },
  }
}

describe('errors that AWS gave', () => {
  beforeEach(({ skip }) => {
    skip(!isThere, 'no answers of AWS')
  })

  const TAGS = ['sts:AssumeRole', 'sts:TagSession']
  const tag = (Key: string, Value = 'x') => ({ Key, Value })

  it.each<[string, { readonly RoleArn?: string; readonly RoleSessionName?: string }]>([
    ['malformed-arn', { RoleArn: 'nothing-valid-in-here' }],
    ['no-partition', { RoleArn: 'arn::b:::something/test-role' }],
    ['no-service', { RoleArn: 'arn:a::::something/test-role' }],
    ['not-enough-colons', { RoleArn: 'arn:a:::something/test-role' }],
    ['no-resource', { RoleArn: 'arn:a:a::aaaaaaaaaa:' }],
    ['invalid-session-name', { RoleSessionName: 'Session1:2' }],
  ])('are given here: %s', async (step, input) => {
    const RoleArn = `arn:aws:iam::${ROOT.account}:role/any`
    await expect(assume({ RoleArn, ...input })).rejects.toMatchObject(
      recorded('test_sts_invalid_parameters', step),
    )
  })

  it.each<[string, Pick<AssumeRoleCommandInput, 'Tags' | 'TransitiveTagKeys'>]>([
    ['invalid-transitive-tag-keys', { Tags: [tag('a')], TransitiveTagKeys: ['b'] }],
    ['duplicate-tag-keys-different-casing', { Tags: [tag('a'), tag('A')] }],
  ])('are given here for tags: %s', async (step, input) => {
    const RoleArn = await newRole(...TAGS)
    await expect(assume({ RoleArn, ...input })).rejects.toMatchObject(
      recorded('test_assume_role_tag_validation', step),
    )
  })

  it.each([
    ['override-transitive-tag-error', 'Team'],
    ['override-transitive-tag-case-ignore-error', 'TEAM'],
  ])('are given here for chains: %s', async (step, key) => {
    const first = await newRole(...TAGS)
    const input = { Tags: [tag('Team')], TransitiveTagKeys: ['Team'] }
    const session = keysIn((await assume({ RoleArn: first, ...input })).Credentials)
    const second = assume({ RoleArn: await newRole(...TAGS), Tags: [tag(key, 'y')] }, session)
    const test = 'test_iam_role_chaining_override_transitive_tags'
    await expect(second).rejects.toMatchObject(recorded(test, step))
  })
})
