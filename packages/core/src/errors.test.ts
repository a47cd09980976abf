import { describe, expect, it } from 'vitest'
import { ArnParseError, cut, PolicyParseError, RequestError, ServiceError } from './errors.js'

describe('cut', () => {
  it('leaves short text as it is, whatever its script', () => {
    expect(cut('document/ä/文書/👍')).toBe('document/ä/文書/👍')
  })

  it('keeps 128 characters, or as many as it is told', () => {
    expect(cut('a'.repeat(128))).toBe('a'.repeat(128))
    expect(cut('a'.repeat(129))).toBe(`${'a'.repeat(128)}…`)
    expect(cut('abcdef', 3)).toBe('abc…')
  })

  it.each([
    ['a line feed', 'a\nb', 'a\\u000ab'],
    ['a carriage return', 'a\rb', 'a\\u000db'],
    ['an escape sequence', '\u001b[31mb', '\\u001b[31mb'],
    ['NUL', '\u0000', '\\u0000'],
    ['a next-line control', 'a\u0085b', 'a\\u0085b'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a lone surrogate', 'a\ud83d', 'a\\ud83d'],
    ['a byte order mark', '\ufeffa', '\\ufeffa'],
    ['a blank that looks like another', 'a\u00a0b', 'a\\u00a0b'],
    ['a turn of the direction of reading', 'a\u202eb', 'a\\u202eb'],
    ['a character of two units that does not show', 'a\u{e0001}b', 'a\\ue0001b'],
  ])('escapes %s', (_, text, shown) => {
    expect(cut(text)).toBe(shown)
  })

  it('escapes the half of a character that it cuts in two', () => {
    expect(cut('ab👍', 3)).toBe('ab\\ud83d…')
  })
})

describe('ArnParseError', () => {
  it('says what was read and what is wrong with it', () => {
    const error = new ArnParseError('docs\n42', 'must start with `arn:`')
    expect(error).toMatchObject({
      name: 'ArnParseError',
      code: 'ERR_ARN_INVALID',
      message: 'invalid ARN `docs\\u000a42`: must start with `arn:`',
      input: 'docs\\u000a42',
    })
  })

  it('keeps a megabyte of text out of its message', () => {
    expect(new ArnParseError('a'.repeat(1_000_000), 'longer').input).toBe(`${'a'.repeat(128)}…`)
  })
})

describe('PolicyParseError', () => {
  const placeless = {
    code: 'invalid-effect',
    level: 'error',
    pointer: '/Statement/0/Effect',
    message: 'expected `Allow` or `Deny`, not `allow`',
  } as const
  const first = { ...placeless, position: { line: 3, column: 7, offset: 40 } }

  it('names the policy, the place of the first problem and how many more there are', () => {
    const error = new PolicyParseError([first, first, first], 'editor.json')
    expect(error.message).toBe(
      'invalid policy `editor.json`: /Statement/0/Effect: expected `Allow` or `Deny`, not `allow` (line 3, column 7); and 2 more',
    )
    expect(error).toMatchObject({ name: 'PolicyParseError', code: 'ERR_POLICY_INVALID' })
    expect(error.problems).toEqual([first, first, first])
  })

  it('leaves out what is not known', () => {
    expect(new PolicyParseError([{ ...placeless, pointer: '' }]).message).toBe(
      'invalid policy: /: expected `Allow` or `Deny`, not `allow`',
    )
  })

  it('cuts a pointer through a huge key, and keeps it on one line', () => {
    const error = new PolicyParseError([{ ...first, pointer: `/a\n${'b'.repeat(1_000_000)}` }])
    expect(error.message).toContain('invalid policy: /a\\u000abbb')
    expect(error.message.length).toBeLessThan(300)
  })
})

describe('RequestError', () => {
  it('names the key and the problem', () => {
    expect(new RequestError('aws:SourceIp', 'given twice, in two spellings')).toMatchObject({
      name: 'RequestError',
      code: 'ERR_REQUEST_INVALID',
      key: 'aws:SourceIp',
      message: 'invalid request: `aws:SourceIp`: given twice, in two spellings',
    })
  })
})

describe('ServiceError', () => {
  it('names the service and the problem', () => {
    expect(new ServiceError('docs', 'has no actions')).toMatchObject({
      name: 'ServiceError',
      code: 'ERR_SERVICE_INVALID',
      message: 'invalid service `docs`: has no actions',
    })
  })
})
