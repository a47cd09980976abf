import type { ConditionBlock, PolicyDocument } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { allowAll, allowIf, ann, docsIam, httpRequest } from '../../test/docs.js'
import type { Identity } from '../identity/identity.js'
import { replyTo } from './reply.js'

const stepUp = { acrValues: 'urn:example:mfa urn:example:hw', maxAge: 300 }
const withMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

function denyUnless(condition: ConditionBlock): PolicyDocument {
  const deny = { Effect: 'Deny', Action: 'docs:*', Resource: '*', Condition: condition } as const
  return { Version: '2012-10-17', Statement: [deny, allowAll.Statement as never] }
}

async function ask(
  policy: PolicyDocument,
  identity: Identity = ann,
  challenge?: string | string[],
) {
  const identify = Object.assign(() => identity, challenge && { challenge })
  const { iam } = docsIam(policy, { stepUp, identify })
  const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
  return outcome.kind === 'allowed' ? undefined : replyTo(outcome, { explain: false })
}

const STRONGER =
  'error="insufficient_user_authentication", error_description="a stronger login is required", ' +
  'acr_values="urn:example:mfa urn:example:hw", max_age="300"'

describe('step-up', () => {
  it.each<[string, PolicyDocument, Identity]>([
    ['an Allow wants it and it is absent', allowIf(withMfa), ann],
    [
      'an Allow wants it and it is false',
      allowIf(withMfa),
      { ...ann, multiFactorAuth: { present: false } },
    ],
    [
      'a Deny refuses those without',
      denyUnless({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
      ann,
    ],
    [
      'the login lies too far back',
      allowIf({ NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } }),
      { ...ann, multiFactorAuth: { present: true, ageSeconds: 400 } },
    ],
  ])('is asked for where %s', async (_title, policy, identity) => {
    expect(await ask(policy, identity)).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': `Bearer ${STRONGER}` },
      problem: { type: 'urn:iamkit:problem:step-up', action: 'docs:GetDocument' },
    })
  })

  it.each<[string, PolicyDocument, Identity]>([
    [
      'something else is missing too',
      allowIf({ ...withMfa, StringEquals: { 'aws:username': 'bob' } }),
      ann,
    ],
    [
      'the second factor was there',
      allowIf({ StringEquals: { 'aws:username': 'bob' } }),
      {
        ...ann,
        multiFactorAuth: { present: true, ageSeconds: 1 },
      },
    ],
    [
      'nobody could sign in',
      allowIf(withMfa),
      { principal: { type: 'service', service: 'x.example.com' } },
    ],
  ])('is not asked for where %s', async (_title, policy, identity) => {
    expect((await ask(policy, identity))?.status).toBe(403)
  })

  it('stands behind the realm of the authenticator’s first challenge', async () => {
    const reply = await ask(allowIf(withMfa), ann, ['Bearer realm="docs"', 'AWS4-HMAC-SHA256'])
    expect(reply?.headers['www-authenticate']).toBe(`Bearer realm="docs", ${STRONGER}`)
  })

  it('can be a route’s own, and is nobody’s where nobody says so', async () => {
    const { iam } = docsIam(allowIf(withMfa))
    const own = iam.route('docs:GetDocument', { stepUp: { acrValues: 'hw' } })
    expect(await iam.guard(own, httpRequest())).toMatchObject({
      stepUp: { acrValues: 'hw', challenge: 'Bearer' },
    })
    const none = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(none.kind === 'denied' && 'stepUp' in none).toBe(false)
  })

  it('never lifts a mask', async () => {
    const { iam } = docsIam(allowIf(withMfa), { stepUp })
    const outcome = await iam.guard(
      iam.route('docs:GetDocument', { mask: 'notFound' }),
      httpRequest(),
    )
    expect(outcome.kind).toBe('hidden')
  })

  it.each([
    [{ acrValues: '' }],
    [{ acrValues: 'a"b' }],
    [{ acrValues: 'a\r\nb' }],
    [{ acrValues: 'a', maxAge: -1 }],
  ])('refuses to start with %j', (wrong) => {
    expect(() => docsIam(allowAll, { stepUp: wrong })).toThrow('invalid option `stepUp`')
    const { iam } = docsIam(allowAll)
    expect(() => iam.route('docs:GetDocument', { stepUp: wrong })).toThrow('invalid route')
  })
})
