import {
  CreateRoleCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, START } from '../server.js'
import { document, type Stage, startStage } from './stage.js'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
}, START)

afterAll(() => stage.server.close())

describe('ReportActivity', () => {
  const event = (change: object = {}) => ({
    time: new Date().toISOString(),
    principal: `arn:aws:iam::${ROOT.account}:user/ada`,
    action: 'docs:GetDocument',
    resource: document('1'),
    answer: 'Allow',
    count: 3,
    ...change,
  })

  it('keeps what is reported, and a batch once', async () => {
    const name = `arn:aws:iam::${ROOT.account}:user/${stage.server.name('reported')}`
    const body = {
      batchId: stage.server.name('batch'),
      dropped: 0,
      events: [event({ principal: name })],
    }
    for (let i = 0; i < 2; i++) {
      expect((await stage.ask(['POST', '/v1/activity'], { body })).json).toEqual({ accepted: 1 })
    }
    const found = await stage.server.controlPlane.findAudit({
      account: ROOT.account,
      principalArn: name,
    })
    expect(found).toMatchObject([
      {
        eventName: 'GetDocument',
        eventSource: 'docs.app',
        decision: { answer: 'Allow' },
        requestParameters: { count: 3 },
      },
    ])
  })

  it.each([
    [{ time: '2020-01-01T00:00:00Z' }],
    [{ time: 'yesterday' }],
    [{ answer: 'Maybe' }],
    [{ count: 0 }],
    [{ action: 'docs:*' }],
    [{ resource: 'x'.repeat(2049) }],
    [{ principal: 'a\u0000b' }],
    [{ resource: 'a\nb' }],
  ])('refuses an event with %j', async (change) => {
    const body = { batchId: 'b', dropped: 0, events: [event(), event(change)] }
    expect(await stage.ask(['POST', '/v1/activity'], { body })).toMatchObject({
      status: 400,
      type: 'ValidationException',
    })
  })
})

describe('IssueToken', () => {
  const issue = (audience: string, more: object = {}) =>
    stage.ask(['POST', '/v1/token'], { body: { audience }, ...more })

  it('says who a session is, to apps that look the keys up', async () => {
    const iam = stage.server.client(IAMClient)
    const RoleName = stage.server.name('role')
    const { arn, keys } = await stage.newUser({ Effect: 'Allow', Action: 'sts:*', Resource: '*' })
    const trusted = (Action: unknown) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: arn }, Action }],
      })
    const AssumeRolePolicyDocument = trusted(['sts:AssumeRole', 'sts:TagSession'])
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iamkit:*', Resource: '*' }],
    })
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }))
    const session = await stage.server.client(STSClient, keys).send(
      new AssumeRoleCommand({
        RoleArn: Role?.Arn,
        RoleSessionName: 'night',
        Tags: [{ Key: 'team', Value: 'red' }],
        Policy: PolicyDocument,
        DurationSeconds: 900,
      }),
    )
    const {
      AccessKeyId = '',
      SecretAccessKey = '',
      SessionToken = '',
      Expiration,
    } = session.Credentials ?? {}
    const own = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    }
    const { json } = await issue('https://app.example.com', { keys: own })
    expect(json.expires).toBe(Expiration?.toISOString().replace('.000', ''))
    const { payload, protectedHeader } = await jwtVerify(
      json.token,
      createRemoteJWKSet(new URL(`${stage.server.url}/.well-known/jwks.json`)),
      { issuer: 'https://iam.example.com', audience: 'https://app.example.com', typ: 'at+jwt' },
    )
    expect(protectedHeader.alg).toBe('EdDSA')
    expect(payload).toMatchObject({
      sub: session.AssumedRoleUser?.Arn,
      'iamkit:account': ROOT.account,
      'iamkit:role': Role?.Arn,
      'iamkit:id': Role?.RoleId,
      'iamkit:tags': { team: 'red' },
      'iamkit:session_policies': [PolicyDocument],
      'iamkit:mfa': false,
    })
    expect(await stage.ask(['GET', '/v1/services'], { token: json.token })).toMatchObject({
      status: 403,
      type: 'UnrecognizedClientException',
    })

    const here = (await issue('https://iam.example.com', { keys: own })).json.token
    expect(await stage.ask(['GET', '/v1/services'], { token: here })).toMatchObject({ status: 200 })
    const aboutDocs = await stage.authorize(
      { action: 'docs:GetDocument', resource: document('1') },
      { token: here },
    )
    expect(aboutDocs.json).toMatchObject({
      allowed: false,
      message: expect.stringContaining(`User: ${session.AssumedRoleUser?.Arn}`),
    })
    const [head, , signature] = here.split('.')
    const forged = Buffer.from(
      JSON.stringify({ ...payload, sub: `arn:aws:iam::${ROOT.account}:root` }),
    ).toString('base64url')
    for (const token of [`${head}.${forged}.${signature}`, 'text', `${here}x`]) {
      expect(await stage.ask(['GET', '/v1/services'], { token })).toMatchObject({ status: 403 })
    }
  })

  it('ends with the key that it was made with, and so does what it has made', async () => {
    const { arn, keys, UserName } = await stage.newUser({
      Effect: 'Allow',
      Action: 'iamkit:*',
      Resource: '*',
    })
    const iam = stage.server.client(IAMClient)
    const audience = 'https://iam.example.com'
    const first = (await issue(audience, { keys })).json.token
    const second = (await issue(audience, { token: first })).json.token
    const statuses = async (...tokens: readonly string[]) => {
      const asked = tokens.map((token) => stage.ask(['GET', '/v1/services'], { token }))
      return (await Promise.all(asked)).map(({ status }) => status)
    }
    const key = { UserName, AccessKeyId: keys.accessKeyId }
    const watched = await stage.send(['GET', '/v1/changes'], { token: second })
    expect([watched.status, ...(await statuses(first, second))]).toEqual([200, 200, 200])
    await watched.body?.cancel()
    await iam.send(new UpdateAccessKeyCommand({ ...key, Status: 'Inactive' }))
    expect(await statuses(first, second)).toEqual([403, 403])
    await iam.send(new UpdateAccessKeyCommand({ ...key, Status: 'Active' }))
    expect(await statuses(first, second)).toEqual([200, 200])
    await iam.send(new DeleteAccessKeyCommand(key))
    expect(await statuses(first, second)).toEqual([403, 403])
    const { payload } = await jwtVerify(
      (await issue('app')).json.token,
      createRemoteJWKSet(new URL(`${stage.server.url}/.well-known/jwks.json`)),
    )
    expect([payload['iamkit:key'], arn.endsWith(UserName)]).toEqual([undefined, true])
  })

  it('ends where the sessions of its role are revoked, and with its user', async () => {
    const { keys, UserName } = await stage.newUser({
      Effect: 'Allow',
      Action: 'iamkit:*',
      Resource: '*',
    })
    const iam = stage.server.client(IAMClient)
    const { token } = (await issue('https://iam.example.com', { keys })).json
    const until = new Date(Date.now() + 60_000).toISOString()
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': until } },
      },
    })
    const revoked = { UserName, PolicyName: 'AWSRevokeOlderSessions' }
    const list = () => stage.ask(['GET', '/v1/services'], { token })
    await iam.send(new PutUserPolicyCommand({ ...revoked, PolicyDocument }))
    expect(await list()).toMatchObject({ status: 403, type: 'AccessDeniedException' })
    await iam.send(new DeleteUserPolicyCommand(revoked))
    expect(await list()).toMatchObject({ status: 200 })
    const AccessKeyId = keys.accessKeyId
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }))
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))
    await iam.send(new DeleteUserCommand({ UserName }))
    expect(await list()).toMatchObject({ status: 403, type: 'UnrecognizedClientException' })
  })

  it('needs leave, and a lifetime that is one', async () => {
    const { keys } = await stage.newUser()
    expect(await issue('app', { keys })).toMatchObject({ status: 403 })
    const body = { audience: 'app', durationSeconds: 43_201 }
    expect(await stage.ask(['POST', '/v1/token'], { body })).toMatchObject({ status: 400 })
    expect(await issue('')).toMatchObject({ status: 400 })
  })
})
