import {
  compile,
  createPolicySet,
  evaluate,
  type PolicyDocument,
  parsePolicy,
  type StatementDocument,
} from '@iamkit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowAll, allowIf, ann, docsIam, httpRequest } from '../../test/docs.js'
import { documents } from '../policies/documents.js'
import { ResourceRange } from './resource-range.js'
import { renderShadowReport } from './shadow-report.js'

const nothing: PolicyDocument = {
  Statement: { Effect: 'Allow', Action: 'docs:*', Resource: 'arn:aws:docs::x:*' },
}
const at = (folderId: string, documentId: string) =>
  httpRequest({ params: { folderId, documentId } })

describe('shadow mode', () => {
  it('lets pass what it would refuse, and says so to the handler', async () => {
    const { iam } = docsIam(nothing, { mode: 'shadow' })
    const route = iam.route('docs:GetDocument', { resource: () => ({ value: 'it' }) })
    expect(await iam.guard(route, httpRequest())).toMatchObject({
      kind: 'allowed',
      access: {
        resource: 'it',
        principal: ann.principal,
        decision: { allowed: false, answer: 'ImplicitDeny' },
        refusal: { kind: 'denied' },
      },
    })
  })

  it('says nothing of a refusal where there is none', async () => {
    const { iam } = docsIam(allowAll, { mode: 'shadow' })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(outcome.kind === 'allowed' && 'refusal' in outcome.access).toBe(false)
    expect(iam.shadowReport()).toMatchObject({ calls: 1, denied: 0, findings: [] })
  })

  it.each([
    ['the app', { mode: 'shadow' }, {}, 'allowed'],
    ['the service', { mode: { docs: 'shadow' } }, {}, 'allowed'],
    ['the route', {}, { mode: 'shadow' }, 'allowed'],
    ['the app, but not the route', { mode: 'shadow' }, { mode: 'enforce' }, 'denied'],
    ['the service, but not the route', { mode: { docs: 'shadow' } }, { mode: 'enforce' }, 'denied'],
    ['nobody', {}, {}, 'denied'],
    ['no service that is named', { mode: {} }, {}, 'denied'],
  ] as const)('is what %s says', async (...[, options, own, kind]) => {
    const { iam } = docsIam(nothing, options)
    const outcome = await iam.guard(iam.route('docs:GetDocument', own), httpRequest())
    expect(outcome.kind).toBe(kind)
  })

  it.each([
    ['no credentials', undefined],
    ['bad credentials', { problem: 'invalid_token', description: 'expired' }],
    ['malformed credentials', { problem: 'invalid_request', description: 'two headers' }],
  ] as const)(
    'takes a caller with %s for anonymous, and never for who it says',
    async (_t, found) => {
      const { iam } = docsIam(allowAll, { mode: 'shadow', identify: () => found })
      expect(await iam.guard(iam.route('docs:GetDocument'), httpRequest())).toMatchObject({
        kind: 'allowed',
        access: {
          principal: { type: 'anonymous' },
          decision: { allowed: false },
          refusal: { kind: 'unauthenticated' },
        },
      })
      expect(iam.shadowReport()).toMatchObject({ calls: 1, unauthenticated: 1, denied: 1 })
    },
  )

  const broken = () => {
    throw new Error('down')
  }
  it.each<[string, object, object]>([
    ['the loader', {}, { resource: broken }],
    ['the policy source', { policies: broken }, {}],
    ['the audit', { onDecision: broken }, {}],
  ])('does not break the app where %s fails', async (_title, options, own) => {
    const { iam, faults } = docsIam(allowAll, { mode: 'shadow', ...options })
    const outcome = await iam.guard(iam.route('docs:GetDocument', own), httpRequest())
    expect(outcome).toMatchObject({
      kind: 'allowed',
      access: { decision: { allowed: false }, refusal: { kind: 'unavailable' } },
    })
    expect(faults).toHaveLength(1)
    expect(iam.shadowReport()).toMatchObject({ calls: 1, undecided: 1, denied: 0 })
  })

  it('does not break the app where the authenticator fails', async () => {
    const { iam, faults } = docsIam(allowAll, { mode: 'shadow', identify: broken })
    expect(await iam.guard(iam.route('docs:GetDocument'), httpRequest())).toMatchObject({
      kind: 'allowed',
      access: { principal: { type: 'anonymous' }, refusal: { kind: 'unavailable' } },
    })
    expect(faults).toHaveLength(1)
  })

  it.each([
    [
      'a parameter that means more than itself',
      { params: { folderId: '*', documentId: 'd' } },
      ann,
    ],
    ['the same without credentials', { params: { folderId: '*', documentId: 'd' } }, undefined],
  ])('lets pass %s, undecided', async (_title, parts, identity) => {
    const { iam, faults } = docsIam(allowAll, { mode: 'shadow', identify: () => identity })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest(parts))
    expect(outcome).toMatchObject({
      kind: 'allowed',
      access: {
        decision: { allowed: false },
        refusal: { kind: identity ? 'invalid' : 'unauthenticated' },
      },
    })
    expect(iam.shadowReport()).toMatchObject({ calls: 1, denied: 0, undecided: 1 })
    expect(faults).toEqual([])
  })

  it('lets tags pass that cannot be, and hands on none of them', async () => {
    const { iam } = docsIam(allowAll, { mode: 'shadow' })
    const route = iam.route('docs:CreateDocument', {
      requestTags: () => ({ team: ['eng'] }),
      context: () => ({}),
    })
    expect(await iam.guard(route, httpRequest())).toMatchObject({
      kind: 'allowed',
      access: { requestTags: {}, refusal: { kind: 'invalid' } },
    })
  })

  it('passes what is not there to the handler, which knows what to answer', async () => {
    const { iam } = docsIam(allowAll, { mode: 'shadow' })
    const route = iam.route('docs:GetDocument', { resource: () => undefined })
    expect(await iam.guard(route, httpRequest())).toMatchObject({
      kind: 'allowed',
      access: { resource: undefined, refusal: { kind: 'missing' } },
    })
  })

  it('tells `onDecision` which mode it was', async () => {
    const modes: string[] = []
    const { iam } = docsIam(nothing, { mode: 'shadow', onDecision: ({ mode }) => modes.push(mode) })
    await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    await iam.guard(iam.route('docs:GetDocument', { mode: 'enforce' }), httpRequest())
    expect(modes).toEqual(['shadow', 'enforce'])
  })

  it('leaves `check` to answer the truth', () => {
    const { iam } = docsIam(nothing, { mode: 'shadow' })
    expect(iam.check({ identity: ann, action: 'docs:ReadStatus' }).allowed).toBe(false)
    expect(iam.shadowReport().calls).toBe(0)
  })

  it.each([['Shadow'], [{ docs: 'off' }], [{ dosc: 'shadow' }], [7], [null]])(
    'refuses to start in the mode %j',
    (mode) => {
      expect(() => docsIam(allowAll, { mode: mode as never })).toThrow(
        expect.objectContaining({ code: 'ERR_IAM_OPTIONS_INVALID', option: 'mode' }),
      )
    },
  )
})

describe('shadowReport', () => {
  it('counts, and suggests the smallest statements', async () => {
    const { iam } = docsIam(allowAll, {
      mode: 'shadow',
      policies: documents({
        identity: [
          {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'OwnTeam',
                Effect: 'Allow',
                Action: ['docs:GetDocument', 'docs:ListDocuments'],
                Resource: '*',
                Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
              },
              { Sid: 'NoKeys', Effect: 'Deny', Action: 'docs:UseKey', Resource: '*' },
            ],
          },
        ],
      }),
    })
    const get = iam.route('docs:GetDocument', {
      resource: ({ params }) => ({
        value: 1,
        tags: { team: params.documentId === 'd0' ? 'eng' : 'ops' },
      }),
    })
    for (const id of ['d0', 'd1', 'd2', 'd1']) await iam.guard(get, at('f1', id))
    const key = iam.route('docs:UseKey')
    await iam.guard(key, httpRequest({ params: { keyId: 'k1' } }))
    const report = iam.shadowReport()
    expect(report).toEqual({
      since: new Date('2026-05-01T12:00:00Z'),
      calls: 5,
      denied: 4,
      unauthenticated: 0,
      undecided: 0,
      findings: [
        {
          calls: 3,
          caller: 'arn:aws:iam::acme:user/ann',
          action: 'docs:GetDocument',
          answer: 'ImplicitDeny',
          policyType: 'identity',
          resources: [
            'arn:aws:docs::acme:folder/f1/document/d1',
            'arn:aws:docs::acme:folder/f1/document/d2',
          ],
          statements: [
            {
              name: 'OwnTeam',
              calls: 3,
              message: '`aws:ResourceTag/team` is `ops`, `OwnTeam` wants `eng`',
            },
          ],
        },
        {
          calls: 1,
          caller: 'arn:aws:iam::acme:user/ann',
          action: 'docs:UseKey',
          answer: 'ExplicitDeny',
          policyType: 'identity',
          resources: ['arn:aws:docs::acme:key/k1'],
          statements: [{ name: 'NoKeys', calls: 1, message: '`NoKeys` denies it' }],
        },
      ],
      suggestions: [
        {
          calls: 3,
          caller: 'arn:aws:iam::acme:user/ann',
          policyType: 'identity',
          isBroad: false,
          statement: {
            Effect: 'Allow',
            Action: 'docs:GetDocument',
            Resource: [
              'arn:aws:docs::acme:folder/f1/document/d1',
              'arn:aws:docs::acme:folder/f1/document/d2',
            ],
          },
        },
      ],
    })
    expect(renderShadowReport(report)).toBe(
      [
        'iamkit shadow  would have denied 4 of 5 calls since 2026-05-01T12:00:00.000Z',
        '  3  docs:GetDocument  arn:aws:iam::acme:user/ann  no identity policy allows it',
        '      `aws:ResourceTag/team` is `ops`, `OwnTeam` wants `eng`',
        '  1  docs:UseKey  arn:aws:iam::acme:user/ann  denied by identity policy',
        '      `NoKeys` denies it',
        'These statements would allow 3 of them:',
        '  identity policy, arn:aws:iam::acme:user/ann (3):',
        '    {"Effect":"Allow","Action":"docs:GetDocument","Resource":' +
          '["arn:aws:docs::acme:folder/f1/document/d1","arn:aws:docs::acme:folder/f1/document/d2"]}',
      ].join('\n'),
    )
  })

  it('writes large numbers as people read them', () => {
    const { iam } = docsIam()
    const report = { ...iam.shadowReport(), calls: 9312, denied: 14, undecided: 1_000_000 }
    expect(renderShadowReport(report)).toBe(
      'iamkit shadow  would have denied 14 of 9,312 calls since 2026-05-01T12:00:00.000Z\n' +
        '  among all calls: 1,000,000 that could not be decided',
    )
  })

  it('joins actions that lack the same resources', async () => {
    const { iam } = docsIam(nothing, { mode: 'shadow' })
    await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    await iam.guard(
      iam.route('docs:CreateDocument', { requestTags: () => ({}), context: () => ({}) }),
      httpRequest(),
    )
    expect(iam.shadowReport().suggestions.map(({ statement }) => statement)).toEqual([
      {
        Effect: 'Allow',
        Action: ['docs:CreateDocument', 'docs:GetDocument'],
        Resource: 'arn:aws:docs::acme:folder/f1/document/d1',
      },
    ])
  })

  it('suggests nothing for what no loader has found', async () => {
    const { iam } = docsIam(nothing, { mode: 'shadow' })
    const route = iam.route('docs:GetDocument', { arn: 'loaded', resource: () => undefined })
    await iam.guard(route, httpRequest())
    expect(iam.shadowReport()).toMatchObject({ denied: 1, suggestions: [] })
  })

  it('names the caller where a resource policy would have to allow it', async () => {
    const { iam } = docsIam(allowAll, { mode: 'shadow', identify: () => undefined })
    await iam.guard(iam.route('docs:GetDocument', { anonymous: true }), httpRequest())
    expect(iam.shadowReport().suggestions).toMatchObject([
      { policyType: 'resource', statement: { Principal: '*' } },
    ])
  })

  it('keeps counting, but not everything apart, where callers are endless', async () => {
    let number = 0
    const { iam } = docsIam(nothing, {
      mode: 'shadow',
      identify: () => ({
        principal: { type: 'user', account: 'acme', arn: `arn:aws:iam::acme:user/${number++}` },
      }),
    })
    const route = iam.route('docs:ReadStatus')
    for (let i = 0; i < 1001; i++) await iam.guard(route, httpRequest({ params: {} }))
    const report = iam.shadowReport()
    expect([report.calls, report.denied, report.findings.length]).toEqual([1001, 1001, 1000])
  })

  it('suggests what allows every call that was seen, for every set of calls', async () => {
    const id = fc.stringMatching(/^[a-z0-9.-]{1,8}$/).filter((text) => !/^\.+$/.test(text))
    const calls = fc.array(fc.tuple(fc.boolean(), id, id), { minLength: 1, maxLength: 60 })
    const property = fc.asyncProperty(calls, async (all) => {
      const { iam } = docsIam(allowIf({ Bool: { 'aws:SecureTransport': 'true' } }), {
        mode: 'shadow',
      })
      const routes = [iam.route('docs:GetDocument'), iam.route('docs:ListDocuments')] as const
      for (const [list, folderId, documentId] of all) {
        await iam.guard(routes[list ? 1 : 0], at(folderId, documentId))
      }
      const { suggestions, denied } = iam.shadowReport()
      expect(suggestions.reduce((sum, one) => sum + one.calls, 0)).toBe(denied)
      const set = setOf(suggestions.map(({ statement }) => statement))
      for (const [list, folderId, documentId] of all) {
        const outcome = await iam.guard(routes[list ? 1 : 0], at(folderId, documentId))
        if (outcome.kind !== 'allowed') throw new Error('expected to pass')
        expect(evaluate(set, outcome.access.decision.request).answer).toBe('Allow')
      }
    })
    await fc.assert(property, { numRuns: 40 })
  })
})

function setOf(Statement: readonly StatementDocument[]) {
  return createPolicySet({
    identity: [compile(parsePolicy({ Version: '2012-10-17', Statement }))],
  })
}

describe('ResourceRange', () => {
  const patternsOf = (resources: readonly string[]) => {
    const range = new ResourceRange()
    for (const resource of resources) range.add(resource)
    return { patterns: range.patterns(), isBroad: range.isBroad }
  }
  const many = (make: (i: number) => string) => Array.from({ length: 21 }, (_, i) => make(i))

  it.each<[string, readonly string[], readonly string[], boolean]>([
    ['one', ['arn:a:b::c:d/e'], ['arn:a:b::c:d/e'], false],
    ['no resource at all', ['*'], ['*'], false],
    [
      'characters that would be wildcards',
      ['arn:a:b::c:d/*?$'],
      ['arn:a:b::c:d/${*}${?}${$}'],
      false,
    ],
    ['many of one shape', many((i) => `arn:a:b::c:d/${i}/e`), ['arn:a:b::c:d/*/e'], true],
    [
      'many of two shapes',
      many((i) => (i === 9 ? 'arn:a:b::c:d' : `arn:a:b::c:d/${i}`)),
      ['arn:a:b::c:d*'],
      true,
    ],
    ['many that share little', many((i) => `arn:a:b::${i}:d/${i}`), ['arn:a:b::*:d/*'], true],
  ])('names %s', (...[, resources, patterns, isBroad]) => {
    expect(patternsOf(resources)).toEqual({ patterns, isBroad })
  })
})
