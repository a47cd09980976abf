import { describe, expect, it } from 'vitest'
import { iam } from '../generated/iam.js'
import { sts } from '../generated/sts.js'
import { requestParameters } from './request-parameters.js'

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

describe('requestParameters', () => {
  it('hides what is marked as a secret, and what is named like one', () => {
    const login = { UserName: 'ada', Password: 'hunter2', PasswordResetRequired: true }
    expect(requestParameters(iam, 'CreateLoginProfileRequest', login)).toEqual({
      userName: 'ada',
      password: HIDDEN,
      passwordResetRequired: true,
    })
    const assume = { RoleArn: 'arn', RoleSessionName: 's', WebIdentityToken: 'eyJ' }
    expect(requestParameters(sts, 'AssumeRoleWithWebIdentityRequest', assume)).toEqual({
      roleArn: 'arn',
      roleSessionName: 's',
      webIdentityToken: HIDDEN,
    })
    const device = { UserName: 'ada', SerialNumber: 'arn', AuthenticationCode1: '123456' }
    expect(requestParameters(iam, 'EnableMFADeviceRequest', device)).toEqual({
      userName: 'ada',
      serialNumber: 'arn',
      authenticationCode1: HIDDEN,
    })
  })

  it('cuts long texts and lists', () => {
    const input = {
      PolicyName: 'p',
      PolicyDocument: 'x'.repeat(2000),
      Tags: Array.from({ length: 60 }, (_, i) => ({ Key: `${i}`, Value: '' })),
    }
    const shown = requestParameters(iam, 'CreatePolicyRequest', input)
    expect(shown['policyDocument']).toBe(`${'x'.repeat(1024)}…`)
    expect(shown['tags']).toHaveLength(50)
  })
})
