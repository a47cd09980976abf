import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANY, ONE } from '../glob/glob.js'
import { isConstant, parseTemplate, resolveTemplate, variableEnd } from './variable.js'

const glob = { version: '2012-10-17', wildcards: true } as const
const literal = { version: '2012-10-17', wildcards: false } as const
const old = { version: '2008-10-17', wildcards: true } as const

describe('parseTemplate', () => {
  it.each([
    ['', []],
    ['plain', ['plain']],
    ['${aws:UserName}', [{ key: 'aws:username' }]],
    ['home/${aws:username}/*', ['home/', { key: 'aws:username' }, '/', ANY]],
    ['${a:b}${a:c}', [{ key: 'a:b' }, { key: 'a:c' }]],
    ["${a:b, 'x'}", [{ key: 'a:b', fallback: 'x' }]],
    ["${a:b,'x'}", [{ key: 'a:b', fallback: 'x' }]],
    ["${a:b,   'x'}", [{ key: 'a:b', fallback: 'x' }]],
    ["${a:b, ''}", [{ key: 'a:b', fallback: '' }]],
    ["${a:b, 'it''s'}", [{ key: 'a:b', fallback: "it's" }]],
    ["${a:b, 'a}b:c,d*'}", [{ key: 'a:b', fallback: 'a}b:c,d*' }]],
    ["${a:b, '${a:c}'}", [{ key: 'a:b', fallback: '${a:c}' }]],
    ['${aws:PrincipalTag/cost center}', [{ key: 'aws:principaltag/cost center' }]],
    ['${aws:PrincipalTag/a/b}', [{ key: 'aws:principaltag/a/b' }]],
    ['a${*}b', ['a*b']],
    ['${*}${?}${$}', ['*?$']],
    ['${$}{aws:username}', ['${aws:username}']],
    ['a**b', ['a', ANY, 'b']],
    ['a?', ['a', ONE]],
    ['$', ['$']],
    ['$a{b}', ['$a{b}']],
    ['{a}$', ['{a}$']],
  ])('takes `%s` apart', (text, tokens) => {
    expect(parseTemplate(text, glob)).toEqual({ tokens })
  })

  it.each([
    ['${', 'missing-brace-in-variable'],
    ['a${b', 'missing-brace-in-variable'],
    ['${*', 'missing-brace-in-variable'],
    ['${a${b}', 'missing-brace-in-variable'],
    ["${a, 'b'", 'missing-brace-in-variable'],
    ["${a, 'b' }", 'missing-brace-in-variable'],
    ['${}', 'empty-variable'],
    ["${, 'a'}", 'empty-variable'],
    ['${a,}', 'missing-quote-in-variable'],
    ['${a, b}', 'missing-quote-in-variable'],
    ['${a, "b"}', 'missing-quote-in-variable'],
    ["${a, 'b}", 'missing-quote-in-variable'],
    ['${a', 'missing-brace-in-variable'],
    ['${ aws:username}', 'unsupported-space-in-variable'],
    ['${aws:username }', 'unsupported-space-in-variable'],
    ['${aws:PrincipalTag/team }', 'unsupported-space-in-variable'],
    ['${aws: username}', 'unsupported-space-in-variable'],
    ['${ }', 'unsupported-space-in-variable'],
  ])('finds `%s` malformed: %s', (text, fault) => {
    expect(parseTemplate(text, glob)).toEqual({ tokens: [], fault })
  })

  it('has no wildcards where there are none', () => {
    expect(parseTemplate('a*?${*}', literal)).toEqual({ tokens: ['a*?*'] })
  })

  it('has neither variables nor escapes under the version of 2008', () => {
    expect(parseTemplate('${aws:username}', old)).toEqual({ tokens: ['${aws:username}'] })
    expect(parseTemplate('a${*}b', old)).toEqual({ tokens: ['a${', ANY, '}b'] })
    expect(parseTemplate('${?}', old)).toEqual({ tokens: ['${', ONE, '}'] })
    expect(parseTemplate('${', old)).toEqual({ tokens: ['${'] })
  })

  it('ends for a megabyte of openings', () => {
    expect(parseTemplate('${'.repeat(500_000), glob).fault).toBe('missing-brace-in-variable')
    expect(parseTemplate("${a,'".repeat(200_000), glob).fault).toBe('missing-brace-in-variable')
    expect(parseTemplate('${a}'.repeat(250_000), glob).tokens).toHaveLength(250_000)
    expect(parseTemplate('*?'.repeat(500_000), glob).tokens).toHaveLength(1_000_000)
  })

  it('gives tokens or a fault, for every text of its signs', () => {
    const signs = fc.string({
      unit: fc.constantFrom('$', '{', '}', "'", ',', ' ', '*', '?', 'a', ':'),
    })
    const property = fc.property(signs, (text) => {
      const { tokens, fault } = parseTemplate(text, glob)
      expect(fault === undefined || tokens.length === 0).toBe(true)
    })
    fc.assert(property)
  })
})

describe('resolveTemplate', () => {
  const get = (key: string) =>
    ({ team: 'blue', star: '*', nested: '${team}', empty: '', list: ['a'], none: [] })[key]
  const resolve = (text: string) => resolveTemplate(parseTemplate(text, glob).tokens, { get })

  it('puts values in as literal text, wildcards and variables included', () => {
    expect(resolve('a/${team}/*')).toEqual(['a/', 'blue', '/', ANY])
    expect(resolve('${star}')).toEqual(['*'])
    expect(resolve('${nested}')).toEqual(['${team}'])
    expect(resolve("${absent, '*'}")).toEqual(['*'])
  })

  it.each(['absent', 'empty', 'list', 'none'])('finds no value for the key `%s`', (key) => {
    expect(resolve(`a/\${${key}}`)).toBeUndefined()
    expect(resolve(`a/\${${key}, 'b'}`)).toEqual(['a/', 'b'])
  })

  it('asks for the key in lower case', () => {
    expect(resolve('${TEAM}')).toEqual(['blue'])
  })

  it('prefers a value to its default', () => {
    expect(resolve("${team, 'none'}")).toEqual(['blue'])
  })
})

describe('isConstant', () => {
  it('holds unless there is a variable', () => {
    expect(isConstant(parseTemplate('a*?${*}', glob).tokens)).toBe(true)
    expect(isConstant(parseTemplate('a${b}', glob).tokens)).toBe(false)
  })
})

describe('variableEnd', () => {
  it.each([
    ['${a}b', 4],
    ["${a, '}'}b", 9],
    ['${*}b', 4],
    ['${}b', 3],
    ['${a, b}c', 7],
    ['${a', -1],
    ["${a, '", -1],
  ])('of `%s` is %d', (text, end) => {
    expect(variableEnd(text, 0)).toBe(end)
  })
})
