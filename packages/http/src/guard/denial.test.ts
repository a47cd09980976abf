import type { PolicyDocument } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { ann, docsIam, httpRequest } from '../../test/docs.js'
import type { Identity } from '../identity/identity.js'
import { documents } from '../policies/documents.js'
import type { Refusal } from './outcome.js'
import { replyTo } from './reply.js'

const READ = {
  Sid: 'Read',
  Effect: 'Allow',
  Action: 'docs:GetDocument',
  Resource: '*',
} as const
const statement = (Statement: PolicyDocument['Statement']): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
})

async function problemOf(policy: PolicyDocument, caller: Identity = ann) {
  const { iam } = docsIam(policy, { identify: () => caller })
  const options = {
    resource: () => ({ value: 1, tags: { team: 'ops' } }),
    anonymous: true,
  } as const
  const outcome = await iam.guard(iam.route('docs:GetDocument', options), httpRequest())
  expect(outcome.kind).toBe('denied')
  return replyTo(outcome as Refusal, { explain: true }).problem
}

const NOT_OPS = {
  Sid: 'NotOps',
  Effect: 'Deny',
  Action: 'docs:*',
  Resource: '*',
  Condition: { StringEquals: { 'aws:ResourceTag/team': ['ops', 'sec'] } },
} as const

describe('an explained denial', () => {
  it('says which Deny it was, and what that has met', async () => {
    expect(await problemOf(statement([READ, NOT_OPS]))).toMatchObject({
      detail:
        'User: arn:aws:iam::acme:user/ann is not authorized to perform: docs:GetDocument on resource: ' +
        'arn:aws:docs::acme:folder/f1/document/d1 with an explicit deny in an identity-based policy',
      hint: '`NotOps` denies it: `aws:ResourceTag/team` is `ops`',
      explain: [
        {
          policy: 'identity 0',
          statement: 'NotOps',
          effect: 'Deny',
          applies: true,
          met: [
            {
              operator: 'StringEquals',
              key: 'aws:ResourceTag/team',
              wanted: ['ops', 'sec'],
              had: 'ops',
            },
          ],
        },
        { policy: 'identity 0', statement: 'Read', effect: 'Allow', applies: true },
      ],
    })
  })

  it('counts the others that deny too', async () => {
    const always = { Effect: 'Deny', Action: 'docs:GetDocument', Resource: '*' } as const
    const { hint } = await problemOf(statement([always, NOT_OPS]))
    expect(hint).toBe(
      '`identity 0, statement 0` denies it, whatever the request holds; so do 1 more',
    )
  })

  it('says that a missing key has met a Deny', async () => {
    const Condition = { Null: { 'aws:MultiFactorAuthPresent': 'true' } }
    const { hint } = await problemOf(statement([READ, { ...NOT_OPS, Condition }]))
    expect(hint).toBe('`NotOps` denies it: `aws:MultiFactorAuthPresent` is missing')
  })

  it('leaves out statements that speak of other actions, and stops after twenty', async () => {
    const other = { Effect: 'Allow', Action: 'docs:ListDocuments', Resource: '*' } as const
    const near = { ...READ, Resource: 'arn:aws:docs::acme:folder/f2/*' }
    const many = Array.from({ length: 30 }, (_, i) => ({ ...near, Sid: `Near${i}` }))
    const { explain = [] } = await problemOf(statement([other, ...many]))
    expect(explain).toHaveLength(20)
    expect(explain[0]).toMatchObject({ statement: 'Near0', failed: 'resource' })
  })

  it.each<[string, Identity, string]>([
    [
      'of another account',
      { principal: { type: 'user', account: 'globex', arn: 'arn:aws:iam::globex:user/eve' } },
      'the caller is of account `globex`, the resource of `acme`: policies of both must allow it; ' +
        'more is told to callers of `acme` alone',
    ],
    [
      'without an account',
      { principal: { type: 'anonymous' } },
      'the caller has no account: only a policy of the resource can allow it; ' +
        'more is told to callers of `acme` alone',
    ],
  ])('tells a caller %s that it is one, and no more', async (_title, caller, hint) => {
    expect(await problemOf(statement([READ, NOT_OPS]), caller)).toEqual({
      type: 'urn:iamkit:problem:access-denied',
      title: 'Access denied',
      status: 403,
      detail: 'not authorized to perform docs:GetDocument on this resource',
      instance: expect.stringMatching(/^urn:uuid:/),
      action: 'docs:GetDocument',
      resource: 'arn:aws:docs::acme:folder/f1/document/d1',
      hint,
    })
  })

  it('says that no statement speaks of the action', async () => {
    const other = { ...READ, Action: 'docs:ListDocuments' }
    expect(await problemOf(statement(other))).toMatchObject({
      hint: 'no statement speaks of `docs:GetDocument`',
      explain: [],
    })
  })

  it('says that there is no policy at all', async () => {
    const { iam } = docsIam(statement(READ), { policies: documents({}) })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(replyTo(outcome as Refusal, { explain: true }).problem).toMatchObject({
      hint: 'no policy is attached to this caller or this resource',
      explain: [],
    })
  })

  it('stays short, whatever the request holds', async () => {
    const Condition = { StringLike: { 'aws:ResourceTag/team': 'x*' } }
    const { iam } = docsIam(statement([READ, { ...NOT_OPS, Condition }]))
    const options = { resource: () => ({ value: 1, tags: { team: 'x'.repeat(256) } }) }
    const outcome = await iam.guard(iam.route('docs:GetDocument', options), httpRequest())
    const { hint } = replyTo(outcome as Refusal, { explain: true }).problem
    expect(hint).toBe(`\`NotOps\` denies it: \`aws:ResourceTag/team\` is \`${'x'.repeat(128)}…\``)
  })
})
