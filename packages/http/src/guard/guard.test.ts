import { describe, expect, it } from 'vitest'
import { allowAll, allowIf, ann, type Docs, docs, docsIam, httpRequest } from '../../test/docs.js'
import type { IamOptions } from '../options.js'
import { documents } from '../policies/documents.js'
import type { Outcome } from './outcome.js'

const tagged = { value: 'the document', tags: { team: 'eng' } }

/** What an adapter would do: anything but `allowed` keeps the handler from running. */
function kindOf(outcome: Outcome): string {
  return outcome.kind
}

describe('guard', () => {
  it('hands the loaded object, the caller and the decision to an allowed handler', async () => {
    const { iam } = docsIam()
    const route = iam.route('docs:GetDocument', { resource: () => tagged })
    const outcome = await iam.guard(route, httpRequest())
    expect(outcome).toMatchObject({
      kind: 'allowed',
      access: {
        resource: 'the document',
        principal: ann.principal,
        decision: {
          answer: 'Allow',
          allowed: true,
          request: {
            action: 'docs:GetDocument',
            resource: 'arn:aws:docs::acme:folder/f1/document/d1',
            resourceAccount: 'acme',
          },
        },
      },
    })
  })

  it('asks for no resource where the action has none', async () => {
    const { iam } = docsIam()
    const outcome = await iam.guard(iam.route('docs:ReadStatus'), httpRequest({ params: {} }))
    expect(outcome).toMatchObject({
      kind: 'allowed',
      access: { decision: { request: { resource: '*' } } },
    })
  })

  it('takes the resource’s tags from the loader alone', async () => {
    const { iam } = docsIam(allowIf({ StringEquals: { 'aws:ResourceTag/team': 'eng' } }))
    const asked = httpRequest({ body: { tags: { team: 'eng' } } })
    const loader = { resource: () => tagged }
    const extractor = {
      resource: () => ({ value: 1 }),
      requestTags: () => ({ team: 'eng' }),
    }
    expect(kindOf(await iam.guard(iam.route('docs:GetDocument', loader), asked))).toBe('allowed')
    expect(kindOf(await iam.guard(iam.route('docs:CreateDocument', extractor), asked))).toBe(
      'denied',
    )
  })

  it('takes the request’s tags from the extractor alone', async () => {
    const { iam } = docsIam(allowIf({ StringEquals: { 'aws:RequestTag/team': 'eng' } }))
    const fromLoader = iam.route('docs:CreateDocument', {
      resource: () => tagged,
      requestTags: () => undefined,
    })
    const fromRequest = iam.route('docs:CreateDocument', {
      resource: () => ({ value: 1 }),
      requestTags: () => ({ team: 'eng' }),
    })
    expect(kindOf(await iam.guard(fromLoader, httpRequest()))).toBe('denied')
    expect(await iam.guard(fromRequest, httpRequest())).toMatchObject({
      kind: 'allowed',
      access: { requestTags: { team: 'eng' } },
    })
  })

  it('lets the loader’s keys override those of the request', async () => {
    const { iam } = docsIam(allowIf({ StringEquals: { 'docs:Classification': 'public' } }))
    const route = iam.route('docs:CreateDocument', {
      requestTags: () => undefined,
      context: () => ({ 'docs:Classification': 'public' }),
      resource: () => ({ value: 1, context: { 'docs:Classification': 'secret' } }),
    })
    expect(kindOf(await iam.guard(route, httpRequest()))).toBe('denied')
  })

  it.each([
    ['a global key', { 'aws:PrincipalTag/team': 'eng' }],
    ['a global key in other letters', { 'AWS:SourceIp': '192.0.2.1' }],
    ['a key of another action', { 'docs:Owner': 'ann' }],
    ['a list for one value', { 'docs:Classification': ['public'] }],
    ['an object', { 'docs:Classification': { toString: 'public' } }],
    ['text for a number', { 'docs:PageCount': '7' }],
    ['a list itself', ['docs:Classification']],
  ])('refuses %s among the keys of a request', async (_title, context) => {
    const { iam, faults } = docsIam()
    const route = iam.route('docs:CreateDocument', {
      requestTags: () => undefined,
      context: () => context as never,
    })
    expect(kindOf(await iam.guard(route, httpRequest()))).toBe('invalid')
    expect(faults).toEqual([])
  })

  it.each([
    ['a list', ['team']],
    ['text', 'team=eng'],
    ['a nested object', { team: { name: 'eng' } }],
    ['a list as value', { team: ['eng'] }],
    ['nothing as value', { team: null }],
    ['a prototype key', JSON.parse('{"__proto__":"eng"}')],
    ['a constructor key', { constructor: 'eng' }],
    ['two spellings of a key', { team: 'eng', Team: 'ops' }],
    ['an empty key', { '': 'eng' }],
    ['an endless value', { team: 'e'.repeat(257) }],
    ['51 tags', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, 'x']))],
  ])('refuses %s as request tags', async (_title, tags) => {
    const { iam } = docsIam()
    const route = iam.route('docs:CreateDocument', {
      requestTags: () => tags,
      context: () => ({}),
    })
    expect(kindOf(await iam.guard(route, httpRequest()))).toBe('invalid')
  })

  it('knows who calls before it looks at anything else', async () => {
    const { iam } = docsIam(allowAll, { identify: () => undefined })
    const asked: string[] = []
    const route = iam.route('docs:GetDocument', { resource: () => void asked.push('loader') })
    const hostile = httpRequest({ params: { folderId: '*', documentId: '../..' } })
    expect(await iam.guard(route, hostile)).toMatchObject({
      kind: 'unauthenticated',
      challenge: 'Bearer',
    })
    expect(asked).toEqual([])
  })

  it('decides about an anonymous caller only where the route says so', async () => {
    const everybody = {
      Statement: { Effect: 'Allow', Principal: '*', Action: 'docs:GetDocument', Resource: '*' },
    } as const
    const { iam } = docsIam(allowAll, {
      identify: () => undefined,
      policies: documents({ resource: everybody }),
    })
    const open = iam.route('docs:GetDocument', { anonymous: true })
    const closed = iam.route('docs:ListDocuments', { anonymous: true })
    const strict = iam.route('docs:GetDocument')
    expect(kindOf(await iam.guard(open, httpRequest()))).toBe('allowed')
    expect(kindOf(await iam.guard(closed, httpRequest()))).toBe('denied')
    expect(kindOf(await iam.guard(strict, httpRequest()))).toBe('unauthenticated')
  })

  it('never turns bad credentials into an anonymous caller', async () => {
    const { iam } = docsIam(allowAll, {
      identify: () => ({ problem: 'invalid_token', description: 'expired' }),
    })
    const route = iam.route('docs:GetDocument', { anonymous: true })
    expect(kindOf(await iam.guard(route, httpRequest()))).toBe('unauthenticated')
  })

  it('refuses credentials that carry an impossible tag', async () => {
    const identity = { ...ann, tags: { team: ['eng'] } as never }
    const { iam } = docsIam(allowAll, { identify: () => identity })
    expect(await iam.guard(iam.route('docs:GetDocument'), httpRequest())).toMatchObject({
      kind: 'unauthenticated',
      credentials: { problem: 'invalid_token' },
    })
  })

  it('answers `missing` only to those who may act on what is not there', async () => {
    const route = { resource: () => undefined }
    const all = docsIam()
    const own = docsIam(allowIf({ StringEquals: { 'aws:ResourceTag/team': 'eng' } }))
    const ofAll = await all.iam.guard(all.iam.route('docs:GetDocument', route), httpRequest())
    const ofOwn = await own.iam.guard(own.iam.route('docs:GetDocument', route), httpRequest())
    expect([ofAll.kind, ofOwn.kind]).toEqual(['missing', 'denied'])
  })

  it('takes the ARN from the loader where the route says so', async () => {
    const { iam, faults } = docsIam()
    const arn = docs.arn.document({ account: 'acme', folderId: 'f9', documentId: 'd1' })
    const ask = (found: object | undefined) =>
      iam.guard(
        iam.route('docs:GetDocument', { arn: 'loaded', resource: () => found as never }),
        httpRequest({ params: { documentId: 'd1' } }),
      )
    expect(await ask({ value: 1, arn })).toMatchObject({
      kind: 'allowed',
      access: { decision: { request: { resource: arn } } },
    })
    expect(await ask(undefined)).toMatchObject({
      kind: 'missing',
      decision: { request: { resource: '*' } },
    })
    expect((await ask({ value: 1 })).kind).toBe('unavailable')
    expect((await ask({ value: 1, arn: 'arn:aws:docs::acme:folder/f9' })).kind).toBe('unavailable')
    expect(faults).toHaveLength(2)
  })

  it('refuses a loader that answers another resource than the path names', async () => {
    const { iam } = docsIam()
    const arn = 'arn:aws:docs::acme:folder/f1/document/d2'
    const route = iam.route('docs:GetDocument', { resource: () => ({ value: 1, arn }) })
    expect(await iam.guard(route, httpRequest())).toMatchObject({
      kind: 'unavailable',
      status: 503,
    })
  })

  it('compares accounts with the owner that the loader names', async () => {
    const { iam } = docsIam()
    const route = iam.route('docs:GetDocument', {
      resource: () => ({ value: 1, account: 'globex' }),
    })
    expect(await iam.guard(route, httpRequest())).toMatchObject({
      kind: 'denied',
      decision: { request: { resourceAccount: 'globex' } },
    })
  })

  it('asks a resource of explicit trust for its own policy', async () => {
    const { iam } = docsIam()
    const outcome = await iam.guard(
      iam.route('docs:UseKey'),
      httpRequest({ params: { keyId: 'k1' } }),
    )
    expect(outcome).toMatchObject({ kind: 'denied', decision: { type: 'resource' } })
  })

  it('tells `onDecision` of every decision and of who asked, and refuses if it throws', async () => {
    const heard: unknown[] = []
    const { iam } = docsIam(allowAll, { onDecision: (event) => heard.push(event) })
    await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    iam.check({ identity: ann, action: 'docs:ReadStatus' })
    const time = new Date('2026-05-01T12:00:00Z')
    expect(heard).toMatchObject([
      { time, decision: { answer: 'Allow' }, mode: 'enforce', origin: 'guard' },
      { time, decision: { answer: 'Allow' }, mode: 'enforce', origin: 'check' },
    ])

    const deaf = docsIam(allowAll, {
      onDecision: () => {
        throw new Error('disk full')
      },
    })
    const outcome = await deaf.iam.guard(deaf.iam.route('docs:GetDocument'), httpRequest())
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 500 })
  })
})

describe('guard, where nothing answers later', () => {
  const broken = () => {
    throw new Error('the database is down')
  }

  it.each<[string, Partial<IamOptions<Docs>>, object]>([
    ['allowed', {}, {}],
    ['unauthenticated', { identify: () => undefined }, {}],
    ['missing', {}, { resource: () => undefined }],
    ['unavailable', { identify: broken }, {}],
    ['unavailable', {}, { resource: broken }],
    ['unavailable', { policies: broken }, {}],
  ])('answers `%s` at once with %o and %o', (kind, options, route) => {
    const { iam } = docsIam(allowAll, options)
    const outcome = iam.guard(iam.route('docs:GetDocument', route), httpRequest())
    expect(outcome).toMatchObject({ kind })
  })

  it.each<[string, Partial<IamOptions<Docs>>, object]>([
    ['the authenticator', { identify: async () => ann }, {}],
    ['the loader', {}, { resource: async () => ({ value: 1 }) }],
    ['the policy source', { policies: async () => ({}) }, {}],
  ])('answers later where %s does', async (_title, options, route) => {
    const { iam } = docsIam(allowAll, options)
    const outcome = iam.guard(iam.route('docs:GetDocument', route), httpRequest())
    expect(outcome).toBeInstanceOf(Promise)
    expect((await outcome).kind).toMatch(/^(allowed|denied)$/)
  })
})

describe('guard, when a part of it fails', () => {
  const broken = () => {
    throw new Error('the database is down')
  }
  const never = () => new Promise<never>(() => {})

  it.each([
    ['the loader throws', { resource: broken }],
    ['the loader rejects', { resource: async () => broken() }],
    ['the loader never answers', { resource: never }],
    ['the loader answers something else', { resource: () => 'a document' as never }],
    [
      'the loader answers impossible tags',
      { resource: () => ({ value: 1, tags: { team: 1 } as never }) },
    ],
    [
      'the loader answers a global key',
      { resource: () => ({ value: 1, context: { 'aws:userid': 'x' } }) },
    ],
  ])('refuses with 503 when %s', async (_title, route) => {
    const { iam, faults } = docsIam(allowAll, { timeLimit: 20 })
    const outcome = await iam.guard(iam.route('docs:GetDocument', route), httpRequest())
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 503 })
    expect(faults).toMatchObject([
      { action: 'docs:GetDocument', id: outcome.kind === 'unavailable' && outcome.id },
    ])
  })

  it.each([
    ['the authenticator throws', { identify: broken }],
    ['the authenticator never answers', { identify: never }],
    ['the policy source throws', { policies: broken }],
    ['the policy source rejects', { policies: async () => broken() }],
    ['the policy source never answers', { policies: never }],
    ['the policy source answers nothing', { policies: () => undefined as never }],
  ])('refuses with 503 when %s', async (_title, options) => {
    const { iam, faults } = docsIam(allowAll, { timeLimit: 20, ...options })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 503 })
    expect(faults).toHaveLength(1)
  })

  it.each([
    ['the ARN function throws', { arn: broken }],
    ['the ARN is of another kind', { arn: () => 'arn:aws:docs::acme:folder/f1' }],
    ['the ARN is no ARN', { arn: () => '*' }],
    ['the ARN is not text', { arn: () => ['*'] as never }],
  ])('refuses with 500 when %s', async (_title, route) => {
    const { iam, faults } = docsIam()
    const outcome = await iam.guard(iam.route('docs:GetDocument', route), httpRequest())
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 500 })
    expect(faults).toHaveLength(1)
  })

  it('refuses with 500 when the path binds no such parameter', async () => {
    const { iam, faults } = docsIam()
    const request = httpRequest({ params: { folderId: 'f1' } })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), request)
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 500 })
    expect(faults).toMatchObject([{ cause: { code: 'ERR_ROUTE_INVALID' } }])
  })

  it.each([
    ['the extractor throws', { requestTags: broken, context: () => ({}) }],
    ['the context function throws', { requestTags: () => undefined, context: broken }],
  ])('refuses with 500 when %s', async (_title, route) => {
    const { iam } = docsIam()
    const outcome = await iam.guard(iam.route('docs:CreateDocument', route), httpRequest())
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 500 })
  })

  it('tells the loader that nobody waits any more', async () => {
    const { iam } = docsIam(allowAll, { timeLimit: 20 })
    let aborted: unknown
    const route = iam.route('docs:GetDocument', {
      resource: ({ signal }) =>
        new Promise<undefined>((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = signal.reason
            resolve(undefined)
          })
        }),
    })
    await iam.guard(route, httpRequest())
    expect(aborted).toMatchObject({ message: 'the loader took longer than 20 ms' })
  })

  it('still refuses when the fault’s own reporter throws', async () => {
    const { iam } = docsIam(allowAll, { policies: broken, onFault: broken })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 503 })
  })
})
