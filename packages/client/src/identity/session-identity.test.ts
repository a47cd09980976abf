import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sessionIdentity } from './session-identity.js'

const ada = {
  sub: 'arn:aws:sts::111122223333:assumed-role/author/ada',
  'iamkit:account': '111122223333',
  'iamkit:role': 'arn:aws:iam::111122223333:role/team/author',
  'iamkit:id': 'AROAAAAAAAAAAAAAAAAA2',
  'iamkit:user_id': 'AROAAAAAAAAAAAAAAAAA2:ada',
  'iamkit:tags': { team: 'engineering' },
  'iamkit:session_policies': ['{"Statement":[]}'],
  'iamkit:session_issued': '2026-05-01T12:00:00.000Z',
  'iamkit:source_identity': 'ada@example.com',
  'iamkit:mfa': false,
}
const AROUND = { exp: 1, iat: 1, iss: 'https://iam.example.com', aud: 'documents' }

describe('sessionIdentity', () => {
  it('knows a session of a role, whose path the session’s own name leaves out', () => {
    expect(sessionIdentity({ ...AROUND, ...ada })).toEqual({
      principal: {
        type: 'role-session',
        account: '111122223333',
        arn: 'arn:aws:sts::111122223333:assumed-role/author/ada',
        roleArn: 'arn:aws:iam::111122223333:role/team/author',
        id: 'AROAAAAAAAAAAAAAAAAA2',
      },
      userId: 'AROAAAAAAAAAAAAAAAAA2:ada',
      tags: { team: 'engineering' },
      sessionPolicies: ['{"Statement":[]}'],
      tokenIssueTime: new Date('2026-05-01T12:00:00Z'),
      sourceIdentity: 'ada@example.com',
      multiFactorAuth: { present: false },
    })
  })

  it('knows a user, root, and a federated user', () => {
    const arn = 'arn:aws:iam::111122223333:user/team/ada'
    const account = { 'iamkit:account': '111122223333' }
    const id = 'AIDAAAAAAAAAAAAAAAAA2'
    expect(sessionIdentity({ sub: arn, ...account, 'iamkit:id': id })).toEqual({
      principal: { type: 'user', account: '111122223333', arn, id },
    })
    const root = 'arn:aws:iam::111122223333:root'
    expect(sessionIdentity({ sub: root, ...account })).toEqual({
      principal: { type: 'root', account: '111122223333', arn: root },
    })
    const bob = 'arn:aws:sts::111122223333:federated-user/bob'
    expect(sessionIdentity({ sub: bob, ...account, 'iamkit:user': arn })).toEqual({
      principal: { type: 'federated-user', account: '111122223333', arn: bob, userArn: arn },
    })
  })

  it('takes a session of an identity provider with what that vouched for, and no second factor', () => {
    const provider = 'arn:aws:iam::111122223333:oidc-provider/login.example.com'
    const keys = { 'login.example.com:sub': 'ada', 'login.example.com:amr': ['pwd', 'otp'] }
    const claims = { ...ada, 'iamkit:provider': provider, 'iamkit:federated_keys': keys }
    const identity = sessionIdentity(claims)
    expect(identity).toMatchObject({ federatedProvider: provider, providerKeys: keys })
    expect(identity).not.toHaveProperty('multiFactorAuth')
  })

  it.each<[string, object]>([
    ['another account than the ARN’s', { 'iamkit:account': '444455556666' }],
    ['no account', { 'iamkit:account': undefined }],
    ['a role of another name', { 'iamkit:role': 'arn:aws:iam::111122223333:role/admin' }],
    ['a role of another account', { 'iamkit:role': 'arn:aws:iam::444455556666:role/author' }],
    ['a role of another partition', { 'iamkit:role': 'arn:aws-cn:iam::111122223333:role/author' }],
    ['no role', { 'iamkit:role': undefined }],
    ['no unique id', { 'iamkit:id': undefined }],
    ['a list for an id', { 'iamkit:id': ['AROAAAAAAAAAAAAAAAAA2'] }],
    ['a tag that is no text', { 'iamkit:tags': { team: ['engineering'] } }],
    ['tags that are a list', { 'iamkit:tags': ['team'] }],
    ['an empty list of policies', { 'iamkit:session_policies': [] }],
    ['a policy that is an object', { 'iamkit:session_policies': [{ Statement: [] }] }],
    ['a second factor as text', { 'iamkit:mfa': 'true' }],
    ['a time that is none', { 'iamkit:session_issued': 'yesterday' }],
    ['a key of iamkit’s own', { 'iamkit:federated_keys': { 'AWS:PrincipalArn': 'x' } }],
    ['a subject that is no ARN', { sub: 'ada' }],
    ['a session without a name', { sub: 'arn:aws:sts::111122223333:assumed-role/author/' }],
    ['a session with too much of one', { sub: `${ada.sub}/more` }],
    ['another service', { sub: 'arn:aws:docs::111122223333:assumed-role/author/ada' }],
  ])('knows nobody by a token with %s', (_, odd) => {
    expect(sessionIdentity({ ...AROUND, ...ada, ...odd })).toBeUndefined()
  })

  it('knows no user with policies of a session, which only sessions are held to', () => {
    const sub = 'arn:aws:iam::111122223333:user/ada'
    const claims = { 'iamkit:account': '111122223333', 'iamkit:id': 'AIDAAAAAAAAAAAAAAAAA2' }
    expect(sessionIdentity({ sub, ...claims })).toBeDefined()
    expect(sessionIdentity({ sub, ...claims, 'iamkit:session_policies': ['{}'] })).toBeUndefined()
  })

  it('throws never, and names the subject or nobody, for every token', () => {
    const names = Object.keys(ada)
    const odd = fc.dictionary(fc.constantFrom(...names), fc.jsonValue(), { maxKeys: 3 })
    fc.assert(
      fc.property(odd, (fields) => {
        const claims = { ...ada, ...fields }
        const identity = sessionIdentity(claims)
        if (identity) expect(identity.principal).toMatchObject({ arn: claims.sub })
      }),
    )
  })
})
