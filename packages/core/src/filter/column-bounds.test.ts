import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bound, boundsOf, type OrderedType } from './column-bounds.js'
import type { FilterComparison } from './filter-condition.js'

const OPERATORS: readonly FilterComparison['is'][] = ['<', '<=', '=', '!=', '>=', '>']
const test = (is: FilterComparison['is'], value: string, type: 'number' | 'date' = 'number') =>
  ({ field: { key: 'docs:Pages' }, is, type, value }) as const

describe('boundsOf', () => {
  it.each<[string, OrderedType, unknown]>([
    ['< 10', 'integer', { by: 'and', bounds: [{ is: '<', value: 10 }] }],
    ['<= 10', 'integer', { by: 'and', bounds: [{ is: '<', value: 11 }] }],
    ['< 9.5', 'integer', { by: 'and', bounds: [{ is: '<', value: 10 }] }],
    ['> -0.5', 'integer', { by: 'and', bounds: [{ is: '>=', value: 0 }] }],
    ['= 10', 'integer', { by: 'and', bounds: [{ is: '=', value: 10 }] }],
    ['= 9.5', 'integer', { by: 'or', bounds: [] }],
    ['!= 9.5', 'integer', { by: 'and', bounds: [] }],
    ['!= 10', 'bigint', { by: 'or', bounds: [{ is: '!=', value: 10n }] }],
    ['< 2147483648', 'integer', { by: 'and', bounds: [] }],
    ['> 2147483647', 'integer', { by: 'or', bounds: [] }],
    ['>= -2147483648', 'integer', { by: 'and', bounds: [] }],
    ['= 2147483648', 'integer', { by: 'or', bounds: [] }],
    [
      '>= 9007199254740993',
      'bigint',
      { by: 'and', bounds: [{ is: '>=', value: 9007199254740993n }] },
    ],
    ['<= 9223372036854775807', 'bigint', { by: 'and', bounds: [] }],
    ['>= 0.10', 'numeric', { by: 'and', bounds: [{ is: '>=', value: '0.10' }] }],
  ])('writes `%s` for a column of type %s', (asked, type, wanted) => {
    const [is, value = ''] = asked.split(' ')
    expect(boundsOf(test(is as FilterComparison['is'], value), type)).toEqual(wanted)
  })

  it.each<[FilterComparison['is'], string, unknown]>([
    [
      '<',
      '2024-01-01T00:00:00Z',
      { by: 'and', bounds: [{ is: '<', value: '2024-01-01T00:00:00.000Z' }] },
    ],
    [
      '<=',
      '2024-01-01T00:00:00Z',
      { by: 'and', bounds: [{ is: '<', value: '2024-01-01T00:00:00.001Z' }] },
    ],
    [
      '<',
      '2024-01-01T00:00:00.0005Z',
      { by: 'and', bounds: [{ is: '<', value: '2024-01-01T00:00:00.001Z' }] },
    ],
    [
      '=',
      '1969-12-31T23:59:59.999Z',
      {
        by: 'and',
        bounds: [
          { is: '>=', value: '1969-12-31T23:59:59.999Z' },
          { is: '<', value: '1970-01-01T00:00:00.000Z' },
        ],
      },
    ],
    [
      '!=',
      '2024-01-01T00:00:00Z',
      {
        by: 'or',
        bounds: [
          { is: '<', value: '2024-01-01T00:00:00.000Z' },
          { is: '>=', value: '2024-01-01T00:00:00.001Z' },
        ],
      },
    ],
    ['=', '2024-01-01T00:00:00.0005Z', { by: 'or', bounds: [] }],
    ['>=', '0001-01-01T00:00:00Z', { by: 'and', bounds: [] }],
    ['>', '9999-12-31T23:59:59.9999Z', { by: 'or', bounds: [] }],
  ])('writes %s %s for an instant', (is, value, wanted) => {
    expect(boundsOf(test(is, value, 'date'), 'timestamptz')).toEqual(wanted)
  })

  it('holds of a whole number where the comparison does, for every pair', () => {
    const number = fc.oneof(
      fc.integer({ min: -30, max: 30 }),
      fc.constantFrom(2147483647, -2147483648),
    )
    const wanted = fc.tuple(number, fc.constantFrom('', '.5', '.25')).map((parts) => parts.join(''))
    const property = fc.property(number, wanted, (had, value) => {
      for (const is of OPERATORS) {
        const { by, bounds } = boundsOf(test(is, value), 'integer')
        const held = bounds.map((bound) => compares(had, bound.is, Number(bound.value)))
        const holds = by === 'and' ? held.every(Boolean) : held.some(Boolean)
        expect([is, holds]).toEqual([is, compares(had, is, Number(value))])
      }
    })
    fc.assert(property)
  })
})

function compares(had: number, is: Bound['is'], wanted: number): boolean {
  const order = Math.sign(had - wanted)
  return { '<': [-1], '<=': [-1, 0], '=': [0], '!=': [-1, 1], '>=': [0, 1], '>': [1] }[is].includes(
    order,
  )
}
