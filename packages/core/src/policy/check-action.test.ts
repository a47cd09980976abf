import { describe, expect, it } from 'vitest'
import { checkAction, checkTrustAction } from './check-action.js'

describe('checkAction', () => {
  it.each([
    '*',
    '*:*',
    's3:GetObject',
    'S3:getobject',
    'docs:*',
    'docs:Get*',
    'docs:*Tag?',
    'execute-api:Invoke',
    'my.service:Do',
    'docs:Überprüfen',
    `${'a'.repeat(64)}:${'b'.repeat(128)}`,
  ])('takes `%s`', (action) => {
    expect(checkAction(action)).toBeUndefined()
  })

  it.each([
    ['', 'invalid-action', 'expected a service prefix, as in `docs:GetDocument`'],
    ['**', 'invalid-action', 'expected a service prefix, as in `docs:GetDocument`'],
    ['GetObject', 'invalid-action', 'expected a service prefix, as in `docs:GetDocument`'],
    ['a:b:c', 'invalid-action', 'expected one colon'],
    ['s*:Get', 'wildcard-in-service-name', 'wildcard in service name'],
    ['*:Get', 'wildcard-in-service-name', 'wildcard in service name'],
    ['s?:Get', 'wildcard-in-service-name', 'wildcard in service name'],
    [':Get', 'invalid-service-in-action', 'invalid service in action'],
    [' s3:Get', 'invalid-service-in-action', 'invalid service in action'],
    ['s_3:Get', 'invalid-service-in-action', 'invalid service in action'],
    [`${'a'.repeat(65)}:b`, 'invalid-service-in-action', 'invalid service in action'],
    ['s3:', 'invalid-action-name', 'invalid action name'],
    ['s3:Get ', 'invalid-action-name', 'invalid action name'],
    ['s3:Get Object', 'invalid-action-name', 'invalid action name'],
    ['s3:Get\n', 'invalid-action-name', 'invalid action name'],
    ['s3:${aws:x}', 'variable-unsupported-in-element', 'variable unsupported in element'],
  ])('refuses %j: %s', (action, code, problem) => {
    const flaw = checkAction(action)
    expect(flaw?.code).toBe(code)
    expect(flaw?.message).toContain(problem)
  })

  it('cuts what it shows', () => {
    expect(checkAction('a'.repeat(1_000_000))?.message.length).toBeLessThan(250)
  })
})

describe('checkTrustAction', () => {
  it.each([
    ['sts:AssumeRole', undefined],
    ['STS:Assume*', undefined],
    ['*', 'unsupported-action-in-policy'],
    ['docs:GetDocument', 'unsupported-action-in-policy'],
    ['sts:', 'invalid-action-name'],
  ])('says of `%s`: %s', (action, code) => {
    expect(checkTrustAction(action)?.code).toBe(code)
  })
})
