import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  IAMClient,
  TagUserCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { DecodeAuthorizationMessageCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, START } from '../server.js'
import { document, GET, type Stage, startStage } from './stage.js'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
}, START)

afterAll(() => stage.server.close())

describe('Authorize', () => {
  it('answers a caller about itself, without leave', async () => {
    const { keys, arn } = await stage.newUser(GET)
    const { json } = await stage.authorize(
      { action: 'docs:GetDocument', resource: document('1') },
      { keys },
    )
    expect(json).toMatchObject({
      decisionId: expect.stringMatching(/^[\da-f-]{36}$/),
      answer: 'Allow',
      allowed: true,
      statements: [{ policy: expect.stringMatching(/^user\/user-\d+ inline own$/), statement: 0 }],
    })
    const refused = await stage.authorize(
      { action: 'docs:PutDocument', resource: document('1') },
      { keys },
    )
    expect(refused.json).toMatchObject({
      answer: 'ImplicitDeny',
      allowed: false,
      type: 'identity',
      message: `User: ${arn} is not authorized to perform: docs:PutDocument on resource: ${document('1')} because no identity-based policy allows the docs:PutDocument action`,
    })
    const decode = new DecodeAuthorizationMessageCommand({
      EncodedMessage: refused.json.encodedMessage,
    })
    const { DecodedMessage = '' } = await stage.server.client(STSClient).send(decode)
    expect(JSON.parse(DecodedMessage)).toMatchObject({
      allowed: false,
      explicitDeny: false,
      context: { action: 'docs:PutDocument', resource: document('1') },
    })
  })

  it('answers about others to whom that is allowed', async () => {
    const { arn } = await stage.newUser(GET)
    const body = { principal: arn, action: 'docs:GetDocument', resource: document('1') }
    const stranger = await stage.newUser()
    expect(await stage.authorize(body, { keys: stranger.keys })).toMatchObject({
      status: 403,
      type: 'AccessDeniedException',
      json: {
        message: expect.stringContaining(
          `not authorized to perform: iamkit:Authorize on resource: ${arn}`,
        ),
      },
    })
    const app = await stage.newUser({ Effect: 'Allow', Action: 'iamkit:Authorize', Resource: arn })
    expect((await stage.authorize(body, { keys: app.keys })).json).toMatchObject({
      answer: 'Allow',
    })
  })

  it('decides by what the registry knows of a resource', async () => {
    const resource = document(stage.server.name('tagged'))
    await stage.ask(['POST', '/v1/tags'], { body: { resource, tags: { team: 'red' } } })
    const red = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }
    const { arn, UserName } = await stage.newUser({ ...GET, Condition: red })
    const iam = stage.server.client(IAMClient)
    await iam.send(new TagUserCommand({ UserName, Tags: [{ Key: 'team', Value: 'red' }] }))
    const body = { principal: arn, action: 'docs:GetDocument', resource }
    expect((await stage.authorize(body)).json).toHaveProperty('answer', 'Allow')
    expect(await stage.authorize({ ...body, resourceTags: { team: 'red' } })).toMatchObject({
      status: 400,
      type: 'ValidationException',
    })
    const other = { ...body, resource: document('untagged') }
    expect((await stage.authorize(other)).json).toHaveProperty('answer', 'ImplicitDeny')
    expect(
      (await stage.authorize({ ...other, resourceTags: { team: 'red' } })).json,
    ).toHaveProperty('answer', 'Allow')
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Principal: '*', Action: 'docs:*', Resource: '*' },
    })
    await stage.ask(['PUT', '/v1/resource-policy'], { body: { resource, policy } })
    expect((await stage.authorize(body)).json).toMatchObject({
      answer: 'ExplicitDeny',
      type: 'resource',
    })
    expect(
      (await stage.ask(['GET', `/v1/resource-policy?resource=${encodeURIComponent(resource)}`]))
        .json,
    ).toEqual({ resource, policy })
    await stage.ask(['DELETE', `/v1/resource-policy?resource=${encodeURIComponent(resource)}`])
    expect((await stage.authorize(body)).json).toHaveProperty('answer', 'Allow')
  })

  it('keeps a grant of a resource to the user that was meant', async () => {
    const resource = document(stage.server.name('granted'))
    const path = `/v1/resource-policy?resource=${encodeURIComponent(resource)}`
    const iam = stage.server.client(IAMClient)
    const UserName = stage.server.name('ada')
    const { User: ada } = await iam.send(new CreateUserCommand({ UserName }))
    const policyFor = (AWS: unknown) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ ...GET, Principal: { AWS } }] })
    const put = (policy: string) =>
      stage.ask(['PUT', '/v1/resource-policy'], { body: { resource, policy } })
    const answerFor = async (principal: unknown) =>
      (await stage.authorize({ principal, action: 'docs:GetDocument', resource })).json.answer
    const policy = policyFor(ada?.Arn)
    expect(await put(policy)).toMatchObject({ status: 200 })
    expect(await answerFor(ada?.Arn)).toBe('Allow')

    const NewUserName = `${UserName}-renamed`
    await iam.send(new UpdateUserCommand({ UserName, NewUserName }))
    expect(await answerFor(`${ada?.Arn}-renamed`)).toBe('Allow')
    expect((await stage.ask(['GET', path])).json.policy).toBe(policyFor(`${ada?.Arn}-renamed`))

    await iam.send(new DeleteUserCommand({ UserName: NewUserName }))
    await iam.send(new CreateUserCommand({ UserName }))
    expect(await answerFor(ada?.Arn)).toBe('ImplicitDeny')
    expect((await stage.ask(['GET', path])).json.policy).toBe(policyFor(ada?.UserId))
    const { json: snapshot } = await stage.ask(['GET', '/v1/snapshot'])
    const { policy: id } = snapshot.resources[resource]
    expect(snapshot.documents[id].text).toBe(policyFor(ada?.UserId))
    expect(await put(policyFor(ada?.UserId))).toMatchObject({
      status: 400,
      type: 'MalformedPolicyDocument',
      json: { message: `Invalid principal in policy: "AWS":"${ada?.UserId}"` },
    })
    expect(await put(policyFor(['*', `${ada?.Arn}-gone`]))).toMatchObject({
      status: 400,
      json: { message: `Invalid principal in policy: "AWS":"${ada?.Arn}-gone"` },
    })
    await stage.ask(['DELETE', path])
  })

  it('keeps to a session, and to a unique id, as to users', async () => {
    const resource = document(stage.server.name('granted'))
    const path = `/v1/resource-policy?resource=${encodeURIComponent(resource)}`
    const iam = stage.server.client(IAMClient)
    const RoleName = stage.server.name('job')
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: ROOT.account }, Action: 'sts:AssumeRole' },
    })
    const make = () => iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    const { Role } = await make()
    const session = `arn:aws:sts::${ROOT.account}:assumed-role/${RoleName}/night`
    const policyFor = (AWS: unknown) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ ...GET, Principal: { AWS } }] })
    const put = (AWS: unknown) =>
      stage.ask(['PUT', '/v1/resource-policy'], { body: { resource, policy: policyFor(AWS) } })
    const shown = async () => (await stage.ask(['GET', path])).json.policy
    expect(await put(Role?.RoleId)).toMatchObject({ status: 200 })
    expect(await shown()).toBe(policyFor(Role?.Arn))
    expect((await stage.ask(['GET', '/v1/snapshot'])).status).toBe(200)

    expect(await put(session)).toMatchObject({ status: 200 })
    const ask = { principal: session, action: 'docs:GetDocument', resource }
    expect((await stage.authorize(ask)).json.answer).toBe('Allow')
    await iam.send(new DeleteRoleCommand({ RoleName }))
    await make()
    expect((await stage.authorize(ask)).json.answer).toBe('ImplicitDeny')
    expect(await shown()).toBe(policyFor(Role?.RoleId))
    expect(await put(`${session.replace(RoleName, 'nobody')}`)).toMatchObject({ status: 400 })
    await stage.ask(['DELETE', path])
  })

  it.each([
    [{ action: 'docs:Nothing' }, 'the service has no action docs:Nothing'],
    [{ action: 'docs:OpenVault' }, 'docs:OpenVault is asked for a resource of type vault'],
    [{ action: 'docs:ListDocuments' }, 'docs:ListDocuments is asked for the resource *'],
    [{ resource: 'document/1' }, 'invalid ARN'],
    [{ resourceAccount: '444455556666' }, 'resourceAccount is not the account of the resource'],
    [
      { context: { 'aws:PrincipalTag/team': 'red' } },
      "the key aws:PrincipalTag/team is not the app's to tell",
    ],
    [{ context: { 'AWS:username': 'root' } }, "the key AWS:username is not the app's to tell"],
    [
      { context: { 'aws:MultiFactorAuthPresent': true } },
      "the key aws:MultiFactorAuthPresent is not the app's to tell",
    ],
    [
      { context: { 'docs:Classification': { a: 1 } } },
      'must be text, a number, a boolean or a list of text',
    ],
    [{ requestTags: { a: 'x', A: 'y' } }, 'differ only in case'],
    [{ principalTags: { a: 'x' } }, 'principalTags are of a principal that is named'],
  ])('refuses %j', async (change, message) => {
    const body = { action: 'docs:GetDocument', resource: document('1'), ...change }
    expect(await stage.authorize(body)).toMatchObject({
      status: 400,
      type: 'ValidationException',
      json: { message: expect.stringContaining(message) },
    })
  })

  it.each([
    [{ __proto__: null, constructor: 'x' }, 'is not a tag key'],
    [{ team: 'x', TEAM: 'y' }, 'differ only in case'],
    [Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ''])), 'more than 50 tags'],
  ])('takes no tags of a session that are none', async (principalTags, message) => {
    const principal = `arn:aws:sts::${ROOT.account}:assumed-role/gone/s`
    const body = { principal, principalTags, action: 'docs:ListDocuments', resource: '*' }
    expect(await stage.authorize(body)).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining(message) },
    })
  })

  it('tells nobody without leave who is there', async () => {
    const { keys } = await stage.newUser()
    const body = { action: 'docs:GetDocument', resource: document('1') }
    for (const path of ['/v1/authorize', '/v1/explain']) {
      const principal = `arn:aws:iam::${ROOT.account}:user/gone`
      expect(await stage.ask(['POST', path], { body: { ...body, principal }, keys })).toMatchObject(
        { status: 403, type: 'AccessDeniedException' },
      )
    }
  })

  it('knows a session by its own ARN alone, so that no Deny is gone around', async () => {
    const RoleName = stage.server.name('role')
    const trust = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: ROOT.account }, Action: 'sts:AssumeRole' },
    }
    const AssumeRolePolicyDocument = JSON.stringify(trust)
    await stage.server
      .client(IAMClient)
      .send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    const body = { action: 'docs:GetDocument', resource: document('1') }
    const about = async (region: string) =>
      (
        await stage.authorize({
          ...body,
          principal: `arn:aws:sts:${region}:${ROOT.account}:assumed-role/${RoleName}/s`,
        })
      ).status
    expect(await about('')).toBe(200)
    expect(await about('eu-west-1')).toBe(404)
  })

  it('knows nobody who is not there', async () => {
    const body = { action: 'docs:GetDocument', resource: document('1') }
    for (const principal of ['user/gone', 'role/gone']) {
      const arn = `arn:aws:iam::${ROOT.account}:${principal}`
      expect(await stage.authorize({ ...body, principal: arn })).toMatchObject({
        status: 404,
        type: 'ResourceNotFoundException',
      })
    }
  })

  it('answers batches in order, each item for itself', async () => {
    const { keys, arn } = await stage.newUser(GET)
    const requests = [
      { action: 'docs:GetDocument', resource: document('1') },
      { action: 'docs:Nothing', resource: document('1') },
      { action: 'docs:PutDocument', resource: document('1') },
      { action: 'docs:GetDocument', resource: document('1'), principal: arn },
      {
        action: 'docs:GetDocument',
        resource: document('1'),
        principal: `arn:aws:iam::${ROOT.account}:root`,
      },
    ]
    const { json } = await stage.ask(['POST', '/v1/authorize-batch'], { body: { requests }, keys })
    expect(json.results).toMatchObject([
      { answer: 'Allow' },
      { error: { code: 'ValidationException' } },
      { answer: 'ImplicitDeny' },
      { answer: 'Allow' },
      { error: { code: 'AccessDeniedException' } },
    ])
    const many = Array.from({ length: 101 }, () => requests[0])
    expect(
      await stage.ask(['POST', '/v1/authorize-batch'], { body: { requests: many }, keys }),
    ).toMatchObject({ status: 400 })
  })
})

describe('Explain and Filter', () => {
  it('say what each statement said', async () => {
    const { arn } = await stage.newUser(GET)
    const body = { principal: arn, action: 'docs:PutDocument', resource: document('1') }
    const { json } = await stage.ask(['POST', '/v1/explain'], { body })
    expect(json.text).toContain('identity Allow')
    expect(json.explanation.statements).toMatchObject([{ applies: false, failed: 'action' }])
    const { keys } = await stage.newUser()
    expect(
      await stage.ask(['POST', '/v1/explain'], { body: { ...body, principal: undefined }, keys }),
    ).toMatchObject({ status: 403 })
  })

  it('say what a resource must be', async () => {
    const { keys } = await stage.newUser({
      ...GET,
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
    })
    const body = { action: 'docs:GetDocument', resourceType: 'document' }
    const { json } = await stage.ask(['POST', '/v1/filter'], { body, keys })
    expect(json.filter).toEqual({
      kind: 'where',
      condition: { field: { tag: 'team' }, is: 'in', values: ['red'] },
    })
    expect(
      await stage.ask(['POST', '/v1/filter'], { body: { ...body, resourceType: 'nothing' }, keys }),
    ).toMatchObject({ status: 400 })
  })

  it('name no resource to whom they only answer about itself', async () => {
    const resource = document(stage.server.name('hidden'))
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Principal: '*', Action: 'docs:*', Resource: '*' },
    })
    await stage.ask(['PUT', '/v1/resource-policy'], { body: { resource, policy } })
    const { keys } = await stage.newUser()
    const body = { action: 'docs:GetDocument', resourceType: 'document' }
    expect(await stage.ask(['POST', '/v1/filter'], { body, keys })).toMatchObject({
      status: 400,
      type: 'UntranslatableException',
      json: { message: 'resources of docs have policies of their own, which no filter can ask' },
    })
    await stage.ask(['DELETE', `/v1/resource-policy?resource=${encodeURIComponent(resource)}`])
  })
})
