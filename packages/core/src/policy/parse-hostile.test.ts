import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PolicyParseError } from '../errors.js'
import { type PolicyOptions, type PolicySourceText, parsePolicy } from './parse.js'
import type { Problem } from './problem.js'

const star = { Effect: 'Allow', Action: '*', Resource: '*' }

/** What is found; anything thrown but a PolicyParseError fails the test. */
function problemsOf(source: unknown, options?: PolicyOptions): readonly Problem[] {
  try {
    parsePolicy(source as PolicySourceText, options)
    return []
  } catch (error) {
    if (error instanceof PolicyParseError) return error.problems
    throw error
  }
}

const codesOf = (source: unknown, options?: PolicyOptions) =>
  problemsOf(source, options).map(({ pointer, code }) => `${pointer} ${code}`)

function boom(): never {
  throw new TypeError('from a getter')
}

const cycle: Record<string, unknown> = { ...star }
cycle['Condition'] = cycle

describe('the problems of a document', () => {
  it('are found all at once, with their places, from its beginning to its end', () => {
    const text = `{
  "version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Condition": { "StringEqual": { "aws:username": "ada" } },
      "Effect": "allow",
      "Action": ["docs:Get", "Put"],
      "Resource": "document/*"
    },
    {
      "Sid": "Read", "Effect": "Deny", "NotAction": [],
      "Resource": "*", "Action": "*"
    }
  ],
  "Statement": null
}`
    const found = problemsOf(text).map(({ pointer, code, position }) => [
      `${position?.line}:${position?.column}`,
      pointer,
      code,
    ])
    expect(found).toEqual([
      ['2:3', '/version', 'invalid-policy-element'],
      ['6:37', '/Statement/0/Condition/StringEqual', 'invalid-condition-operator'],
      ['7:17', '/Statement/0/Effect', 'invalid-effect'],
      ['8:30', '/Statement/0/Action/1', 'invalid-action'],
      ['9:19', '/Statement/0/Resource', 'invalid-arn-prefix'],
      ['11:5', '/Statement/1', 'unsupported-element-combination'],
      ['12:14', '/Statement/1/Sid', 'unique-sids-required'],
      ['12:53', '/Statement/1/NotAction', 'empty-not-list'],
      ['16:3', '/Statement', 'duplicate-key'],
    ])
  })

  it('have no position where the document came as an object', () => {
    expect(problemsOf({ Statement: { ...star, Effect: 'allow' } })).toEqual([
      {
        code: 'invalid-effect',
        level: 'error',
        pointer: '/Statement/Effect',
        message: 'invalid effect `allow`; expected `Allow` or `Deny`',
      },
    ])
  })

  it('count lines as editors do, whatever ends them', () => {
    const positionIn = (end: string) =>
      problemsOf(`{${end}"Statement":${end}[],${end}  "x": 1}`).map(({ position }) => position)
    expect(positionIn('\n').map((at) => at?.line)).toEqual([3, 4])
    expect(positionIn('\r\n').map((at) => at?.line)).toEqual([3, 4])
    expect(positionIn('\r').map((at) => at?.column)).toEqual([1, 3])
  })

  it('are listed up to a thousand, and a last one refuses what is not listed', () => {
    const harmless = Array.from({ length: 1000 }, () => 'arn:aws:docs:::')
    const misspelt = { ...star, Conditions: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
    const source = { Statement: [{ ...star, Resource: harmless }, misspelt] }
    expect(codesOf(source)).toEqual([' too-many-problems'])
    expect(codesOf(source, { lenient: true })).toEqual([' too-many-problems'])

    const broken = Array.from({ length: 100_000 }, () => 'x')
    expect(problemsOf({ Statement: { ...star, Action: broken } })).toHaveLength(1001)
    const hidden = { Statement: [{ ...star, Action: broken }, misspelt] }
    expect(codesOf(hidden, { lenient: true })).toEqual([' too-many-problems'])
  })
})

describe('lenient parsing', () => {
  it('takes what AWS refuses, where its meaning is plain', () => {
    const { statements } = parsePolicy(
      {
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/*' },
          Action: ['Get', ' docs:Get'],
          Resource: 'document',
          Condition: { NumericEquals: { 'docs:size': 'ten' }, Bool: { user: ['true', 'false'] } },
        },
      },
      { type: 'identity', lenient: true },
    )
    expect(statements[0]).toMatchObject({
      actions: ['Get', ' docs:Get'],
      resources: ['document'],
      principal: { entries: [{ kind: 'AWS', value: 'arn:aws:iam::111122223333:role/*' }] },
    })
    expect(statements[0]?.conditions.map(({ values }) => values)).toEqual([
      ['ten'],
      ['true', 'false'],
    ])
  })

  it.each([
    ['a misspelt element', { ...star, Conditions: {} }],
    ['a lower-case effect', { ...star, Effect: 'allow' }],
    ['no effect', { Action: '*', Resource: '*' }],
    ['an unknown operator', { ...star, Condition: { stringEquals: { 'aws:username': 'a' } } }],
    ['NullIfExists', { ...star, Condition: { NullIfExists: { 'aws:username': 'true' } } }],
    ['Action beside NotAction', { ...star, NotAction: 'a:b' }],
    ['an empty NotResource', { Effect: 'Allow', Action: '*', NotResource: [] }],
    ['an unknown kind of principal', { ...star, Principal: { Everyone: '*' } }],
    ['a null', { ...star, Resource: null }],
    ['a huge value', { ...star, Condition: { StringLike: { 'a:b': 'x'.repeat(8193) } } }],
  ])('refuses %s all the same', (_, statement) => {
    expect(() => parsePolicy({ Statement: statement }, { lenient: true })).toThrow(PolicyParseError)
  })
})

describe('hostile text', () => {
  it('of ten megabytes is not read', () => {
    const text = JSON.stringify({ Statement: { ...star, Sid: 'a'.repeat(10_000_000) } })
    expect(codesOf(text)).toEqual([' document-too-long'])
    expect(codesOf('\n'.repeat(10_000_000))).toEqual([' document-too-long'])
  })

  it('of ten megabytes is read where that is allowed', () => {
    const statements = Array.from({ length: 220_000 }, () => star)
    const text = JSON.stringify({ Statement: statements })
    expect(text.length).toBeGreaterThan(10_000_000)
    expect(parsePolicy(text, { maxLength: 20_000_000 }).statements).toHaveLength(220_000)
  })

  it.each([
    ['[', ']'],
    ['{"Statement":', '}'],
    ['{"Condition":[', ']}'],
  ])('of 100,000 levels `%s` is not read', (open, close) => {
    const text = open.repeat(100_000) + close.repeat(100_000)
    const [problem, ...others] = problemsOf(text, { maxLength: 10_000_000 })
    expect(problem?.code).toBe('document-too-deep')
    expect(others).toEqual([])
  })

  it.each(['__proto__', 'constructor', 'toString', 'prototype', 'hasOwnProperty'])(
    'with `%s` for a key is refused wherever the key stands',
    (key) => {
      const member = `"${key}": {"Effect": "Allow"}`
      const allow = '"Effect": "Allow", "Action": "*", "Resource": "*"'
      expect(codesOf(`{"Statement": {${allow}}, ${member}}`)).toEqual([
        `/${key} invalid-policy-element`,
      ])
      expect(codesOf(`{"Statement": {${allow}, ${member}}}`)).toEqual([
        `/Statement/${key} invalid-policy-element`,
      ])
      expect(codesOf(`{"Statement": {${allow}, "Principal": {${member}}}}`)).toEqual([
        `/Statement/Principal/${key} invalid-principal-key`,
      ])
      expect(codesOf(`{"Statement": {${allow}, "Condition": {${member}}}}`)).toEqual([
        `/Statement/Condition/${key} invalid-condition-operator`,
      ])
      const block = `{"Statement": {${allow}, "Condition": {"Bool": {"${key}": "true"}}}}`
      expect(codesOf(block)).toEqual([
        `/Statement/Condition/Bool/${key} invalid-condition-key-format`,
      ])
      expect(codesOf(JSON.parse(block))).toEqual(codesOf(block))
    },
  )

  it('with a lone surrogate is refused, written out or escaped', () => {
    expect(codesOf('{"Statement": {"Sid": "\ud83d"}}')).toEqual([
      '/Statement/Sid json-syntax-error',
    ])
    expect(codesOf('{"Statement": {"Sid": "\\ud83d"}}')).toEqual([
      '/Statement/Sid json-syntax-error',
    ])
    expect(codesOf({ Statement: { ...star, Sid: '\ud83d' } })).toEqual([
      '/Statement/Sid json-syntax-error',
    ])
    expect(codesOf({ Statement: { ...star, Sid: '👍' } })).toEqual([])
  })

  it('of characters that IAM refuses is refused where that is asked', () => {
    const source = { Statement: { ...star, Condition: { StringLike: { 'a:文': ['ÿ', '文'] } } } }
    expect(codesOf(source)).toEqual([])
    expect(codesOf(source, { latin1Only: true })).toEqual([
      '/Statement/Condition/StringLike/a:文 unsupported-character',
      '/Statement/Condition/StringLike/a:文/1 unsupported-character',
    ])
  })

  it('of patterns made to be slow is read or refused', () => {
    const stars = 'a*'.repeat(1000)
    const openings = '${'.repeat(500_000)
    const condition = (value: string) => ({ StringLike: { 'a:b': value } })
    const source = (value: string) => ({
      Version: '2012-10-17',
      Statement: { ...star, Resource: `arn:aws:docs:::${value}`, Condition: condition(value) },
    })
    expect(codesOf(source(stars))).toEqual([])
    expect(codesOf(source(openings))).toEqual([
      '/Statement/Resource invalid-arn',
      '/Statement/Condition/StringLike/a:b value-too-long',
    ])
    expect(codesOf(source('${'.repeat(1000)))).toEqual([
      '/Statement/Resource missing-brace-in-variable',
      '/Statement/Condition/StringLike/a:b missing-brace-in-variable',
    ])
  })

  it('of a hundred thousand values, keys or principals is read', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => i)
    const keys = Object.fromEntries(many.map((i) => [`a:${i}`, 'b']))
    const { statements } = parsePolicy(
      {
        Statement: [
          { ...star, Action: many.map((i) => `s${i}:A`) },
          { ...star, Principal: { AWS: many.map(() => '*') } },
          { ...star, Condition: { StringLike: keys } },
          { ...star, Condition: { StringLike: { 'a:b': many.map(String) } } },
        ],
      },
      { maxLength: 10_000_000 },
    )
    expect(statements[0]?.actions).toHaveLength(100_000)
    expect(statements[1]?.principal?.entries).toHaveLength(100_000)
    expect(statements[2]?.conditions).toHaveLength(100_000)
    expect(statements[3]?.conditions[0]?.values).toHaveLength(100_000)
  })

  it('keeps every message on one readable line', () => {
    const text = JSON.stringify({ Statement: { ...star, [`a\n${'b'.repeat(100_000)}`]: 1 } })
    for (const { message } of problemsOf(text)) {
      expect(message).not.toContain('\n')
      expect(message.length).toBeLessThan(400)
    }
    expect(() => parsePolicy(text)).toThrow(/^invalid policy: \/Statement\/a\\u000ab+…: [^\n]+$/)
  })
})

describe('hostile objects', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
    ['a symbol', Symbol('a')],
    ['a function', () => star],
    ['a bigint', 1n],
    ['a Map', new Map([['Statement', star]])],
    ['a date', new Date(0)],
    ['a promise', Promise.resolve({ Statement: star })],
    ['bytes', new TextEncoder().encode('{}')],
    ['a boxed string', Object('{}')],
    [
      'a getter that throws',
      {
        get Statement() {
          return boom()
        },
      },
    ],
    [
      'a getter that throws deep inside',
      {
        Statement: {
          ...star,
          Condition: {
            get Bool() {
              return boom()
            },
          },
        },
      },
    ],
    [
      'a proxy that throws on everything',
      new Proxy({}, { ownKeys: boom, getPrototypeOf: boom, get: boom }),
    ],
    ['a cycle', { Statement: cycle }],
    ['an inherited Statement', Object.create({ Statement: star })],
    ['a Map for a statement', { Statement: new Map(Object.entries(star)) }],
    ['a lost Condition', { Statement: { ...star, Condition: undefined } }],
    ['a hole in a list', { Statement: { ...star, Action: Array(1) } }],
    ['a huge empty array', { Statement: Array(4_000_000_000) }],
    [
      'a number that JSON lacks',
      { Statement: { ...star, Condition: { NumericEquals: { 'a:b': Number.NaN } } } },
    ],
  ])('such as %s are refused', (_, source) => {
    expect(problemsOf(source)).toHaveLength(1)
  })

  it('cannot say one thing to the check and another to the reader', () => {
    let reads = 0
    const source = {
      Statement: {
        get Effect() {
          reads++
          return reads === 1 ? 'Deny' : 'Allow'
        },
        Action: '*',
        Resource: '*',
      },
    }
    expect(parsePolicy(source).statements[0]?.effect).toBe('Deny')
    expect(reads).toBe(1)
  })

  it('throw a PolicyParseError or parse, for every value', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
    })
    const element = fc.constantFrom('Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition')
    const property = fc.property(element, anything, fc.boolean(), (name, value, lenient) => {
      expect(problemsOf(value).length).toBeGreaterThan(0)
      const inside = problemsOf({ Statement: { ...star, [name]: value } }, { lenient })
      expect(inside.every(({ pointer }) => pointer.startsWith('/Statement'))).toBe(true)
    })
    fc.assert(property, { numRuns: 500 })
  })
})
