import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RequestError } from '../errors.js'
import { type ContextEntries, isRequestContext, requestContext } from './context.js'

function errorOf(entries: unknown): RequestError {
  try {
    requestContext(entries as ContextEntries)
  } catch (error) {
    if (error instanceof RequestError) return error
    throw error
  }
  return expect.fail('nothing was thrown')
}

const anyScalar = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 20 }),
)

describe('requestContext', () => {
  it.each([
    ['text', 'a', 'a'],
    ['empty text', '', ''],
    ['a number', 10.5, '10.5'],
    ['a large number', 1e21, '1e+21'],
    ['minus zero', -0, '0'],
    ['a boolean', false, 'false'],
    ['a date', new Date('2024-01-01T00:00:00.5Z'), '2024-01-01T00:00:00.500Z'],
    ['no bytes', new Uint8Array(0), ''],
    ['one byte', new Uint8Array([255]), '/w=='],
    ['two bytes', new Uint8Array([0, 255]), 'AP8='],
    ['three bytes', new Uint8Array([97, 98, 99]), 'YWJj'],
    ['four bytes', new Uint8Array([251, 255, 254, 1]), '+//+AQ=='],
    ['a buffer', Buffer.from('abc'), 'YWJj'],
  ])('keeps %s as the text that a policy would write', (_, value, text) => {
    expect(requestContext({ 'a:b': value }).get('a:b')).toBe(text)
  })

  it('keeps many values as a list, even one of one', () => {
    const context = requestContext({ 'a:list': ['x', 1, true], 'a:one': ['x'] })
    expect(context.get('a:list')).toEqual(['x', '1', 'true'])
    expect(context.get('a:one')).toEqual(['x'])
    expect(Object.isFrozen(context.get('a:list'))).toBe(true)
  })

  it('takes null, undefined and an empty list for absent', () => {
    const context = requestContext({ 'a:null': null, 'a:undefined': undefined, 'a:empty': [] })
    expect([...context.keys()]).toEqual([])
    expect(context.get('a:null')).toBeUndefined()
  })

  it('finds its keys in lower case, whatever they are called', () => {
    const context = requestContext(JSON.parse('{"AWS:UserName": "ada", "__proto__": "p"}'))
    expect(context.get('aws:username')).toBe('ada')
    expect(context.get('__proto__')).toBe('p')
    expect(context.get('constructor')).toBeUndefined()
    expect([...context.keys()]).toEqual(['aws:username', '__proto__'])
  })

  it('does not see what happens to its source afterwards', () => {
    const entries = { 'a:b': ['x'] }
    const context = requestContext(entries)
    entries['a:b'].push('y')
    expect(context.get('a:b')).toEqual(['x'])
    expect(Object.isFrozen(context)).toBe(true)
  })

  it('takes plain objects of every kind', () => {
    const bare: ContextEntries = Object.assign(Object.create(null), { 'a:b': 'x' })
    expect(requestContext(bare).get('a:b')).toBe('x')
    expect(requestContext(runInNewContext('({ "a:b": "x", "a:c": ["y"] })')).get('a:c')).toEqual([
      'y',
    ])
  })

  it('refuses two spellings of one key, even where one of them is absent', () => {
    expect(errorOf({ 'aws:Username': 'a', 'AWS:username': 'b' })).toMatchObject({
      key: 'AWS:username',
      message: 'invalid request: `AWS:username`: given twice, in two spellings',
    })
    expect(errorOf({ 'aws:Username': 'a', 'AWS:username': null }).key).toBe('AWS:username')
    expect(errorOf({ 'aws:Username': [], 'AWS:username': 'b' }).key).toBe('AWS:username')
  })

  it.each([
    ['an object', {}],
    ['a nested list', ['a', ['b']]],
    ['null in a list', ['a', null]],
    ['a hole in a list', Array(1)],
    ['a function', () => 'a'],
    ['a symbol', Symbol('a')],
    ['a bigint', 1n],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an impossible date', new Date(Number.NaN)],
    ['a boxed string', Object('a')],
    ['a Map', new Map([['a', 'b']])],
    ['other bytes', new Uint16Array(1)],
    ['an object that says it is text', { toString: () => 'a' }],
  ])('refuses %s for a value', (_, value) => {
    expect(errorOf({ 'a:b': value }).message).toBe(
      'invalid request: `a:b`: a value must be text, a finite number, a boolean, a valid date or bytes',
    )
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['text', 'a'],
    ['a list', [['a:b', 'x']]],
    ['a Map', new Map([['a:b', 'x']])],
    ['a class instance', new URLSearchParams('a:b=x')],
    ['inherited keys', Object.create({ 'a:b': 'x' })],
    [
      'inherited keys without a prototype',
      Object.create(Object.assign(Object.create(null), { 'a:b': 'x' })),
    ],
  ])('refuses %s for a context', (_, entries) => {
    expect(errorOf(entries).message).toBe('invalid request: `context`: must be a plain object')
  })

  it('bounds keys, values and their lengths', () => {
    const keys = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`a:${i}`, 'b']))
    const list = (count: number) => Array.from({ length: count }, () => 'b')
    expect([...requestContext(keys(1024)).keys()]).toHaveLength(1024)
    expect(errorOf(keys(1025)).message).toContain('more than 1024 keys')
    expect(errorOf(keys(10_000)).message).toContain('more than 1024 keys')
    expect(requestContext({ 'a:b': list(1024) }).get('a:b')).toHaveLength(1024)
    expect(errorOf({ 'a:b': list(1025) }).message).toContain('more than 1024 values')
    expect(requestContext({ ['a'.repeat(512)]: 'b' }).get('a'.repeat(512))).toBe('b')
    expect(errorOf({ ['a'.repeat(513)]: 'b' }).message).toContain('1 to 512 characters')
    expect(errorOf({ '': 'b' }).message).toContain('1 to 512 characters')
    expect(requestContext({ 'a:b': 'c'.repeat(8192) }).get('a:b')).toHaveLength(8192)
    expect(errorOf({ 'a:b': 'c'.repeat(8193) }).message).toContain('longer than 8192 characters')
    expect(errorOf({ 'a:b': new Uint8Array(10_000_000) }).message).toContain('longer than 8192')
    expect(errorOf({ 'a:b': list(9).map((one) => one.repeat(8192)) }).message).toContain(
      'all values together are longer than 65536 characters',
    )
  })

  it('gives text or lists of text, for every value', () => {
    const property = fc.property(fc.oneof(anyScalar, fc.array(anyScalar)), (value) => {
      const had = requestContext({ 'a:b': value }).get('a:b')
      const texts = typeof had === 'string' ? [had] : (had ?? [])
      expect(texts.every((text) => typeof text === 'string')).toBe(true)
      expect(texts).toHaveLength(Array.isArray(value) ? value.length : 1)
    })
    fc.assert(property)
  })

  it('throws nothing but a RequestError, for every context and value', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withTypedArray: true,
    })
    const property = fc.property(anything, fc.object(), (value, entries) => {
      for (const context of [value, entries, { 'a:b': value }]) {
        try {
          expect(isRequestContext(requestContext(context as ContextEntries))).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID' })
        }
      }
    })
    fc.assert(property)
  })
})

describe('isRequestContext', () => {
  it('knows contexts of another copy of the package', async () => {
    const path = './context.js?copy'
    const copy: typeof import('./context.js') = await import(/* @vite-ignore */ path)
    expect(copy.requestContext).not.toBe(requestContext)
    expect(isRequestContext(copy.requestContext({ 'a:b': 'x' }))).toBe(true)
    expect(copy.isRequestContext(requestContext({}))).toBe(true)
  })

  it('takes nothing else for one', () => {
    const json = { get: 'a', keys: 'b', 'iamkit.context': 'true' }
    expect([{}, json, [], null].map((value) => isRequestContext(value as never))).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})
