import { describe, expect, it } from 'vitest'
import type { AuthorizationRequest } from '../request/request.js'
import { checkRequest } from './check-request.js'

const account = '111122223333'
const request: AuthorizationRequest = {
  principal: { type: 'user', account, arn: `arn:aws:iam::${account}:user/ada` },
  action: 'docs:GetDocument',
  resource: 'arn:aws:docs:::document/1',
  resourceAccount: account,
}
const session = {
  type: 'role-session',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/ops/night`,
  roleArn: `arn:aws:iam::${account}:role/ops`,
}
const guest = {
  type: 'federated-user',
  account,
  arn: `arn:aws:sts::${account}:federated-user/guest`,
  userArn: `arn:aws:iam::${account}:user/ada`,
}

/** What is said of a request with these fields changed; undefined where nothing is. */
function problemOf(changes: object): string | undefined {
  try {
    checkRequest({ ...request, ...changes })
    return undefined
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID' })
    return (error as Error).message.replace('invalid request: ', '')
  }
}

describe('checkRequest', () => {
  it.each<[string, object]>([
    ['a user', {}],
    ['a role session', { principal: session }],
    ['a federated user', { principal: guest }],
    ['root', { principal: { type: 'root', account, arn: `arn:aws:iam::${account}:root` } }],
    ['a service', { principal: { type: 'service', service: 'backup.amazonaws.com' } }],
    ['a federated caller', { principal: { type: 'federated-caller', provider: 'a.b' } }],
    ['an anonymous caller', { principal: { type: 'anonymous' } }],
    [
      'an application account',
      {
        principal: {
          ...guest,
          account: 'acme',
          arn: 'arn:aws:sts::acme:federated-user/g',
          userArn: 'arn:aws:iam::acme:root',
        },
      },
    ],
    ['an action without a resource', { resource: '*' }],
    ['a resource that holds signs', { resource: 'arn:aws:docs:::a/*?${b}:c\n' }],
    ['the longest resource', { resource: `arn:aws:docs:::${'a'.repeat(2033)}` }],
    ['the longest action', { action: `${'a'.repeat(64)}:${'b'.repeat(128)}` }],
    ['a resource of another account', { resourceAccount: '999999999999' }],
    ['either trust', { resourceTrust: 'explicit' }],
  ])('lets pass %s', (_, changes) => {
    expect(problemOf(changes)).toBeUndefined()
  })

  it.each([undefined, null, 'docs:Get', 1, Symbol('a'), () => request])('refuses %s', (value) => {
    expect(() => checkRequest(value as never)).toThrow(
      'invalid request: `request`: must be an object',
    )
  })

  it.each([
    [undefined, '`principal`: must have a known `type`'],
    [null, '`principal`: must have a known `type`'],
    ['ada', '`principal`: must have a known `type`'],
    [[], '`principal`: must have a known `type`'],
    [{ type: 'admin' }, '`principal`: must have a known `type`'],
    [{ type: '__proto__' }, '`principal`: must have a known `type`'],
    [{ type: 'toString' }, '`principal`: must have a known `type`'],
    [{ type: ['anonymous'] }, '`principal`: must have a known `type`'],
    [{ type: 'user' }, '`principal.account`: is required for `user`'],
    [{ type: 'user', account: '' }, '`principal.account`: is required for `user`'],
    [{ type: 'user', account: 111122223333 }, '`principal.account`: is required for `user`'],
    [{ type: 'user', account }, '`principal.arn`: is required for `user`'],
    [
      { type: 'user', account, arn: 'ada' },
      "`principal.arn`: must be an ARN of the caller's account",
    ],
    [
      { type: 'user', account, arn: 'arn:aws:iam::999999999999:user/ada' },
      "`principal.arn`: must be an ARN of the caller's account",
    ],
    [{ ...session, roleArn: undefined }, '`principal.roleArn`: is required for `role-session`'],
    [
      { ...session, roleArn: 'arn:aws:iam::999999999999:role/ops' },
      "`principal.roleArn`: must be an ARN of the caller's account",
    ],
    [{ ...guest, userArn: '' }, '`principal.userArn`: is required for `federated-user`'],
    [
      { ...guest, userArn: 'arn:aws:iam::999999999999:user/ada' },
      "`principal.userArn`: must be an ARN of the caller's account",
    ],
    [{ type: 'service' }, '`principal.service`: is required for `service`'],
    [{ type: 'federated-caller' }, '`principal.provider`: is required for `federated-caller`'],
  ])('refuses the principal %j', (principal, problem) => {
    expect(problemOf({ principal })).toBe(problem)
  })

  it.each([
    undefined,
    null,
    '',
    'document/1',
    'arn:aws:docs',
    'arn:aws:docs::',
    'ARN:aws:docs:::a',
    ' arn:aws:docs:::a',
    '**',
    ['*'],
    `arn:aws:docs:::${'a'.repeat(2034)}`,
  ])('refuses the resource %j', (resource) => {
    expect(problemOf({ resource })).toBe(
      '`resource`: must be `*` or an ARN of at most 2048 characters',
    )
  })

  it('refuses a resource that belongs to nobody, and a trust that is none', () => {
    const owner = '`resourceAccount`: must name the account that owns the resource'
    for (const resourceAccount of [undefined, null, '', 1]) {
      expect(problemOf({ resourceAccount })).toBe(owner)
    }
    for (const resourceTrust of ['Explicit', '', null, true]) {
      expect(problemOf({ resourceTrust })).toBe('`resourceTrust`: must be `implicit` or `explicit`')
    }
  })
})
