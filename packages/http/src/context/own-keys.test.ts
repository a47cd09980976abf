import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { docs } from '../../test/docs.js'
import { findAction } from '../route/action.js'
import { ownEntries } from './own-keys.js'

const create = findAction([docs], 'docs:CreateDocument')

describe('ownEntries', () => {
  it('gives back what the action sends', () => {
    const entries = {
      'docs:Classification': 'public',
      'docs:PageCount': 7,
      'docs:Labels': ['draft', 'blue'],
    }
    expect(ownEntries(create, entries)).toBe(entries)
  })

  it('takes a plain object of another realm', () => {
    const entries = runInNewContext('({ "docs:PageCount": 7 })')
    expect(ownEntries(create, entries)).toBe(entries)
  })

  it('takes a value left out, and one value for a list', () => {
    const entries = {
      'docs:Classification': undefined,
      'docs:PageCount': null,
      'docs:Labels': 'draft',
    }
    expect(ownEntries(create, entries)).toBe(entries)
  })

  it.each([
    ['aws:PrincipalTag/team', 'eng'],
    ['AWS:SourceIp', '192.0.2.1'],
    ['docs:classification', 'public'],
    ['docs:Owner', 'ann'],
    ['__proto__', 'x'],
  ])('refuses the key `%s`', (key, value) => {
    const entries = Object.fromEntries([[key, value]])
    expect(() => ownEntries(create, entries)).toThrow(
      `invalid request: \`${key}\`: not a key that \`docs:CreateDocument\` sends`,
    )
  })

  it.each([
    ['docs:Classification', ['public'], 'must be one value of type String'],
    ['docs:Classification', true, 'must be one value of type String'],
    ['docs:PageCount', '7', 'must be one value of type Numeric'],
    ['docs:Labels', ['draft', 7], 'must be a list of type String'],
  ])('refuses for `%s` the value %j', (key, value, problem) => {
    expect(() => ownEntries(create, { [key]: value } as never)).toThrow(problem)
  })

  it.each([
    ['a list', [['docs:Classification', 'secret']]],
    ['a Map', new Map([['docs:Classification', 'secret']])],
    ['text', 'docs:Classification=secret'],
    ['null', null],
  ])('refuses %s, which shows no keys', (_title, entries) => {
    expect(() => ownEntries(create, entries as never)).toThrow(
      'invalid request: `context`: must be a plain object of condition keys',
    )
  })

  it('takes an object without a prototype', () => {
    const entries = Object.assign(Object.create(null), { 'docs:Classification': 'public' })
    expect(ownEntries(create, entries)).toBe(entries)
  })
})
