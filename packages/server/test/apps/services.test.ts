import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, START } from '../server.js'
import { definition, document, type Stage, startStage } from './stage.js'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
}, START)

afterAll(() => stage.server.close())

describe('services', () => {
  it('are listed with their actions', async () => {
    const { json } = await stage.ask(['GET', '/v1/services/docs'])
    expect(json).toEqual({
      prefix: 'docs',
      definition,
      createDate: expect.stringMatching(/^2\d{3}-/),
    })
    const listed = await stage.ask(['GET', '/v1/services?maxResults=1'])
    expect(listed.json.services).toHaveLength(1)
    const actions = await stage.ask(['GET', '/v1/actions?service=docs&maxResults=2'])
    expect(actions.json).toEqual({
      actions: [
        {
          action: 'docs:GetDocument',
          access: 'Read',
          resourceType: 'document',
          resourceArn: `arn:aws:docs::${ROOT.account}:folder/{folderId}/document/{documentId}`,
          requestTags: false,
          keys: [],
        },
        { action: 'docs:ListDocuments', access: 'List', requestTags: false, keys: [] },
      ],
      nextToken: expect.any(String),
    })
    const next = await stage.ask([
      'GET',
      `/v1/actions?service=docs&nextToken=${actions.json.nextToken}`,
    ])
    expect(next.json.actions.map(({ action }: { action: string }) => action)).toEqual([
      'docs:OpenVault',
      'docs:PutDocument',
    ])
  })

  it.each([
    ['iam', definition, 'the prefix iam is taken'],
    ['Docs', definition, 'prefix must be a lower-case letter'],
    ['docs2', { actions: {} }, 'it needs at least one action'],
    ['docs2', { ...definition, more: 1 }, 'unknown field `more`'],
    ['docs2', 'text', 'must be an object'],
  ])('are refused: %s %j', async (prefix, wrong, message) => {
    const answer = await stage.ask(['PUT', `/v1/services/${prefix}`], {
      body: { definition: wrong },
    })
    expect(answer).toMatchObject({
      status: 400,
      type: 'ValidationException',
      json: { message: expect.stringContaining(message) },
    })
  })

  it('go when nothing is left of them', async () => {
    const body = {
      definition: {
        resources: { a: { arn: 'a/{id}', tags: true } },
        actions: { Get: { access: 'Read' } },
      },
    }
    await stage.ask(['PUT', '/v1/services/short'], { body })
    const resource = `arn:aws:short::${ROOT.account}:a/1`
    await stage.ask(['POST', '/v1/tags'], { body: { resource, tags: { a: 'b' } } })
    expect(await stage.ask(['DELETE', '/v1/services/short'])).toMatchObject({
      status: 409,
      type: 'ConflictException',
    })
    await stage.ask(['POST', '/v1/untag'], { body: { resource, tagKeys: ['a'] } })
    expect(await stage.ask(['DELETE', '/v1/services/short'])).toMatchObject({ status: 200 })
    expect(await stage.ask(['GET', '/v1/services/short'])).toMatchObject({
      status: 404,
      type: 'ResourceNotFoundException',
    })
  })
})

describe('resources', () => {
  it('are tagged by those whose policies allow these tags', async () => {
    const resource = document(stage.server.name('own'))
    const Condition = {
      StringEquals: { 'aws:RequestTag/team': 'red' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
    }
    const { keys } = await stage.newUser(
      { Effect: 'Allow', Action: 'iamkit:TagResource', Resource: '*', Condition },
      {
        Effect: 'Allow',
        Action: 'iamkit:GetResourceTags',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
      },
    )
    const path = `/v1/tags?resource=${encodeURIComponent(resource)}`
    expect(await stage.ask(['GET', path], { keys })).toMatchObject({ status: 403 })
    const tag = (tags: object) =>
      stage.ask(['POST', '/v1/tags'], { body: { resource, tags }, keys })
    expect(await tag({ team: 'blue' })).toMatchObject({ status: 403 })
    expect(await tag({ team: 'red', more: 'x' })).toMatchObject({ status: 403 })
    expect(await tag({ team: 'red' })).toMatchObject({ status: 200, json: {} })
    expect((await stage.ask(['GET', path], { keys })).json).toEqual({
      resource,
      tags: { team: 'red' },
    })
  })

  it.each([
    [{ tags: { 'aws:team': 'x' } }, 'reserved'],
    [{ tags: { team: 'x', TEAM: 'y' } }, 'differ only in case'],
    [
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ''])) },
      'more than 50 tags',
    ],
    [{ resource: `arn:aws:other::${ROOT.account}:a/1` }, 'is no resource of a registered service'],
    [
      { resource: 'arn:aws:docs::444455556666:folder/f/document/1' },
      'the resource is of another account',
    ],
    [{ resource: `arn:aws:docs::${ROOT.account}:vault/1` }, 'resources of this type have no tags'],
  ])('are not tagged so: %j', async (change, message) => {
    const body = { resource: document('1'), tags: { team: 'red' }, ...change }
    expect(await stage.ask(['POST', '/v1/tags'], { body })).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining(message) },
    })
  })

  it('tell nobody without leave which services there are', async () => {
    const { keys } = await stage.newUser()
    const resource = `arn:aws:other::${ROOT.account}:a/1`
    const calls: [string, string, object][] = [
      ['POST', '/v1/tags', { resource, tags: { team: 'red' } }],
      ['POST', '/v1/untag', { resource, tagKeys: ['team'] }],
      ['PUT', '/v1/resource-policy', { resource, policy: '{}' }],
    ]
    for (const [method, path, body] of calls) {
      const answer = await stage.ask([method, path], { body: { ...body }, keys })
      expect(answer).toMatchObject({ status: 403, type: 'AccessDeniedException' })
    }
  })

  it('take no policy that is none', async () => {
    const body = { resource: document('1'), policy: '{"Statement":[{}]}' }
    expect(await stage.ask(['PUT', '/v1/resource-policy'], { body })).toMatchObject({
      status: 400,
      type: 'MalformedPolicyDocument',
    })
  })
})

describe('the document of the service', () => {
  it('is there for everybody, and has every operation', async () => {
    const response = await fetch(`${stage.server.url}/openapi.json`)
    const { openapi, paths } = (await response.json()) as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string }>>
    }
    expect(openapi).toBe('3.1.0')
    const names = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    )
    expect(names).toHaveLength(21)
    expect(paths['/v1/services/{prefix}']?.['put']?.operationId).toBe('RegisterService')
  })

  it('lets nobody in without a signature', async () => {
    const response = await fetch(`${stage.server.url}/v1/services`)
    expect(response.status).toBe(403)
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
  })
})
