import { describe, expect, it } from 'vitest'
import { allowAll, ann, docsIam, httpRequest } from '../../test/docs.js'
import type { IamOptions } from '../options.js'

interface Answers {
  readonly loader?: unknown
  readonly identity?: unknown
  readonly policies?: unknown
}

/** What is told to whoever runs the app; the request is refused with 503. */
async function problemOf({ loader = { value: 1 }, identity = ann, policies }: Answers) {
  const options = {
    identify: () => identity,
    ...(policies !== undefined && { policies: () => policies }),
  } as Partial<IamOptions<never>>
  const { iam, faults } = docsIam(allowAll, options)
  const route = iam.route('docs:GetDocument', { resource: () => loader as never })
  expect(await iam.guard(route, httpRequest())).toMatchObject({ kind: 'unavailable', status: 503 })
  const { cause } = faults[0] ?? {}
  return cause instanceof Error ? cause.message : cause
}

describe('an answer of the app, where no types are,', () => {
  it.each<[string, unknown, string]>([
    ['the object as it is', { id: 'd1', team: 'eng' }, ''],
    ['text', 'a document', ''],
    ['false', false, ''],
    [
      'tags by another name',
      { value: 1, tag: { team: 'ops' } },
      ': `tag` is none of value, tags, context, account, arn',
    ],
    [
      'a row with a column `value`',
      { value: 3, secret: 'yes' },
      ': `secret` is none of value, tags, context, account, arn',
    ],
  ])('is refused where a loader gives %s', async (_title, loader, more) => {
    expect(await problemOf({ loader })).toBe(
      `a loader must answer \`{ value, tags }\`, or undefined${more}`,
    )
  })

  it.each<[string, unknown, string]>([
    ['a bare principal', ann.principal, 'it has no `principal`'],
    ['a name', 'ann', 'it has no `principal`'],
    ['false', false, 'it has no `principal`'],
    [
      'tags by another name',
      { ...ann, tag: { team: 'eng' } },
      '`tag` is none of principal, tags, groups, userId, tokenIssueTime, multiFactorAuth, sourceIdentity, ' +
        'federatedProvider, organization, sessionPolicies, providerKeys',
    ],
    ['one group as text', { ...ann, groups: 'editors' }, '`groups` is a list of names'],
    [
      'a policy of the session as it is',
      { ...ann, sessionPolicies: [allowAll] },
      '`sessionPolicies` is a list of texts',
    ],
    [
      'a principal of no type',
      { principal: { account: 'acme' } },
      '`principal.type` is one of user, role-session, federated-user, root, service, federated-caller, anonymous',
    ],
    [
      'a principal of a foreign type',
      { principal: { type: '__proto__' } },
      '`principal.type` is one of',
    ],
    [
      'a user without its ARN',
      { principal: { type: 'user', account: 'acme' }, tags: { team: 'eng' } },
      'its principal, of type `user`, has no `arn`, such as `arn:aws:iam::acme:user/ann`',
    ],
    [
      'a user without an account',
      { principal: { type: 'user', arn: 'arn:aws:iam::acme:user/ann' } },
      'its principal, of type `user`, has no `account`, such as `acme`',
    ],
    [
      'a session without its role',
      { principal: { ...ann.principal, type: 'role-session' } },
      'its principal, of type `role-session`, has no `roleArn`, such as `arn:aws:iam::acme:role/editor`',
    ],
    [
      'tags within the principal',
      { principal: { ...ann.principal, tags: { team: 'eng' } } },
      '`tags` is no part of a principal: put it beside `principal`',
    ],
  ])('is refused where an authenticator gives %s', async (_title, identity, more) => {
    expect(await problemOf({ identity })).toContain(
      `an authenticator must answer \`{ principal, tags }\` or undefined: ${more}`,
    )
  })

  it.each<[string, unknown]>([
    ['documents as they are', { identity: [allowAll] }],
    ['a boundary by another name', { identity: [], boundry: allowAll }],
  ])('is refused where a policy source gives %s', async (_title, policies) => {
    expect(await problemOf({ policies })).toBe(
      'the policy source answered no set of compiled policies',
    )
  })
})
