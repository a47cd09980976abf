import { describe, expect, it } from 'vitest'
import { isResourceName, partitionIn } from './known-arn.js'

describe('isResourceName', () => {
  it.each([
    ['*', true],
    ['arn:aws:docs::acme:document/42', true],
    ['arn:aws:logs:eu-west-1:111122223333:log-group:app', true],
    ['arn:aws:docs::acme', false],
    ['arn:aws:docs', false],
    ['document/42', false],
    ['ARN:aws:docs::acme:document/42', false],
    ['**', false],
    ['a', false],
    [`arn:aws:docs::acme:${'x'.repeat(2029)}`, true],
    [`arn:aws:docs::acme:${'x'.repeat(2030)}`, false],
  ])('says of `%s`: %s, at first and ever after', (text, verdict) => {
    expect(isResourceName(text)).toBe(verdict)
    expect(isResourceName(text)).toBe(verdict)
  })

  it('does not take one text for another that falls into the same place', () => {
    const name = 'arn:aws:docs::acme:document/42'
    expect(isResourceName(name)).toBe(true)
    expect(isResourceName(`${'x'.repeat(name.length - 3)}/42`)).toBe(false)
  })
})

describe('partitionIn', () => {
  it.each([
    ['arn:aws:docs', 'aws'],
    ['arn:aws-cn:s3:::b', 'aws-cn'],
    ['arn:aw', undefined],
    ['docs:aws:x', undefined],
    ['', undefined],
  ])('reads the partition of `%s`', (literal, partition) => {
    expect(partitionIn(literal)).toBe(partition)
  })
})
