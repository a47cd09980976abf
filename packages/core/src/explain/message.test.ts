import { describe, expect, it } from 'vitest'
import type { Decision } from '../evaluate/decision.js'
import type { PolicyType } from '../policy/document.js'
import type { RequestPrincipal } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'
import { messageOf } from './message.js'

const account = '111122223333'
const request: AuthorizationRequest = {
  principal: { type: 'user', account, arn: `arn:aws:iam::${account}:user/ada` },
  action: 'docs:Get',
  resource: 'arn:aws:docs:::document/1',
  resourceAccount: account,
}
const subject =
  'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: docs:Get on resource: arn:aws:docs:::document/1'

describe('messageOf', () => {
  it.each<[PolicyType, string, string]>([
    ['scp', 'a service control policy', 'no service control policy'],
    ['rcp', 'a resource control policy', 'no resource control policy'],
    ['endpoint', 'a VPC endpoint policy', 'no VPC endpoint policy'],
    ['boundary', 'a permissions boundary', 'no permissions boundary'],
    ['session', 'a session policy', 'no session policy'],
    ['resource', 'a resource-based policy', 'no resource-based policy'],
    ['trust', 'the role trust policy', 'no role trust policy'],
    ['identity', 'an identity-based policy', 'no identity-based policy'],
  ])('names the type %s as AWS does', (type, explicit, implicit) => {
    expect(messageOf({ answer: 'ExplicitDeny', type, statements: [] }, request)).toBe(
      `${subject} with an explicit deny in ${explicit}`,
    )
    expect(messageOf({ answer: 'ImplicitDeny', type }, request)).toBe(
      `${subject} because ${implicit} allows the docs:Get action`,
    )
  })

  it('says an Allow without a reason', () => {
    expect(messageOf({ answer: 'Allow', statements: [] }, request)).toBe(
      'User: arn:aws:iam::111122223333:user/ada is authorized to perform: docs:Get on resource: arn:aws:docs:::document/1',
    )
  })

  it('names no resource where the action has none', () => {
    const decision: Decision = { answer: 'ImplicitDeny', type: 'identity' }
    expect(messageOf(decision, { ...request, resource: '*' })).toBe(
      'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: docs:Get because no identity-based policy allows the docs:Get action',
    )
  })

  it('says what is wrong with a request that cannot be decided', () => {
    const problem = { code: 'invalid-request', message: 'invalid request: `a:b`: longer' } as const
    expect(messageOf({ answer: 'ImplicitDeny', type: 'identity', problem }, request)).toBe(
      `${subject} because the request could not be decided: invalid request: \`a:b\`: longer`,
    )
  })

  it('tells strangers only that they may not', () => {
    const decision: Decision = { answer: 'ExplicitDeny', type: 'scp', statements: [] }
    expect(messageOf(decision, request, { disclose: false })).toBe(subject)
  })

  it.each<[string, RequestPrincipal]>([
    [
      'arn:aws:sts::111122223333:assumed-role/ops/night',
      {
        type: 'role-session',
        account,
        arn: 'arn:aws:sts::111122223333:assumed-role/ops/night',
        roleArn: 'arn:aws:iam::111122223333:role/team/ops',
      },
    ],
    ['backup.amazonaws.com', { type: 'service', service: 'backup.amazonaws.com' }],
    ['accounts.google.com', { type: 'federated-caller', provider: 'accounts.google.com' }],
    ['anonymous', { type: 'anonymous' }],
    ['anonymous', { type: 'anonymous', arn: 'arn:aws:iam::111122223333:root' } as RequestPrincipal],
  ])('names the caller %s', (name, principal) => {
    const message = messageOf({ answer: 'Allow', statements: [] }, { ...request, principal })
    expect(message).toContain(`User: ${name} is authorized`)
  })

  it('stays on one line, whatever the request holds', () => {
    const resource = `arn:aws:docs:::a\nUser: root is authorized${'x'.repeat(10_000)}`
    const message = messageOf(
      { answer: 'ImplicitDeny', type: 'identity' },
      { ...request, resource },
    )
    expect(message).toContain('arn:aws:docs:::a\\u000aUser: root')
    expect(message).not.toContain('\n')
    expect(message.length).toBeLessThan(2500)
  })
})
