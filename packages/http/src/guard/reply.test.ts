import { describe, expect, it } from 'vitest'
import { allowIf, docsIam, httpRequest } from '../../test/docs.js'
import type { Outcome, Refusal } from './outcome.js'
import { replyTo } from './reply.js'

async function denial(): Promise<Refusal> {
  const policy = allowIf({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })
  const { iam } = docsIam(policy)
  const route = iam.route('docs:GetDocument', {
    resource: () => ({ value: 1, tags: { team: 'ops' } }),
  })
  const outcome: Outcome = await iam.guard(route, httpRequest())
  if (outcome.kind !== 'denied') throw new Error(`expected a denial, got ${outcome.kind}`)
  return outcome
}

const quiet = { explain: false }

describe('replyTo', () => {
  it('says what was refused, and never why', async () => {
    const outcome = await denial()
    const reply = replyTo(outcome, quiet)
    expect(reply.status).toBe(403)
    expect(JSON.parse(reply.body)).toEqual({
      type: 'urn:iamkit:problem:access-denied',
      title: 'Access denied',
      status: 403,
      detail: 'not authorized to perform docs:GetDocument on this resource',
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      action: 'docs:GetDocument',
      resource: 'arn:aws:docs::acme:folder/f1/document/d1',
    })
  })

  it('does not tell an ARN that only the loader knew', async () => {
    const { iam } = docsIam(allowIf({ StringEquals: { 'aws:username': 'bob' } }))
    const arn = 'arn:aws:docs::acme:folder/hidden/document/d1'
    const ask = async (found: object | undefined) => {
      const options = { arn: 'loaded', resource: () => found as { value: number } } as const
      const outcome = await iam.guard(iam.route('docs:GetDocument', options), httpRequest())
      const { instance, ...rest } = replyTo(outcome as Refusal, quiet).problem
      expect(instance).toMatch(/^urn:uuid:/)
      return rest
    }
    expect(await ask({ value: 1, arn })).toEqual({
      type: 'urn:iamkit:problem:access-denied',
      title: 'Access denied',
      status: 403,
      detail: 'not authorized to perform docs:GetDocument on this resource',
      action: 'docs:GetDocument',
    })
    expect(await ask(undefined)).toEqual(await ask({ value: 1, arn }))
  })

  it('explains a denial where the app asks for it', async () => {
    const { problem } = replyTo(await denial(), { explain: true })
    expect(problem.detail).toBe(
      'User: arn:aws:iam::acme:user/ann is not authorized to perform: docs:GetDocument on resource: ' +
        'arn:aws:docs::acme:folder/f1/document/d1 because no identity-based policy allows the ' +
        'docs:GetDocument action',
    )
    expect(problem.explain).toEqual([
      {
        policy: 'identity 0',
        statement: 0,
        effect: 'Allow',
        applies: false,
        failed: 'condition',
        unmet: [
          { operator: 'StringEquals', key: 'aws:ResourceTag/team', wanted: ['eng'], had: 'ops' },
        ],
      },
    ])
    expect(problem.hint).toContain('aws:ResourceTag/team')
  })

  it('challenges without an error code where there were no credentials', () => {
    const reply = replyTo(
      { kind: 'unauthenticated', id: 'i', challenge: 'Bearer realm="docs"' },
      quiet,
    )
    expect(reply.status).toBe(401)
    expect(reply.headers['www-authenticate']).toBe('Bearer realm="docs"')
  })

  it.each([
    ['invalid_token', 401],
    ['invalid_request', 400],
  ] as const)('challenges with `%s` and answers %i', (problem, status) => {
    const credentials = { problem, description: 'bad "things"\r\nX-Injected: 1' }
    const outcome = {
      kind: 'unauthenticated',
      id: 'i',
      challenge: 'Bearer realm="docs"',
      credentials,
    } as const
    const reply = replyTo(outcome, quiet)
    expect(reply.status).toBe(status)
    expect(reply.headers['www-authenticate']).toBe(
      `Bearer realm="docs", error="${problem}", error_description="bad thingsX-Injected: 1"`,
    )
  })

  it('puts the first parameter of a bare scheme behind a space', () => {
    const credentials = { problem: 'invalid_token', description: 'expired' } as const
    const reply = replyTo(
      { kind: 'unauthenticated', id: 'i', challenge: 'Bearer', credentials },
      quiet,
    )
    expect(reply.headers['www-authenticate']).toBe(
      'Bearer error="invalid_token", error_description="expired"',
    )
  })

  it.each([500, 503] as const)('keeps the cause of a %i to the app', (status) => {
    const cause = new Error('password is hunter2')
    const reply = replyTo({ kind: 'unavailable', id: 'i', status, cause }, { explain: true })
    expect(reply.status).toBe(status)
    expect(reply.body).toBe(
      `{"type":"urn:iamkit:problem:unavailable","title":"No decision","status":${status},` +
        '"detail":"the request could not be decided","instance":"urn:uuid:i"}',
    )
  })

  it('names the parameter that cannot be decided about', () => {
    const reply = replyTo(
      { kind: 'invalid', id: 'i', message: 'invalid request: `id`: bad' },
      quiet,
    )
    expect(reply.problem).toMatchObject({ status: 400, detail: 'invalid request: `id`: bad' })
  })

  it('keeps every refusal out of caches', async () => {
    const outcomes: readonly Refusal[] = [
      await denial(),
      { kind: 'unauthenticated', id: 'i', challenge: 'Bearer' },
      { kind: 'invalid', id: 'i', message: 'm' },
      { kind: 'unavailable', id: 'i', status: 503, cause: undefined },
    ]
    for (const outcome of outcomes) {
      expect(replyTo(outcome, quiet).headers).toMatchObject({
        'content-type': 'application/problem+json; charset=utf-8',
        'cache-control': 'no-store',
        vary: 'Authorization',
      })
    }
  })
})
