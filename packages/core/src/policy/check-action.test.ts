import { describe, expect, it } from 'vitest'
import { checkAction } from './check-action.js'

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
    ['', 'invalid-action', 'needs a service prefix, such as `docs:GetDocument`'],
    ['**', 'invalid-action', 'needs a service prefix, such as `docs:GetDocument`'],
    ['GetObject', 'invalid-action', 'needs a service prefix, such as `docs:GetDocument`'],
    ['a:b:c', 'invalid-action', 'may hold one colon only'],
    ['s*:Get', 'wildcard-in-service-name', 'has a wildcard in its service prefix'],
    ['*:Get', 'wildcard-in-service-name', 'has a wildcard in its service prefix'],
    ['s?:Get', 'wildcard-in-service-name', 'has a wildcard in its service prefix'],
    [':Get', 'invalid-service-in-action', 'has an ill-formed service prefix'],
    [' s3:Get', 'invalid-service-in-action', 'has an ill-formed service prefix'],
    ['s_3:Get', 'invalid-service-in-action', 'has an ill-formed service prefix'],
    [`${'a'.repeat(65)}:b`, 'invalid-service-in-action', 'has an ill-formed service prefix'],
    ['s3:', 'invalid-action-name', 'has an ill-formed name after its prefix'],
    ['s3:Get ', 'invalid-action-name', 'has an ill-formed name after its prefix'],
    ['s3:Get Object', 'invalid-action-name', 'has an ill-formed name after its prefix'],
    ['s3:Get\n', 'invalid-action-name', 'has an ill-formed name after its prefix'],
    ['s3:${aws:x}', 'variable-unsupported-in-element', 'holds a variable; actions take none'],
  ])('refuses %j: %s', (action, code, problem) => {
    const flaw = checkAction(action)
    expect(flaw?.code).toBe(code)
    expect(flaw?.message).toContain(problem)
  })

  it('cuts what it shows', () => {
    expect(checkAction('a'.repeat(1_000_000))?.message.length).toBeLessThan(250)
  })
})
