import { defineService, type RequestContext } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { ann, httpRequest } from '../../test/docs.js'
import { createIam } from '../iam.js'
import { documents } from '../policies/documents.js'
import type { HttpRequest } from '../request.js'
import { bodyTags } from './request-tags.js'
import type { RouteOptions } from './route.js'
import { bodyTagKeys, queryTagKeys, readTagKeys } from './tag-keys.js'

const files = defineService('files', {
  resources: { file: { arn: 'file/{fileId}', tags: true } },
  actions: {
    UntagFile: { resource: 'file', access: 'Tagging', requestTags: true },
    GetFile: { resource: 'file', access: 'Read' },
  },
})

const iam = createIam({
  services: [files],
  account: 'acme',
  identify: () => ann,
  policies: documents({
    identity: [
      files.policy([
        {
          Effect: 'Allow',
          Action: 'files:UntagFile',
          Resource: '*',
          Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['stage', 'draft'] } },
        },
      ]),
    ],
  }),
})

const request = (parts: Partial<HttpRequest>) =>
  ({ ...httpRequest(), params: { fileId: 'f1' }, ...parts }) as HttpRequest
const untag = (tagKeys: RouteOptions['tagKeys'], parts: Partial<HttpRequest>) =>
  iam.guard(iam.route('files:UntagFile', { tagKeys } as never), request(parts))

describe('a route that takes tags away', () => {
  it('is decided about by their keys, and by no values', async () => {
    const outcome = await untag(bodyTagKeys(), { body: { tagKeys: ['stage'] } })
    if (outcome.kind !== 'allowed') throw new Error(outcome.kind)
    const { tagKeys, requestTags, decision } = outcome.access
    const context = decision.request.context as RequestContext
    expect([tagKeys, requestTags]).toEqual([['stage'], {}])
    expect(context.get('aws:tagkeys')).toEqual(['stage'])
    expect([...context.keys()].filter((key) => key.startsWith('aws:requesttag/'))).toEqual([])
  })

  it('is refused where one of them may not be taken away', async () => {
    const outcome = await untag(bodyTagKeys(), { body: { tagKeys: ['stage', 'team'] } })
    expect(outcome.kind).toBe('denied')
  })

  it.each<[string, Partial<HttpRequest>, readonly string[]]>([
    ['one in the query', { query: { tagKeys: 'stage' } }, ['stage']],
    ['several in the query', { query: { tagKeys: ['stage', 'draft'] } }, ['stage', 'draft']],
    ['none', {}, []],
  ])('takes %s', async (_title, parts, expected) => {
    const outcome = await untag(queryTagKeys(), parts)
    expect(outcome).toMatchObject({ kind: 'allowed', access: { tagKeys: expected } })
  })

  it.each([
    'stage',
    7,
    { 0: 'stage' },
    [7],
    [['stage']],
    [null],
    [''],
    ['k'.repeat(129)],
    ['__proto__'],
    ['stage', 'stage'],
    ['stage', 'STAGE'],
    Array.from({ length: 51 }, (_, i) => `k${i}`),
  ])('answers 400 to %j', async (tagKeys) => {
    expect((await untag(bodyTagKeys(), { body: { tagKeys } })).kind).toBe('invalid')
  })

  it('reads no field of a prototype', () => {
    const body = Object.create({ tagKeys: ['stage'] })
    expect(bodyTagKeys()({ body } as never)).toBeUndefined()
    expect(queryTagKeys()({ query: body } as never)).toBeUndefined()
    expect(readTagKeys(null)).toEqual([])
  })

  it.each<[string, string, RouteOptions]>([
    ['files:GetFile', 'takes no request tags', { tagKeys: bodyTagKeys() }],
    ['files:UntagFile', 'leave out one', { tagKeys: bodyTagKeys(), requestTags: bodyTags() }],
    ['files:UntagFile', 'or `tagKeys` for an action that untags', {}],
  ])('of `%s` does not start where it %s', (action, problem, options) => {
    expect(() => iam.route(action as never, options as never)).toThrow(problem)
  })
})
