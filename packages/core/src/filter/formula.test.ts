import { describe, expect, it } from 'vitest'
import { UntranslatableError } from '../errors.js'
import type { FilterTest } from './filter-condition.js'
import { allOf, anyOf, type Formula, negate, obstacleIn, oneOf } from './formula.js'

const team = { tag: 'team' }
const stage = { tag: 'stage' }
const folder = { param: 'folderId' }
const absent: FilterTest = { field: team, is: 'absent' }
const present: FilterTest = { field: team, is: 'present' }
const isIn = (...values: readonly string[]) => oneOf(team, 'in', values)
const notIn = (...values: readonly string[]) => oneOf(team, 'not-in', values)
const draft: FilterTest = { field: stage, is: 'in', values: ['draft'] }
const odd: Formula = { obstacle: new UntranslatableError('odd') }

describe('allOf', () => {
  it.each<[string, readonly Formula[], Formula]>([
    ['nothing', [], true],
    ['a constant', [isIn('a'), false], false],
    ['the same twice', [draft, draft], draft],
    ['two lists', [isIn('a', 'b'), isIn('b', 'c')], isIn('b')],
    ['lists with nothing in common', [isIn('a'), isIn('b')], false],
    ['a list without its exclusions', [isIn('a', 'b'), notIn('b')], isIn('a')],
    ['two exclusions', [notIn('a'), notIn('b')], notIn('a', 'b')],
    ['absence and a value', [absent, isIn('a')], false],
    ['presence and a value', [present, isIn('a')], isIn('a')],
    ['absence and presence', [absent, present], false],
    ['a part that another one implies', [draft, anyOf([draft, isIn('a')])], draft],
    ['a value and its absence', [isIn('a', 'b'), anyOf([absent, notIn('b')])], isIn('a')],
    ['an obstacle that no longer matters', [false, odd], false],
  ])('joins %s', (_, parts, wanted) => {
    expect(allOf(parts)).toEqual(wanted)
  })
})

describe('anyOf', () => {
  it.each<[string, readonly Formula[], Formula]>([
    ['nothing', [], false],
    ['a constant', [isIn('a'), true], true],
    ['two lists', [isIn('a', 'b'), isIn('b', 'c')], isIn('a', 'b', 'c')],
    ['two exclusions', [notIn('a', 'b'), notIn('b', 'c')], notIn('b')],
    ['exclusions with nothing in common', [notIn('a'), notIn('b')], present],
    ['a list and its exclusion', [isIn('a'), notIn('a')], present],
    ['a list, its exclusion and absence', [isIn('a'), notIn('a'), absent], true],
    ['absence and presence', [absent, present], true],
    ['presence and a value', [present, isIn('a')], present],
    ['a part that implies another one', [draft, allOf([draft, isIn('a')])], draft],
    ['an obstacle that no longer matters', [true, odd], true],
    [
      'a list of a field that is never absent',
      [oneOf(folder, 'in', ['a']), oneOf(folder, 'not-in', ['a'])],
      true,
    ],
  ])('joins %s', (_, parts, wanted) => {
    expect(anyOf(parts)).toEqual(wanted)
  })
})

describe('negate', () => {
  it.each<[string, Formula, Formula]>([
    ['a constant', true, false],
    ['a list: none of it, or nothing at all', isIn('a'), anyOf([absent, notIn('a')])],
    [
      'a list of a field that is never absent',
      oneOf(folder, 'in', ['a']),
      oneOf(folder, 'not-in', ['a']),
    ],
    ['absence', absent, present],
    ['presence', present, absent],
    [
      'an order',
      { field: folder, is: '<', type: 'number', value: '1' },
      { field: folder, is: '>=', type: 'number', value: '1' },
    ],
    ['all of two', allOf([present, draft]), anyOf([absent, negate(draft)])],
  ])('turns %s', (_, formula, wanted) => {
    expect(negate(formula)).toEqual(wanted)
  })

  it('turns two fields, of which either may be absent', () => {
    expect(negate({ field: team, is: 'same', other: stage })).toEqual({
      or: [absent, { field: team, is: 'not-same', other: stage }, { field: stage, is: 'absent' }],
    })
  })
})

describe('obstacleIn', () => {
  it('finds one, however deep', () => {
    expect(obstacleIn(allOf([draft, anyOf([present, negate(odd)])]))?.obstacle).toBe('odd')
    expect(obstacleIn(allOf([draft, anyOf([present, absent])]))).toBeUndefined()
  })
})
