import { describe, expect, it } from 'vitest'
import { docsIam, httpRequest } from '../../test/docs.js'
import { RouteView } from '../request.js'
import { bodyTags, headerTags, queryTags, type TagExtractor } from './request-tags.js'
import { bodyTagKeys } from './tag-keys.js'

const PROBLEM =
  'invalid request: `body`: must be a JSON object that a body parser has read before the guard'

describe('bodyTags', () => {
  const read = (body: unknown, field?: string) =>
    bodyTags(field)(new RouteView(httpRequest({ body })))

  it('reads a field of the body as it is', () => {
    expect(read({ tags: { team: 'eng' } })).toEqual({ team: 'eng' })
    expect(read({ labels: ['x'] }, 'labels')).toEqual(['x'])
  })

  it.each([undefined, null, [], {}])('finds none in %j', (body) => {
    expect(read(body)).toBeUndefined()
  })

  it.each(['{"tags":{}}', 7, true, new TextEncoder().encode('{"tags":{}}')])(
    'refuses %o, which the handler might read as it likes',
    (body) => {
      expect(() => read(body)).toThrow(PROBLEM)
    },
  )

  it.each([{ 'content-length': '23' }, { 'transfer-encoding': 'chunked' }])(
    'refuses a body that was sent and nobody has read: %o',
    (headers) => {
      const request = new RouteView(httpRequest({ headers }))
      expect(() => bodyTags()(request)).toThrow(PROBLEM)
      expect(() => bodyTagKeys()(request)).toThrow(PROBLEM)
    },
  )

  it('finds none where no body was sent', () => {
    const headers = { 'content-length': '0' }
    expect(bodyTags()(new RouteView(httpRequest({ headers })))).toBeUndefined()
  })

  it('finds none in a prototype', () => {
    expect(read(Object.create({ tags: { team: 'eng' } }))).toBeUndefined()
  })
})

describe('headerTags', () => {
  const read = (value: string | readonly string[], name?: string) =>
    headerTags(name)(new RouteView(httpRequest({ headers: { [name ?? 'x-iam-tags']: value } })))

  it('reads pairs as a query string has them', () => {
    expect(read('team=eng&cost+center=a%26b%3D1')).toEqual(
      new Map([
        ['team', 'eng'],
        ['cost center', 'a&b=1'],
      ]),
    )
    expect(
      headerTags('X-Tags')(new RouteView(httpRequest({ headers: { 'x-tags': 'a=' } }))),
    ).toEqual(new Map([['a', '']]))
  })

  it('finds none where the header is absent or empty', () => {
    expect(headerTags()(new RouteView(httpRequest()))).toBeUndefined()
    expect(read('')).toBeUndefined()
  })

  it.each([
    ['two headers', ['team=eng', 'team=ops']],
    ['a list', 'team=eng, team=ops'],
    ['a tag twice', 'team=eng&team=ops'],
    ['a tag twice, once in disguise', 'team=eng&%74eam=ops'],
    ['a pair without a value', 'team'],
    ['an empty pair', 'team=eng&'],
    ['an escape that is none', 'team=%ZZ'],
    ['bytes that are no text', 'team=%ff'],
    ['a space', 'team=e ng'],
    ['a character beyond ASCII', 'team=é'],
  ])('refuses %s', (_title, value) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ code: 'ERR_REQUEST_INVALID' }))
  })
})

describe('queryTags', () => {
  const read = (query: Readonly<Record<string, unknown>>, prefix?: string) =>
    queryTags(prefix)(new RouteView(httpRequest({ query })))

  it('reads parameters with the prefix', () => {
    expect(read({ 'tag.team': 'eng', page: '2' })).toEqual(new Map([['team', 'eng']]))
    expect(read({ t_team: 'eng' }, 't_')).toEqual(new Map([['team', 'eng']]))
  })
})

describe('request tags, wherever they are', () => {
  const headers = { 'x-iam-tags': '__proto__=eng' }
  it.each<[string, TagExtractor, Parameters<typeof httpRequest>[0]]>([
    ['a prototype key in a header', headerTags(), { headers }],
    ['a list in a query', queryTags(), { query: { 'tag.team': ['eng', 'ops'] } }],
    ['an object in a query', queryTags(), { query: { 'tag.team': { name: 'eng' } } }],
    ['a prototype key in a query', queryTags(), { query: { 'tag.__proto__': 'eng' } }],
    ['an empty key in a query', queryTags(), { query: { 'tag.': 'eng' } }],
    ['two spellings in a query', queryTags(), { query: { 'tag.team': 'eng', 'tag.Team': 'eng' } }],
    ['a list in a body', bodyTags(), { body: { tags: { team: ['eng'] } } }],
    ['text for the tags of a body', bodyTags(), { body: { tags: 'team=eng' } }],
  ])('are answered with 400 where they are %s', async (_title, requestTags, parts) => {
    const { iam } = docsIam()
    const route = iam.route('docs:CreateDocument', { requestTags, context: () => ({}) })
    const outcome = await iam.guard(route, httpRequest(parts))
    expect(outcome.kind).toBe('invalid')
  })
})
