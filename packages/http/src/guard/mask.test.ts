import type { PolicyDocument } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { allowAll, ann, docsIam, httpRequest } from '../../test/docs.js'
import type { RouteOptions } from '../route/route.js'
import { replyTo } from './reply.js'

/** Ann reads what is of her team, and writes what is a draft of it. */
const policy: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['docs:GetDocument', 'docs:ListDocuments'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'eng' } },
    },
    {
      Effect: 'Allow',
      Action: 'docs:CreateDocument',
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:ResourceTag/team': 'eng', 'aws:ResourceTag/stage': 'draft' },
      },
    },
  ],
}

const DOCUMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ours: { team: 'eng', stage: 'draft' },
  final: { team: 'eng', stage: 'final' },
  theirs: { team: 'ops', stage: 'draft' },
}

const options: RouteOptions<unknown, string, object, 'docs:GetDocument'> = {
  resource: ({ params }) => {
    const tags = DOCUMENTS[String(params.documentId)]
    return tags && { value: 1, tags }
  },
  mask: 'notFound',
}

async function ask(
  action: 'docs:GetDocument' | 'docs:CreateDocument',
  documentId: string,
  identify: () => typeof ann | undefined = () => ann,
) {
  const { iam } = docsIam(policy, { identify })
  const writing = {
    requestTags: () => ({}),
    context: () => ({}),
    discover: 'docs:GetDocument' as const,
  }
  const own = action === 'docs:GetDocument' ? options : { ...options, ...writing }
  const outcome = await iam.guard(
    iam.route(action, own),
    httpRequest({ params: { folderId: 'f', documentId } }),
  )
  return outcome
}

describe('a masked route', () => {
  it.each([
    ['docs:GetDocument', 'ours', 'allowed'],
    ['docs:GetDocument', 'theirs', 'hidden'],
    ['docs:GetDocument', 'none', 'hidden'],
    ['docs:CreateDocument', 'ours', 'allowed'],
    ['docs:CreateDocument', 'final', 'denied'],
    ['docs:CreateDocument', 'theirs', 'hidden'],
    ['docs:CreateDocument', 'none', 'hidden'],
  ] as const)('answers %s on `%s` with `%s`', async (action, documentId, kind) => {
    expect((await ask(action, documentId)).kind).toBe(kind)
  })

  it('asks for credentials before it tells anything', async () => {
    const kinds = await Promise.all(
      ['ours', 'theirs', 'none'].map((id) => ask('docs:GetDocument', id, () => undefined)),
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(Array(3).fill('unauthenticated'))
  })

  it('has one reply for what is hidden and what is not there: status, headers and body', async () => {
    const replies = await Promise.all(
      ['theirs', 'none', 'theirs'].map(async (id) => {
        const outcome = await ask('docs:GetDocument', id)
        return outcome.kind === 'allowed' ? undefined : replyTo(outcome, { explain: true })
      }),
    )
    expect(replies[0]).toEqual({
      status: 404,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      problem: {
        type: 'urn:iamkit:problem:not-found',
        title: 'Not found',
        status: 404,
        detail: 'there is no such resource',
      },
      body: expect.any(String),
    })
    expect(replies[1]).toEqual(replies[0])
    expect(replies[2]).toEqual(replies[0])
  })

  it('hides nothing of a part that fails', async () => {
    const { iam } = docsIam(policy)
    const route = iam.route('docs:GetDocument', {
      mask: 'notFound',
      resource: () => {
        throw new Error('down')
      },
    })
    expect((await iam.guard(route, httpRequest())).kind).toBe('unavailable')
  })

  it.each<[string, object, string]>([
    ['a writing action without `discover`', { mask: 'notFound' }, 'needs `discover`'],
    ['`discover` alone', { discover: 'docs:GetDocument' }, 'add `mask`'],
    [
      '`discover` of another resource',
      { mask: 'notFound', discover: 'docs:ListDocuments' },
      'acts on another',
    ],
    ['an unknown action', { mask: 'notFound', discover: 'docs:Nothing' }, 'no such action'],
    ['another mask', { mask: 'forbidden', discover: 'docs:GetDocument' }, 'can only be `notFound`'],
  ])('refuses to start with %s', (_title, own, message) => {
    const { iam } = docsIam(allowAll)
    const sources = { requestTags: () => ({}), context: () => ({}) }
    expect(() => iam.route('docs:CreateDocument', { ...sources, ...own } as never)).toThrow(message)
  })

  it('refuses to start where there is no resource to hide', () => {
    const { iam } = docsIam(allowAll)
    expect(() => iam.route('docs:ReadStatus', { mask: 'notFound' })).toThrow('has no resource')
  })
})
