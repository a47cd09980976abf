import { describe, expect, it } from 'vitest'
import { deriveContext } from './derived-context.js'
import type { ReferenceRequest } from './reference/document-set.js'

const account = '111122223333'
const derived = (principal: ReferenceRequest['principal']) =>
  deriveContext({
    principal,
    action: 'docs:Get',
    resource: '*',
    resourceAccount: 'acme',
    context: {},
  })

describe('deriveContext', () => {
  it('names a role session by the ARN of its role', () => {
    const arn = `arn:aws:sts::${account}:assumed-role/app/s1`
    const roleArn = `arn:aws:iam::${account}:role/team/app`
    expect(derived({ type: 'role-session', account, arn, roleArn })).toEqual({
      'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/team/app',
      'aws:PrincipalAccount': '111122223333',
      'aws:PrincipalType': 'AssumedRole',
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': 'acme',
    })
  })

  it('gives a service its name and no account', () => {
    expect(derived({ type: 'service', service: 's3.amazonaws.com' })).toEqual({
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': 's3.amazonaws.com',
      'aws:ResourceAccount': 'acme',
    })
  })

  it('gives an anonymous caller the account `anonymous`', () => {
    expect(derived({ type: 'anonymous' })).toEqual({
      'aws:PrincipalAccount': 'anonymous',
      'aws:PrincipalType': 'Anonymous',
      'aws:ResourceAccount': 'acme',
    })
  })

  it('knows nothing of a federated caller', () => {
    expect(derived({ type: 'federated-caller', provider: 'accounts.google.com' })).toEqual({
      'aws:ResourceAccount': 'acme',
    })
  })
})
