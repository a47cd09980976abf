import { describe, expect, it } from 'vitest'
import { AWAY, allow, HOME, inline, SmallWorld, tags } from '../../test/small-world.js'
import type { Session } from '../authenticate/caller.js'
import type { Access } from '../operation.js'
import { decodeRefusal, encodeRefusal } from './encoded-message.js'
import { principalKeys } from './principal-keys.js'
import { checkSession } from './session-limits.js'

/** An operation that asks for leave, and answers. */
function service(access: Access | readonly Access[]) {
  const operation = { mode: 'read', access: () => access, run: () => 'done' } as const
  return { prefix: 'docs', operations: { Read: operation } }
}

describe('authorize', () => {
  it('asks for the operation by its name, and for others by theirs', async () => {
    const world = new SmallWorld()
    const keys = world.keys(world.user('ada', inline(allow('docs:Read'))))
    expect(await world.call(service({ resource: '*' }), ['Read', {}], keys)).toBe('done')
    const both = service([{ resource: '*' }, { resource: '*', action: 'docs:Write' }])
    await expect(world.call(both, ['Read', {}], keys)).rejects.toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:iam::${HOME}:user/ada is not authorized to perform: docs:Write because no identity-based policy allows the docs:Write action`,
    })
  })

  it('tells nobody of another account why', async () => {
    const world = new SmallWorld()
    const keys = world.keys(world.user('ada', inline(allow('*'))))
    const resource = `arn:aws:docs::${AWAY}:document/1`
    const foreign = service({ resource, resourceAccount: AWAY })
    await expect(world.call(foreign, ['Read', {}], keys)).rejects.toMatchObject({
      message: `User: arn:aws:iam::${HOME}:user/ada is not authorized to perform: docs:Read on resource: ${resource}`,
    })
  })

  it.each([
    ['aws:username', 'ada', true],
    ['aws:PrincipalTag/team', 'red', true],
    ['aws:PrincipalTag/team', 'blue', false],
    ['aws:SourceIp', '203.0.113.9', true],
    ['aws:RequestedRegion', 'us-east-1', true],
    ['aws:ResourceAccount', HOME, true],
    ['aws:ViaAWSService', 'false', true],
    ['docs:Size', '3', true],
  ])('knows of a call that %s is %s: %s', async (key, value, isAllowed) => {
    const world = new SmallWorld()
    const Condition =
      key === 'aws:SourceIp' ? { IpAddress: { [key]: value } } : { StringEquals: { [key]: value } }
    const ada = world.user('ada', {
      ...inline(allow('docs:Read', { Condition })),
      tags: tags({ team: 'red' }),
    })
    const forged = { 'aws:username': 'root', 'aws:PrincipalTag/team': 'blue', 'docs:Size': 3 }
    const asked = world.call(
      service({ resource: '*', context: forged }),
      ['Read', {}],
      world.keys(ada),
    )
    if (isAllowed) await expect(asked).resolves.toBe('done')
    else await expect(asked).rejects.toMatchObject({ code: 'AccessDenied' })
  })
})

describe('principalKeys', () => {
  const now = new Date('2026-05-01T12:00:00Z')
  const keysOf = (session: Partial<Session>) => {
    const issued = '2026-05-01T11:00:00.000Z'
    const principal = { type: 'anonymous' } as const
    const whole = { kind: 'user', issued, ...session } as Session
    return principalKeys({ principal, account: HOME, userId: '', session: whole }, now)
  }

  it.each<[string, Partial<Session>, boolean | undefined, number | undefined]>([
    ['without a code', {}, false, undefined],
    ['with a code', { mfa: '2026-05-01T11:59:00.000Z' }, true, 60],
    ['of a role without a code', { kind: 'role' }, false, undefined],
    ['of a federated user', { kind: 'federated' }, undefined, undefined],
    [
      'of a provider',
      { kind: 'role', provider: 'arn:aws:iam::1:oidc-provider/a' },
      undefined,
      undefined,
    ],
  ])(
    'say of a session %s whether it has proved a second factor',
    (_, ...[session, present, age]) => {
      expect(keysOf(session)).toMatchObject({
        'aws:MultiFactorAuthPresent': present,
        'aws:MultiFactorAuthAge': age,
        'aws:TokenIssueTime': new Date('2026-05-01T11:00:00Z'),
      })
    },
  )

  it('name the provider of OpenID Connect sessions, and keep what stays with them', () => {
    const provider = 'arn:aws:iam::1:oidc-provider/a'
    const oidc = keysOf({ kind: 'role', provider, federatedKeys: { 'a:sub': 'ada' } })
    expect(oidc).toMatchObject({ 'aws:FederatedProvider': provider, 'a:sub': 'ada' })
    const saml = keysOf({ kind: 'role', provider: 'arn:aws:iam::1:saml-provider/a' })
    expect(saml['aws:FederatedProvider']).toBeUndefined()
  })
})

describe('checkSession', () => {
  it.each<[Session['kind'], string, string, string | undefined]>([
    ['role', 'iam', 'ListUsers', undefined],
    ['role', 'sts', 'AssumeRole', undefined],
    ['role', 'sts', 'GetSessionToken', 'AccessDenied'],
    ['user', 'iam', 'ListUsers', 'InvalidClientTokenId'],
    ['user', 'sts', 'AssumeRole', undefined],
    ['user', 'sts', 'GetCallerIdentity', undefined],
    ['user', 'sts', 'GetFederationToken', 'AccessDenied'],
    ['user', 'docs', 'GetDocument', undefined],
    ['federated', 'iam', 'ListUsers', 'InvalidClientTokenId'],
    ['federated', 'sts', 'AssumeRole', 'AccessDenied'],
    ['federated', 'sts', 'GetCallerIdentity', undefined],
    ['federated', 'docs', 'GetDocument', undefined],
    ['root', 'iam', 'ListUsers', 'InvalidClientTokenId'],
  ])('says of a session of a %s that calls %s %s: %s', (kind, ...[service, operation, code]) => {
    const check = () => checkSession({ kind } as Session, { service, operation })
    if (code === undefined) expect(check).not.toThrow()
    else expect(check).toThrow(expect.objectContaining({ code }))
  })

  it('lets users of long-term keys and users with a code call IAM', () => {
    const to = { service: 'iam', operation: 'ListUsers' }
    expect(() => checkSession(undefined, to)).not.toThrow()
    expect(() => checkSession({ kind: 'user', mfa: 'x' } as Session, to)).not.toThrow()
  })
})

describe('encodeRefusal', () => {
  const { vault } = new SmallWorld()
  const request = {
    principal: { type: 'anonymous' } as const,
    action: 'docs:Read',
    resource: '*',
    resourceAccount: HOME,
    context: {
      'aws:CurrentTime': new Date('2026-05-01T12:00:00Z'),
      'aws:username': undefined,
      'docs:List': ['a', 1],
    },
  }
  const decided = { request, decision: { answer: 'ImplicitDeny', type: 'identity' } as const }

  it('says what was refused, to those of the account', () => {
    const opened = JSON.parse(decodeRefusal(encodeRefusal(decided, HOME, vault), HOME, vault))
    expect(opened).toEqual({
      allowed: false,
      explicitDeny: false,
      matchedStatements: { items: [] },
      failures: { items: [] },
      context: {
        principal: { type: 'anonymous' },
        action: 'docs:Read',
        resource: '*',
        conditions: {
          items: [
            { key: 'aws:CurrentTime', values: { items: [{ value: '2026-05-01T12:00:00.000Z' }] } },
            { key: 'docs:List', values: { items: [{ value: 'a' }, { value: '1' }] } },
          ],
        },
      },
    })
  })

  it('says nothing to others', () => {
    const encoded = encodeRefusal(decided, HOME, vault)
    for (const [text, account] of [
      [encoded, AWAY],
      ['text', HOME],
    ] as const) {
      expect(() => decodeRefusal(text, account, vault)).toThrow(
        expect.objectContaining({ code: 'InvalidAuthorizationMessageException', status: 400 }),
      )
    }
  })
})
