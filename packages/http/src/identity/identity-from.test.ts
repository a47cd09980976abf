import { principalEntries } from '@iamkit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowAll, docsIam, httpRequest } from '../../test/docs.js'
import { type ClaimMapping, identityFrom } from './identity-from.js'
import type { TokenClaims } from './token-options.js'

const base = { sub: 'ann', exp: 1, iss: 'https://login.example.com/' }

function read(mapping: Partial<ClaimMapping>, claims: Readonly<Record<string, unknown>> = {}) {
  const whole = { ...base, ...claims } as unknown as TokenClaims
  return identityFrom({ account: 'acme', ...mapping })(whole)
}

describe('identityFrom', () => {
  it('makes a user of a subject', () => {
    expect(read({})).toEqual({
      principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ann' },
      tags: new Map(),
      groups: [],
      userId: 'ann',
      federatedProvider: 'https://login.example.com/',
    })
  })

  it('makes a session of a role, and takes account and name from claims', () => {
    const mapping = {
      account: { claim: 'tenant' },
      role: { claim: 'roles' },
      name: 'email',
      partition: 'app',
    }
    const claims = { tenant: 'globex', roles: ['editor'], email: 'ann@example.com' }
    expect(read(mapping, claims)?.principal).toEqual({
      type: 'role-session',
      account: 'globex',
      arn: 'arn:app:sts::globex:assumed-role/editor/ann@example.com',
      roleArn: 'arn:app:iam::globex:role/editor',
    })
  })

  it.each<[string, Partial<ClaimMapping>, Record<string, unknown>, [string, string][]]>([
    ['by name', { tags: { team: 'department' } }, { department: 'eng' }, [['team', 'eng']]],
    ['that are numbers', { tags: { level: 'level' } }, { level: 7 }, [['level', '7']]],
    ['that are lists of one', { tags: { team: 'team' } }, { team: ['eng'] }, [['team', 'eng']]],
    ['that are not there', { tags: { team: 'team' } }, {}, []],
    ['that are empty', { tags: { team: 'team', stage: 'stage' } }, { team: [], stage: null }, []],
    ['of one claim', { tags: 'tags' }, { tags: { team: 'eng' } }, [['team', 'eng']]],
    [
      'as AWS has them',
      { tags: 'https://aws.amazon.com/tags' },
      {
        'https://aws.amazon.com/tags': {
          principal_tags: { team: ['eng'] },
          transitive_tag_keys: ['team'],
        },
      },
      [['team', 'eng']],
    ],
    ['of a claim that is not there', { tags: 'tags' }, {}, []],
  ])('reads tags %s', (...[, mapping, claims, expected]) => {
    expect(read(mapping, claims)?.tags).toEqual(new Map(expected))
  })

  it.each<[unknown, readonly string[]]>([
    [
      ['writers', 'readers'],
      ['writers', 'readers'],
    ],
    ['writers', ['writers']],
    [undefined, []],
    [null, []],
    [[], []],
  ])('reads the groups %j', (groups, expected) => {
    expect(read({ groups: 'groups' }, { groups })?.groups).toEqual(expected)
  })

  it.each<[string, Partial<ClaimMapping>, Record<string, unknown>]>([
    ['a name with a slash', {}, { sub: 'a/b' }],
    ['a name with a colon', {}, { sub: 'a:b' }],
    ['a name that is a wildcard', {}, { sub: '*' }],
    ['a name with a variable', {}, { sub: '${aws:username}' }],
    ['an empty name', { name: 'email' }, { email: '' }],
    ['no name', { name: 'email' }, {}],
    ['an endless name', {}, { sub: 'a'.repeat(65) }],
    ['no account', { account: { claim: 'tenant' } }, {}],
    ['an account that is an ARN', { account: { claim: 'tenant' } }, { tenant: 'acme:role/admin' }],
    ['an account that is a wildcard', { account: { claim: 'tenant' } }, { tenant: '*' }],
    ['two roles', { role: { claim: 'roles' } }, { roles: ['a', 'b'] }],
    ['a role with a path', { role: { claim: 'role' } }, { role: 'a/b' }],
    ['a tag that is a list of two', { tags: { team: 'team' } }, { team: ['eng', 'ops'] }],
    ['a tag that is an object', { tags: { team: 'team' } }, { team: {} }],
    ['tags that are a list', { tags: 'tags' }, { tags: ['team'] }],
    ['groups that are numbers', { groups: 'groups' }, { groups: [7] }],
    ['groups that are an object', { groups: 'groups' }, { groups: { writers: true } }],
  ])('knows nobody with %s', (_title, mapping, claims) => {
    expect(read(mapping, claims)).toBeUndefined()
  })

  const clock = () => new Date('2026-05-01T12:00:00Z')
  const signedInAt = clock().getTime() / 1000 - 90

  it.each<[string, Partial<ClaimMapping>, Record<string, unknown>, unknown]>([
    ['says nothing', {}, {}, undefined],
    ['says a password', {}, { amr: ['pwd'] }, { present: false }],
    ['says a second factor', {}, { amr: ['pwd', 'mfa'] }, { present: true }],
    [
      'says when',
      { clock },
      { amr: ['mfa'], auth_time: signedInAt },
      { present: true, ageSeconds: 90 },
    ],
    ['says a class', { secondFactor: ['urn:x:mfa'] }, { acr: 'urn:x:mfa' }, { present: true }],
    [
      'says another class',
      { secondFactor: ['urn:x:mfa'] },
      { acr: '1', amr: ['mfa'] },
      { present: false },
    ],
  ])('knows of a second factor what a token says that %s', (...[, mapping, claims, expected]) => {
    expect(read(mapping, claims)?.multiFactorAuth).toEqual(expected)
  })

  it('gives the keys of the session', () => {
    const identity = read({ sourceIdentity: 'actor' }, { actor: 'bob', iat: 1_777_636_800 })
    if (identity === undefined) throw new Error('expected somebody')
    expect(principalEntries(identity.principal, identity)).toMatchObject({
      'aws:userid': 'ann',
      'aws:username': 'ann',
      'aws:TokenIssueTime': new Date('2026-05-01T12:00:00Z'),
      'aws:SourceIdentity': 'bob',
      'aws:FederatedProvider': 'https://login.example.com/',
    })
  })

  it.each<[string, object]>([
    ['account', { account: undefined }],
    ['account', { account: '*' }],
    ['account', { account: {} }],
    ['role', { role: 'a/b' }],
  ])('refuses to start with a wrong `%s`', (option, mapping) => {
    expect(() => read(mapping)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_OPTIONS_INVALID', option }),
    )
  })

  it('makes a caller that core takes, or none, for every claim', async () => {
    const property = fc.asyncProperty(fc.jsonValue(), fc.string(), async (value, sub) => {
      const identity = read(
        { account: { claim: 'a' }, role: { claim: 'r' }, tags: 't', groups: 'g' },
        { sub, a: 'acme', r: 'editor', t: value, g: value },
      )
      const { iam } = docsIam(allowAll, { identify: () => identity })
      const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
      expect(['allowed', 'unauthenticated']).toContain(outcome.kind)
    })
    await fc.assert(property)
  })
})
