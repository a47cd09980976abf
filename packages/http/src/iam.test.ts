import {
  compile,
  defineService,
  type PolicySet,
  parsePolicy,
  type RequestContext,
  type RequestPrincipal,
} from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { allowAll, allowIf, ann, docs, docsIam, httpRequest } from '../test/docs.js'
import { createIam } from './iam.js'
import { documents } from './policies/documents.js'
import type { PolicyQuestion } from './policies/policy-question.js'

const document = 'arn:aws:docs::acme:folder/f1/document/d1'

describe('check', () => {
  it('answers at once, with a decision that has an id', () => {
    const { iam } = docsIam()
    const decision = iam.check({ identity: ann, action: 'docs:GetDocument', resource: document })
    expect(decision).toMatchObject({ answer: 'Allow', allowed: true })
    expect(decision.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it('explains itself', () => {
    const { iam } = docsIam(allowIf({ StringEquals: { 'aws:RequestTag/team': 'eng' } }))
    const decision = iam.check({
      identity: ann,
      action: 'docs:CreateDocument',
      resource: document,
      requestTags: { team: 'ops' },
    })
    expect(decision.allowed).toBe(false)
    expect(decision.explain().statements).toMatchObject([
      { conditions: [{ key: 'aws:RequestTag/team', wanted: ['eng'], had: 'ops' }] },
    ])
  })

  it('hands the policies of a session to the source, and refuses a source that leaves them out', async () => {
    const asked: unknown[] = []
    const text = '{"Statement":{"Effect":"Allow","Action":"docs:List*","Resource":"*"}}'
    const narrowed = compile(parsePolicy(text, { type: 'session' }))
    const session: RequestPrincipal = {
      type: 'role-session',
      account: 'acme',
      arn: 'arn:aws:sts::acme:assumed-role/author/ann',
      roleArn: 'arn:aws:iam::acme:role/author',
    }
    const identity = { principal: session, sessionPolicies: [text] }
    const answer = (session: PolicySet['session']) => {
      const { iam } = docsIam()
      const policies = (question: PolicyQuestion) => {
        asked.push(question.session)
        return { ...(iam.options.policies(question) as PolicySet), ...(session && { session }) }
      }
      return createIam({ ...iam.options, policies, identify: () => identity })
    }
    const question = { identity, action: 'docs:GetDocument', resource: document } as const
    expect(answer([narrowed]).check(question).allowed).toBe(false)
    expect(() => answer(undefined).check(question)).toThrow(
      "no policies: the policy source left out the policies of the caller's session",
    )
    expect(() => answer([]).check(question)).toThrow('left out the policies')
    const user = { ...question, identity: { ...ann, sessionPolicies: [text] } }
    expect(() => answer([narrowed]).check(user)).toThrow('has policies of a session, and is none')
    const route = (iam: ReturnType<typeof answer>) => iam.route('docs:GetDocument')
    const guarded = async (iam: ReturnType<typeof answer>) =>
      (await iam.guard(route(iam), httpRequest())).kind
    expect(await guarded(answer([narrowed]))).toBe('denied')
    expect(await guarded(answer(undefined))).toBe('unavailable')
    expect(asked).toEqual(Array.from({ length: 6 }, () => [text]))
  })

  it('knows what an identity provider vouched for, and nothing of itself from there', () => {
    const { iam } = docsIam(allowIf({ StringEquals: { 'login.example.com:sub': 'ann' } }))
    const question = { action: 'docs:GetDocument', resource: document } as const
    const known = { ...ann, providerKeys: { 'login.example.com:sub': 'ann' } }
    expect(iam.check({ ...question, identity: known }).allowed).toBe(true)
    expect(iam.check({ ...question, identity: ann }).allowed).toBe(false)
    const { iam: other } = docsIam(allowIf({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }))
    const lying = { ...ann, providerKeys: { 'aws:SourceVpc': 'vpc-1' } }
    expect(other.check({ ...question, identity: lying }).allowed).toBe(false)
  })

  it('knows caller, clock and tags', () => {
    const { iam } = docsIam(
      allowIf({
        StringEquals: {
          'aws:username': 'ann',
          'aws:PrincipalTag/team': 'eng',
          'aws:ResourceTag/stage': 'draft',
          'aws:RequestedRegion': 'eu-west-1',
        },
        DateEquals: { 'aws:CurrentTime': '2026-05-01T12:00:00Z' },
        NumericEquals: { 'aws:EpochTime': '1777636800' },
      }),
      { region: 'eu-west-1' },
    )
    const question = { identity: ann, action: 'docs:GetDocument', resource: document } as const
    expect(iam.check({ ...question, resourceTags: { stage: 'draft' } }).allowed).toBe(true)
    expect(iam.check({ ...question, resourceTags: { stage: 'final' } }).allowed).toBe(false)
  })

  it('does not see what the app does with the time of a decision afterwards', () => {
    const { iam } = docsIam(allowAll, { onDecision: ({ time }) => time.setFullYear(1999) })
    const { request } = iam.check({ identity: ann, action: 'docs:ReadStatus' })
    const context = request.context as RequestContext
    expect(context.get('aws:currenttime')).toBe('2026-05-01T12:00:00.000Z')
  })

  it('lets nobody else say who calls', () => {
    const { iam } = docsIam(allowIf({ StringEquals: { 'aws:username': 'root' } }))
    const context = { 'aws:username': 'root' }
    const decision = iam.check({
      identity: ann,
      action: 'docs:GetDocument',
      resource: document,
      context,
    })
    expect(decision.allowed).toBe(false)
  })

  it('can be logged and compared as data', () => {
    const { iam } = docsIam()
    const decision = iam.check({ identity: ann, action: 'docs:ReadStatus' })
    expect(JSON.parse(JSON.stringify(decision))).toMatchObject({
      answer: 'Allow',
      request: { action: 'docs:ReadStatus', resource: '*', principal: ann.principal },
    })
  })

  it('refuses an action that no service has', () => {
    const { iam } = docsIam()
    expect(() => iam.check({ identity: ann, action: 'docs:Nothing' as never })).toThrow(
      'no such action',
    )
  })

  it.each([
    ['answers later', async () => ({}), 'the policy source answers later'],
    ['answers nothing', () => undefined as never, 'the policy source answered nothing'],
    [
      'throws',
      () => {
        throw new Error('down')
      },
      'the policy source failed',
    ],
  ])('does not decide where the policy source %s', (_title, policies, message) => {
    const { iam } = docsIam(allowAll, { policies })
    expect(() => iam.check({ identity: ann, action: 'docs:ReadStatus' })).toThrow(
      expect.objectContaining({
        code: 'ERR_POLICY_SOURCE',
        message: expect.stringContaining(message),
      }),
    )
  })
})

describe('check, where no types are,', () => {
  const { iam } = docsIam()
  const question = { identity: ann, action: 'docs:GetDocument', resource: document } as const

  it.each<[object, string]>([
    [
      { ...question, resourceTag: { team: 'ops' } },
      '`resourceTag`: is nothing to ask about; there are identity, action, resource, resourceAccount, resourceTags, ' +
        'requestTags, context',
    ],
    [{ ...question, identity: undefined }, '`identity`: it has no `principal`'],
    [{ ...question, identity: ann.principal }, '`identity`: it has no `principal`'],
    [
      { ...question, identity: { principal: { type: 'user', account: 'acme' } } },
      '`identity`: its principal, of type `user`, has no `arn`, such as `arn:aws:iam::acme:user/ann`',
    ],
    [
      { ...question, context: Promise.resolve({}) },
      '`context`: must be a plain object of condition keys',
    ],
    [
      { ...question, identity: { ...ann, tag: {} } },
      '`identity`: `tag` is none of principal, tags, groups, ',
    ],
    [
      { ...question, resource: undefined },
      '`resource`: `docs:GetDocument` acts on a `document`: say which, or `*` for one that nothing names',
    ],
  ])('refuses %o', (odd, problem) => {
    expect(() => iam.check(odd as never)).toThrow(`invalid request: ${problem}`)
  })

  it('refuses what is no action', () => {
    expect(() => iam.check({ ...question, action: ['docs:GetDocument'] } as never)).toThrow(
      'invalid route `object`: name an action, such as `docs:GetDocument`',
    )
  })

  it('refuses what a list is not asked', () => {
    expect(() => iam.filter(ann, 'docs:GetDocument', { contxt: {} } as never)).toThrow(
      'invalid option `contxt`: is no option of `filter`',
    )
    const request = { identity: ann, action: 'docs:GetDocument', reed: () => ({}) }
    expect(() => iam.select([], request as never)).toThrow('`reed`: is no option of `select`')
  })
})

describe('checkMany', () => {
  it('answers each in its place, whatever happens to the others', () => {
    const { iam } = docsIam(allowIf({ StringEquals: { 'aws:ResourceTag/team': 'eng' } }))
    const ask = (resourceTags: Readonly<Record<string, string>>) =>
      ({ identity: ann, action: 'docs:GetDocument', resource: document, resourceTags }) as const
    const results = iam.checkMany([
      ask({ team: 'eng' }),
      { ...ask({}), action: 'docs:Nothing' as never },
      ask({ team: 'ops' }),
      ask({ team: ['eng'] as never }),
    ])
    expect(results.map(({ decision, error }) => decision?.answer ?? error)).toEqual([
      'Allow',
      expect.objectContaining({ code: 'ERR_ROUTE_INVALID' }),
      'ImplicitDeny',
      expect.objectContaining({ code: 'ERR_REQUEST_INVALID' }),
    ])
  })

  it('has nothing to say about nothing', () => {
    expect(docsIam().iam.checkMany([])).toEqual([])
  })
})

describe('createIam', () => {
  const good = {
    services: [docs],
    account: 'acme',
    policies: documents({ identity: [allowAll] }),
    identify: () => ann,
  }

  it.each([
    ['services', []],
    ['services', docs],
    ['services', [{ prefix: 'docs' }]],
    ['services', [undefined]],
    ['services', [docs, docs]],
    ['account', ''],
    ['account', undefined],
    ['account', 111122223333],
    ['account', 'Acme'],
    ['account', 'acme:folder/*'],
    ['account', '*'],
    ['policies', undefined],
    ['identify', undefined],
    ['timeLimit', 0],
    ['timeLimit', Number.POSITIVE_INFINITY],
    ['timeLimit', Number.NaN],
  ])('refuses an impossible `%s`: %j', (option, value) => {
    expect(() => createIam({ ...good, [option]: value } as never)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_OPTIONS_INVALID', option }),
    )
  })

  it('refuses an ARN whose parameter is written as in a path', () => {
    const notes = defineService('notes', {
      resources: { note: { arn: 'book/:bookId/note/:noteId' } },
      actions: { GetNote: { resource: 'note', access: 'Read' } },
    })
    expect(() => createIam({ ...good, services: [notes] })).toThrow(
      'invalid option `services`: `book/:bookId/note/:noteId` binds nothing; write `book/{bookId}/note/{noteId}`',
    )
  })

  it('refuses a whole ARN where its last part belongs', () => {
    const notes = defineService('notes', {
      resources: { note: { arn: 'arn:aws:notes:::note/{noteId}' } },
      actions: { GetNote: { resource: 'note', access: 'Read' } },
    })
    expect(() => createIam({ ...good, services: [notes] })).toThrow(
      'invalid option `services`: `arn:aws:notes:::note/{noteId}` is a whole ARN; write `note/{noteId}`',
    )
  })

  it.each(['acme', 'acme-1', '111122223333', 'a'])('takes the account `%s`', (account) => {
    expect(createIam({ ...good, account }).options.account).toBe(account)
  })
})
