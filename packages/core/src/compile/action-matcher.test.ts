import { describe, expect, it } from 'vitest'
import { compileAction } from './action-matcher.js'

const matches = (pattern: string, action: string) => compileAction(pattern).matches(action)

describe('compileAction', () => {
  it.each([
    ['s3:GetObject', 's3:getobject', true],
    ['S3:getobject', 's3:getobject', true],
    ['s3:Get?bject', 's3:getobject', true],
    ['s3:GetObject?', 's3:getobject', false],
    ['s3:GetObject*', 's3:getobject', true],
    ['s3:Get', 's3:getobject', false],
    ['s3:*Object', 's3:getobject', true],
    ['s3:*', 's3:getobject', true],
    ['s3:*', 's3express:getobject', false],
    ['s3:*', 's:3', false],
    ['*', 'docs:get', true],
    ['*:*', 'docs:get', true],
    ['ec2:GetObject', 's3:getobject', false],
    [' s3:GetObject', 's3:getobject', false],
    ['s3:GetObject ', 's3:getobject', false],
    ['s*:GetObject', 's3:getobject', false],
    ['*:GetObject', 's3:getobject', false],
    ['**', 's3:getobject', false],
    ['GetObject', 's3:getobject', false],
    ['', 's3:getobject', false],
    [':', 's3:getobject', false],
    ['s3:', 's3:getobject', false],
    ['s3:Get:Object', 's3:getobject', false],
    ['s3:${*}', 's3:getobject', false],
    ['s3:get[oO]bject', 's3:getobject', false],
  ])('puts `%s` to `%s`: %s', (pattern, action, verdict) => {
    expect(matches(pattern, action)).toBe(verdict)
  })

  it('is bound to its service, or to none', () => {
    expect(compileAction('S3:Get*').service).toBe('s3')
    expect(compileAction('*').service).toBeUndefined()
    expect(compileAction('*:*').service).toBeUndefined()
    expect(compileAction('GetObject').service).toBe('')
  })
})
