import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arn, formatArn, parseArn } from './arn.js'

const word = fc.stringMatching(/^[a-z][a-z-]{0,11}$/)
const anyArn: fc.Arbitrary<Arn> = fc.record({
  partition: word,
  service: word,
  region: fc.constantFrom('', 'eu-west-1'),
  account: fc.constantFrom('', '123456789012', 'acme'),
  resource: fc.stringMatching(/^[a-z0-9:/*-]{1,40}$/),
})
const nearArn = fc.stringMatching(/^(arn:)?[a-z0-9:*]{0,40}$/)

describe('parseArn', () => {
  it('takes the six parts apart', () => {
    expect(parseArn('arn:aws:docs:eu-west-1:123456789012:document/42')).toEqual({
      partition: 'aws',
      service: 'docs',
      region: 'eu-west-1',
      account: '123456789012',
      resource: 'document/42',
    })
  })

  it('keeps colons and slashes that belong to the resource', () => {
    const arn = parseArn('arn:aws:logs:eu-west-1:123456789012:log-group:app/*')
    expect(arn.resource).toBe('log-group:app/*')
  })

  it('lets region and account be empty, and folds no case', () => {
    expect(parseArn('arn:aws:s3:::Bucket/Key')).toMatchObject({
      region: '',
      account: '',
      resource: 'Bucket/Key',
    })
  })

  it.each([
    ['', 'must start with `arn:`'],
    ['document/42', 'must start with `arn:`'],
    ['ARN:aws:docs:::a', 'must start with `arn:`'],
    [' arn:aws:docs:::a', 'must start with `arn:`'],
    ['arn', 'too few parts'],
    ['arn:aws:docs', 'too few parts'],
    ['arn:aws:docs:', 'too few parts'],
    ['arn:aws:docs::', 'resource is empty'],
    ['arn:aws:docs:::', 'resource is empty'],
    ['arn::docs:::document/42', 'partition is empty'],
    ['arn:aws::::document/42', 'service is empty'],
  ])('refuses `%s`: %s', (text, problem) => {
    expect(() => parseArn(text)).toThrow(`invalid ARN \`${text}\`: ${problem}`)
  })

  it('reads 2048 characters and no more', () => {
    const prefix = 'arn:aws:docs:::'
    expect(parseArn(prefix + 'a'.repeat(2048 - prefix.length)).service).toBe('docs')
    expect(() => parseArn(prefix + 'a'.repeat(2049 - prefix.length))).toThrow(
      'longer than 2048 characters',
    )
    expect(() => parseArn(':'.repeat(10_000_000))).toThrow('longer than 2048 characters')
  })

  it('is undone by formatArn, for every ARN', () => {
    const property = fc.property(anyArn, (arn) => {
      expect(parseArn(formatArn(arn))).toEqual(arn)
    })
    fc.assert(property)
  })

  it('throws nothing but its own error, for every near miss', () => {
    const property = fc.property(nearArn, (text) => {
      try {
        expect(formatArn(parseArn(text))).toBe(text)
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_ARN_INVALID' })
      }
    })
    fc.assert(property)
  })
})

describe('formatArn', () => {
  it('puts the parts together', () => {
    expect(
      formatArn({ partition: 'aws', service: 's3', region: '', account: '', resource: 'b/k' }),
    ).toBe('arn:aws:s3:::b/k')
  })
})
