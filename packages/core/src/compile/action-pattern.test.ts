import { describe, expect, it } from 'vitest'
import { coversAction } from './action-pattern.js'

describe('coversAction', () => {
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
    expect(coversAction(pattern.toLowerCase(), action)).toBe(verdict)
  })
})
