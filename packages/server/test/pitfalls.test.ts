import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUserTagsCommand,
  NoSuchEntityException,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import { sign } from '@iamkit/sigv4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, START, startServer, type TestServer } from './server.js'

let server: TestServer
let iam: IAMClient
beforeAll(async () => {
  server = await startServer()
  iam = server.client(IAMClient)
}, START)
afterAll(() => server.close())

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: ROOT.account }, Action: 'sts:AssumeRole' },
})

/** The answer to a form as it is on the wire. */
async function raw(body: string): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = new Request(`${server.url}/`, { method: 'POST', headers, body })
  const scope = { region: 'us-east-1', service: 'iam', date: new Date() }
  return (await fetch(await sign(request, ROOT, scope))).text()
}

describe('what clients rely on', () => {
  it('keeps twelve tags in their order, and takes an empty list', async () => {
    const UserName = server.name('user')
    const Tags = Array.from({ length: 12 }, (_, i) => ({ Key: `k${i}`, Value: `v${i}` }))
    await iam.send(new CreateUserCommand({ UserName, Tags }))
    const { Tags: listed } = await iam.send(new ListUserTagsCommand({ UserName }))
    const byKey = (one: { Key?: string | undefined }) => Number(one.Key?.slice(1))
    expect([...(listed ?? [])].sort((a, b) => byKey(a) - byKey(b))).toEqual(Tags)

    const RoleName = server.name('role')
    const AssumeRolePolicyDocument = trust
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Tags: [] }))
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
    expect(Role?.Tags).toBeUndefined()
  })

  it('answers an empty list with an element that is there', async () => {
    const RoleName = server.name('role')
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
    const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
    expect(PolicyNames).toEqual([])
    const xml = await raw(`Action=ListRolePolicies&Version=2010-05-08&RoleName=${RoleName}`)
    expect(xml).toContain('<PolicyNames></PolicyNames>')
  })

  it('keeps the exact text of a policy, and returns it percent-encoded', async () => {
    const PolicyName = server.name('policy')
    const PolicyDocument = `{\r\n\t"Version": "2012-10-17",\n "Statement": [{"Sid": "A", "Effect":"Allow","Action":["s3:Get*"],\n"Resource":"arn:aws:s3:::b/\${aws:username}/*~!'()+ü"}]\n}\n`
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))
    const version = { PolicyArn: Policy?.Arn, VersionId: 'v1' }
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand(version))
    const encoded = PolicyVersion?.Document ?? ''
    expect(encoded).toMatch(/^[\w.~%-]+$/)
    expect(decodeURIComponent(encoded)).toBe(PolicyDocument)
  })

  it('keeps a carriage return in what is not encoded', async () => {
    const RoleName = server.name('role')
    const Description = 'one\r\ntwo & <three> ü'
    const input = { RoleName, AssumeRolePolicyDocument: trust, Description }
    await iam.send(new CreateRoleCommand(input))
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
    expect(Role?.Description).toBe(Description)
  })

  it('writes times without a fraction', async () => {
    const UserName = server.name('user')
    await iam.send(new CreateUserCommand({ UserName }))
    const xml = await raw(`Action=GetUser&Version=2010-05-08&UserName=${UserName}`)
    expect(xml).toMatch(/<CreateDate>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<\/CreateDate>/)
    expect(xml).toMatch(/^<GetUserResponse xmlns="https:\/\/iam.amazonaws.com\/doc\/2010-05-08\/">/)
  })

  it('throws the class of the error, with code, message and request id', async () => {
    const call = iam.send(new GetUserCommand({ UserName: 'nobody' }))
    const error: unknown = await call.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(NoSuchEntityException)
    expect(error).toMatchObject({
      Code: 'NoSuchEntity',
      Type: 'Sender',
      message: 'The user with name nobody cannot be found.',
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[\da-f-]{36}$/) },
    })
  })

  it('has no result for an operation without output', async () => {
    const RoleName = server.name('role')
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
    const xml = await raw(`Action=DeleteRole&Version=2010-05-08&RoleName=${RoleName}`)
    expect(xml).toMatch(/^<DeleteRoleResponse xmlns="[^"]+"><ResponseMetadata><RequestId>/)
    const again = iam.send(new DeleteRoleCommand({ RoleName }))
    await expect(again).rejects.toBeInstanceOf(NoSuchEntityException)
  })
})

describe('too much', () => {
  it('is a policy of 1 MB', async () => {
    const Statement = { Effect: 'Allow', Action: 's3:*', Resource: 'x'.repeat(1_000_000) }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    const call = iam.send(new CreatePolicyCommand({ PolicyName: 'big', PolicyDocument }))
    await expect(call).rejects.toMatchObject({
      name: expect.stringMatching(/^(ValidationError|LimitExceededException)$/),
      $metadata: { httpStatusCode: expect.toBeOneOf([400, 409]) },
    })
  })

  it('are 4,000 tags', async () => {
    const UserName = server.name('user')
    await iam.send(new CreateUserCommand({ UserName }))
    const Tags = Array.from({ length: 4000 }, (_, i) => ({ Key: `k${i}`, Value: 'v' }))
    await expect(iam.send(new TagUserCommand({ UserName, Tags }))).rejects.toMatchObject({
      name: expect.stringMatching(/^(ValidationError|LimitExceededException)$/),
    })
    expect((await iam.send(new ListUserTagsCommand({ UserName }))).Tags).toEqual([])
  })

  it('leaves no error behind on the server', async () => {
    expect((await iam.send(new ListRolesCommand({}))).IsTruncated).toBe(false)
    expect(server.errors).toEqual([])
  })
})
