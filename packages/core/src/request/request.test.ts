import { describe, expect, it } from 'vitest'
import { isActionName } from './request.js'

describe('isActionName', () => {
  it.each([
    ['docs:GetDocument', true],
    ['DOCS:getdocument', true],
    ['s3-outposts:Get', true],
    [`docs:${'a'.repeat(128)}`, true],
    [undefined, false],
    ['', false],
    ['*', false],
    ['docs', false],
    ['docs:', false],
    [':Get', false],
    ['docs:*', false],
    ['docs:Get?', false],
    ['docs:Get:All', false],
    ['docs: Get', false],
    ['docs:Get\n', false],
    ['docs:Get ', false],
    [['docs:Get'], false],
    [`docs:${'a'.repeat(129)}`, false],
  ])('says of %j: %s', (text, verdict) => {
    expect(isActionName(text)).toBe(verdict)
  })
})
