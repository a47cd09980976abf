import { describe, expect, it } from 'vitest'
import type { FilterCondition } from './filter-condition.js'
import { type ResourceFacts, selectRows } from './select-rows.js'

const facts: ResourceFacts = {
  params: { folderId: 'f1' },
  tags: { Team: 'eng', owner: 'eng' },
  keys: { 'docs:Pages': 10, 'docs:Public': true, 'docs:Created': new Date('2024-01-01T00:00:00Z') },
}
const selects = (condition: FilterCondition, about = facts) =>
  selectRows({ kind: 'where', condition }, [about], (one) => one).length === 1

const team = { tag: 'team' }
const none = { tag: 'none' }
const pages = { key: 'docs:Pages' }
const created = { key: 'DOCS:Created' }

describe('selectRows', () => {
  it('gives all rows, or none', () => {
    const read = () => facts
    expect(selectRows({ kind: 'all' }, [1, 2], read)).toEqual([1, 2])
    expect(selectRows({ kind: 'none' }, [1, 2], read)).toEqual([])
  })

  it.each<[boolean, FilterCondition]>([
    [true, { field: team, is: 'present' }],
    [false, { field: none, is: 'present' }],
    [true, { field: none, is: 'absent' }],
    [true, { field: team, is: 'in', values: ['eng'] }],
    [false, { field: team, is: 'not-in', values: ['eng'] }],
    [false, { field: none, is: 'not-in', values: ['eng'] }],
    [true, { field: { param: 'folderId' }, is: 'like', pattern: ['f', 2] }],
    [true, { field: team, is: 'not-like', pattern: ['f', 1] }],
    [true, { field: team, is: 'same', other: { tag: 'owner' } }],
    [false, { field: team, is: 'not-same', other: none }],
    [true, { field: pages, is: '<', type: 'number', value: '10.5' }],
    [false, { field: pages, is: '!=', type: 'number', value: '10' }],
    [true, { field: pages, is: '>=', type: 'number', value: '10' }],
    [true, { field: created, is: '<=', type: 'date', value: '2024-01-01T00:00:00Z' }],
    [false, { field: created, is: '>', type: 'date', value: '2024-01-01T00:00:00Z' }],
    [true, { field: { key: 'docs:Public' }, is: 'true' }],
    [false, { field: { key: 'docs:Public' }, is: 'false' }],
    [true, { and: [] }],
    [false, { or: [] }],
    [true, { or: [{ field: none, is: 'present' }, { and: [{ field: team, is: 'present' }] }] }],
  ])('says %s: %j', (wanted, condition) => {
    expect(selects(condition)).toBe(wanted)
  })

  it('passes no test on a tag that stands there in two spellings', () => {
    const twice = { ...facts, tags: { team: 'eng', Team: 'eng' } }
    expect(selects({ field: team, is: 'in', values: ['eng'] }, twice)).toBe(false)
    expect(selects({ field: team, is: 'not-in', values: ['ops'] }, twice)).toBe(false)
    expect(selects({ field: team, is: 'absent' }, twice)).toBe(false)
  })

  it.each<[string, ResourceFacts]>([
    ['a part that no ARN can hold', { params: { folderId: 'f1/../f2' } }],
    ['a tag that cannot be', { params: {}, tags: JSON.parse('{ "__proto__": "x" }') }],
    ['a key in two spellings', { params: {}, keys: { 'docs:a': 1, 'DOCS:A': 1 } }],
  ])('leaves out a row with %s, though all are allowed', (_, about) => {
    expect(selectRows({ kind: 'all' }, [about], (one) => one)).toEqual([])
  })

  it('lets through what the app throws', () => {
    const fail = () => {
      throw new Error('mine')
    }
    expect(() => selectRows({ kind: 'all' }, [1], fail)).toThrow('mine')
  })
})
