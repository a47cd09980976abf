import { describe, expect, it } from 'vitest'
import type { ContextEntries } from './context.js'
import { requestContext } from './context.js'
import { isInAccount, type RequestPrincipal } from './principal.js'
import { principalEntries } from './principal-keys.js'

const account = '111122223333'
const user: RequestPrincipal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/team/ada`,
}
const session: RequestPrincipal = {
  type: 'role-session',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/ops/night`,
  roleArn: `arn:aws:iam::${account}:role/team/ops`,
}

/** The entries without those that mean an absent key. */
function present(entries: ContextEntries): ContextEntries {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}

describe('principalEntries', () => {
  it.each<[string, RequestPrincipal, ContextEntries]>([
    [
      'a user',
      user,
      {
        'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/team/ada',
        'aws:PrincipalAccount': '111122223333',
        'aws:PrincipalType': 'User',
        'aws:PrincipalIsAWSService': false,
        'aws:username': 'ada',
      },
    ],
    [
      'a role session, by its role',
      session,
      {
        'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/team/ops',
        'aws:PrincipalAccount': '111122223333',
        'aws:PrincipalType': 'AssumedRole',
        'aws:PrincipalIsAWSService': false,
      },
    ],
    [
      'a federated user',
      {
        type: 'federated-user',
        account,
        arn: 'arn:aws:sts::111122223333:federated-user/guest',
        userArn: 'arn:aws:iam::111122223333:user/ada',
      },
      {
        'aws:PrincipalArn': 'arn:aws:sts::111122223333:federated-user/guest',
        'aws:PrincipalAccount': '111122223333',
        'aws:PrincipalType': 'FederatedUser',
        'aws:PrincipalIsAWSService': false,
      },
    ],
    [
      'root',
      { type: 'root', account, arn: 'arn:aws:iam::111122223333:root' },
      {
        'aws:PrincipalArn': 'arn:aws:iam::111122223333:root',
        'aws:PrincipalAccount': '111122223333',
        'aws:PrincipalType': 'Account',
        'aws:PrincipalIsAWSService': false,
        'aws:userid': '111122223333',
      },
    ],
    [
      'a service',
      { type: 'service', service: 'backup.amazonaws.com' },
      {
        'aws:PrincipalIsAWSService': true,
        'aws:PrincipalServiceName': 'backup.amazonaws.com',
      },
    ],
    [
      'an anonymous caller',
      { type: 'anonymous' },
      {
        'aws:PrincipalAccount': 'anonymous',
        'aws:PrincipalType': 'Anonymous',
        'aws:userid': 'anonymous',
      },
    ],
    [
      'a federated caller',
      { type: 'federated-caller', provider: 'accounts.google.com' },
      { 'aws:FederatedProvider': 'accounts.google.com' },
    ],
  ])('says who %s is', (_, principal, entries) => {
    expect(present(principalEntries(principal))).toEqual(entries)
  })

  it('adds what else the server knows', () => {
    const tokenIssueTime = new Date('2024-01-01')
    const entries = principalEntries(session, {
      tags: { team: 'blue' },
      userId: 'AROA1:night',
      tokenIssueTime,
      multiFactorAuth: { present: true, ageSeconds: 60 },
      sourceIdentity: 'ada',
      federatedProvider: 'accounts.google.com',
      organization: { id: 'o-1', paths: ['o-1/r-1/'] },
    })
    expect(entries).toMatchObject({
      'aws:PrincipalTag/team': 'blue',
      'aws:userid': 'AROA1:night',
      'aws:TokenIssueTime': tokenIssueTime,
      'aws:MultiFactorAuthPresent': true,
      'aws:MultiFactorAuthAge': 60,
      'aws:SourceIdentity': 'ada',
      'aws:FederatedProvider': 'accounts.google.com',
      'aws:PrincipalOrgID': 'o-1',
      'aws:PrincipalOrgPaths': ['o-1/r-1/'],
    })
  })

  it('gives no age of an authentication that was not made', () => {
    const entries = present(
      principalEntries(user, { multiFactorAuth: { present: false, ageSeconds: 60 } }),
    )
    expect(entries['aws:MultiFactorAuthPresent']).toBe(false)
    expect(entries).not.toHaveProperty('aws:MultiFactorAuthAge')
  })

  it('lets what a principal is stand over what is said of it', () => {
    const caller = { type: 'federated-caller', provider: 'accounts.google.com' } as const
    const entries = principalEntries(caller, { federatedProvider: 'login.acme.example' })
    expect(entries['aws:FederatedProvider']).toBe('accounts.google.com')
  })

  it('names no provider of SAML, which has not the key', () => {
    const provider = 'arn:aws:iam::111122223333:saml-provider/corp'
    const caller = principalEntries({ type: 'federated-caller', provider })
    expect(caller['aws:FederatedProvider']).toBeUndefined()
    const ofSession = principalEntries(session, { federatedProvider: provider })
    expect(ofSession['aws:FederatedProvider']).toBeUndefined()
  })

  it('lets nobody choose the id of root or of an anonymous caller', () => {
    const anonymous = principalEntries({ type: 'anonymous' }, { userId: 'AIDA1' })
    expect(anonymous['aws:userid']).toBe('anonymous')
  })

  it('refuses impossible tags', () => {
    expect(() => principalEntries(user, { tags: { a: 'x', A: 'y' } })).toThrow(
      'differ only in case',
    )
  })
})

describe('isInAccount', () => {
  it('goes by the type, not by the fields', () => {
    const stray = { account, arn: 'arn:aws:iam::111122223333:user/ada' }
    expect([user, session].map(isInAccount)).toEqual([true, true])
    const others = [
      { type: 'anonymous', ...stray },
      { type: 'service', service: 'a.b', ...stray },
      { type: 'federated-caller', provider: 'a.b', ...stray },
    ] as RequestPrincipal[]
    expect(others.map(isInAccount)).toEqual([false, false, false])
  })

  it('takes the place of every identity key that came with a request', () => {
    const forged = { 'aws:username': 'root', 'aws:PrincipalServiceName': 'backup.amazonaws.com' }
    const session = {
      type: 'role-session',
      account: 'acme',
      arn: 'arn:aws:sts::acme:assumed-role/ops/night',
      roleArn: 'arn:aws:iam::acme:role/ops',
    } as const
    const merged = requestContext({ ...forged, ...principalEntries(session) })
    expect(merged.get('aws:username')).toBeUndefined()
    expect(merged.get('aws:principalservicename')).toBeUndefined()
  })
})
