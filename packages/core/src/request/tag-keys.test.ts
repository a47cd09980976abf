import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { RequestError } from '../errors.js'
import {
  principalTagEntries,
  requestTagEntries,
  resourceTagEntries,
  type Tags,
} from './tag-keys.js'

const EVERY = [requestTagEntries, resourceTagEntries, principalTagEntries]

describe('requestTagEntries', () => {
  it('gives a key for each tag, and a list of their names', () => {
    expect(requestTagEntries({ team: 'blue', Stage: '' })).toEqual({
      'aws:RequestTag/team': 'blue',
      'aws:RequestTag/Stage': '',
      'aws:TagKeys': ['team', 'Stage'],
    })
  })

  it('gives no list of names where no tag is passed', () => {
    expect(requestTagEntries({})).toEqual({})
    expect(requestTagEntries(new Map())).toEqual({})
  })

  it('refuses two keys that differ only in case', () => {
    expect(() => requestTagEntries({ team: 'blue', Team: 'red' })).toThrow(
      'invalid request: `request tag`: two tag keys differ only in case',
    )
  })
})

describe('principalTagEntries', () => {
  it('gives a key for each tag', () => {
    expect(principalTagEntries(new Map([['cost center', '42']]))).toEqual({
      'aws:PrincipalTag/cost center': '42',
    })
  })

  it('refuses two keys that differ only in case', () => {
    expect(() => principalTagEntries({ team: 'blue', TEAM: 'blue' })).toThrow('differ only in case')
  })
})

/** As an app might keep tags: keys in lower case for whoever goes through them, and one pair for all. */
class OwnTags extends Map<string, string> {
  override *entries(): ReturnType<Map<string, string>['entries']> {
    const pair: [string, string] = ['', '']
    for (const [key, value] of super.entries()) {
      pair[0] = key.toLowerCase()
      pair[1] = value
      yield pair
    }
    return undefined
  }

  override [Symbol.iterator](): ReturnType<Map<string, string>['entries']> {
    return this.entries()
  }
}

describe('a Map of the app’s own class', () => {
  const tags = new OwnTags([
    ['Team', 'blue'],
    ['Stage', 'dev'],
  ])

  it('is read as it gives its pairs, whatever it says of its keys alone', () => {
    expect([...tags.keys()]).toEqual(['Team', 'Stage'])
    expect(requestTagEntries(tags)).toEqual({
      'aws:RequestTag/team': 'blue',
      'aws:RequestTag/stage': 'dev',
      'aws:TagKeys': ['team', 'stage'],
    })
    expect(resourceTagEntries(tags)).toEqual({
      'aws:ResourceTag/team': 'blue',
      'aws:ResourceTag/stage': 'dev',
    })
  })
})

describe('resourceTagEntries', () => {
  it('gives a key for each tag', () => {
    expect(resourceTagEntries({ team: 'blue', stage: 'dev' })).toEqual({
      'aws:ResourceTag/team': 'blue',
      'aws:ResourceTag/stage': 'dev',
    })
  })

  it('makes two keys that differ only in case one key with two values', () => {
    expect(resourceTagEntries({ team: 'blue', stage: 'dev', Team: 'red' })).toEqual({
      'aws:ResourceTag/team': ['blue', 'red'],
      'aws:ResourceTag/stage': 'dev',
    })
  })
})

describe('tags', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['text', 'team=blue'],
    ['a list of pairs', [['team', 'blue']]],
    ['query parameters', new URLSearchParams('team=blue')],
    ['a Set', new Set(['team'])],
    [
      'a Map of another realm, whose content no key shows',
      runInNewContext('new Map([["team", "blue"]])'),
    ],
    ['inherited tags', Object.create({ team: 'blue' })],
  ])('are refused as %s', (_, tags) => {
    for (const entries of EVERY) {
      expect(() => entries(tags as Tags)).toThrow('tags must be a plain object or a Map')
    }
  })

  it.each([
    ['a list for a value', { team: ['blue'] }],
    ['an object for a value', { team: { $ne: '' } }],
    ['a number for a value', { team: 1 }],
    ['null for a value', { team: null }],
    ['no value', { team: undefined }],
    ['257 characters for a value', { team: 'a'.repeat(257) }],
    ['an empty key', { '': 'a' }],
    ['129 characters for a key', { ['a'.repeat(129)]: 'b' }],
    ['a number for a key', new Map([[1, 'a']])],
    ['`__proto__` for a key', JSON.parse('{"__proto__": "a"}')],
    ['`constructor` for a key', { constructor: 'a' }],
    ['`prototype` for a key', new Map([['prototype', 'a']])],
    ['51 tags', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v']))],
  ])('are refused with %s', (_, tags) => {
    for (const entries of EVERY) expect(() => entries(tags as Tags)).toThrow(RequestError)
  })

  it('may be 50, with keys of 128 and values of 256 characters', () => {
    const tags = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [String(i).padStart(128, 'k'), 'v'.repeat(256)]),
    )
    for (const entries of EVERY) expect(Object.keys(entries(tags)).length).toBeGreaterThan(49)
  })

  it.each([{ team: 'a\u0000b' }, { 'a\nb': 'c' }, { team: '\ud83d' }, { team: '\u0085' }])(
    'is refused with a character that nobody sees: %j',
    (tags) => {
      for (const entries of EVERY) expect(() => entries(tags)).toThrow(RequestError)
    },
  )

  it('may come from another realm and hold what looks like a pattern', () => {
    const tags: Tags = runInNewContext('({ team: "*", path: "${aws:username}/../a:b" })')
    expect(resourceTagEntries(tags)).toEqual({
      'aws:ResourceTag/team': '*',
      'aws:ResourceTag/path': '${aws:username}/../a:b',
    })
  })
})
