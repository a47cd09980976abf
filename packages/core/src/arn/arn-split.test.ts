import { describe, expect, it } from 'vitest'
import { variableEnd } from '../policy/variable.js'
import { partitionOf, splitArn, splitArnPattern } from './arn-split.js'

describe('splitArn', () => {
  it('splits at the first five colons', () => {
    expect(splitArn('arn:aws:logs:eu-west-1:123456789012:group:app:x')).toEqual([
      'arn',
      'aws',
      'logs',
      'eu-west-1',
      '123456789012',
      'group:app:x',
    ])
    expect(splitArn(':::::')).toEqual(['', '', '', '', '', ''])
  })

  it.each(['', 'a', 'arn:aws:s3::', '::::'])('has nothing to say of `%s`', (text) => {
    expect(splitArn(text)).toBeUndefined()
  })

  it('does not know of variables: a colon in a request is a colon', () => {
    expect(splitArn('arn:aws:s3:::${aws:username}')?.[5]).toBe('${aws:username}')
    expect(splitArn('arn:${aws:x}:s3:::k')?.[5]).toBe(':k')
  })
})

describe('splitArnPattern', () => {
  const split = (text: string) => splitArnPattern(text, variableEnd)

  it.each([
    ['*', ['*']],
    ['arn:aws:s3:*', ['arn', 'aws', 's3', '*']],
    ['arn:aws:s3:::b/*', ['arn', 'aws', 's3', '', '', 'b/*']],
    ['arn:aws:s3:::b:c', ['arn', 'aws', 's3', '', '', 'b:c']],
    [
      'arn:aws:sns:${aws:Region}:${aws:PrincipalAccount}:t',
      ['arn', 'aws', 'sns', '${aws:Region}', '${aws:PrincipalAccount}', 't'],
    ],
    ["arn:aws:sns:${k, 'a:b}'}:1:t", ['arn', 'aws', 'sns', "${k, 'a:b}'}", '1', 't']],
    ['arn:aws:s3:${*}:${$}:t', ['arn', 'aws', 's3', '${*}', '${$}', 't']],
    ['arn:aws:s3:${:x:t', ['arn', 'aws', 's3', '${', 'x', 't']],
    ['arn:aws:s3:$:x:t', ['arn', 'aws', 's3', '$', 'x', 't']],
    ['arn:aws:s3:${}:x:t', ['arn', 'aws', 's3', '${}', 'x', 't']],
  ])('splits `%s`, but not inside a variable', (pattern, parts) => {
    expect(split(pattern)).toEqual(parts)
  })

  it('ends for a megabyte of openings, closed at the end or never', () => {
    const openings = '${'.repeat(500_000)
    expect(split(openings)).toEqual([openings])
    expect(split(`${openings}:a`)).toEqual([openings, 'a'])
    expect(split(`${openings}}:a`)).toEqual([`${openings}}`, 'a'])
    expect(split("${k,'".repeat(200_000))).toHaveLength(1)
    expect(split("${k,'}".repeat(100_000))).toHaveLength(1)
  })
})

describe('partitionOf', () => {
  it('is the second part of six', () => {
    expect(partitionOf('arn:aws-cn:iam::1:user/a')).toBe('aws-cn')
    expect(partitionOf('arn:aws-cn')).toBeUndefined()
    expect(partitionOf('*')).toBeUndefined()
  })
})
