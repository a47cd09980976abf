import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Statement } from '../policy/policy.js'
import { createActionIndex } from './action-index.js'
import { matchesAction } from './action-pattern.js'

const statement = (index: number, actions: readonly string[], not = false): Statement => ({
  index,
  effect: 'Allow',
  conditions: [],
  ...(not ? { notActions: actions } : { actions }),
})

function found(statements: readonly Statement[], action: string): readonly number[] {
  const index = createActionIndex(statements.map((one) => [one, one.index]))
  return [...new Set(index.find(action).flat())].sort((a, b) => a - b)
}

describe('createActionIndex', () => {
  it('finds exact names, prefixes, inner stars, everything, and what is not excluded', () => {
    const statements = [
      statement(0, ['docs:GetDocument']),
      statement(1, ['DOCS:get*']),
      statement(2, ['docs:*Document']),
      statement(3, ['*']),
      statement(4, ['docs:GetDocument'], true),
      statement(5, ['docs:*']),
      statement(6, ['s3:*', 'docs:ListDocuments']),
      statement(7, []),
    ]
    expect(found(statements, 'docs:getdocument')).toEqual([0, 1, 2, 3, 5])
    expect(found(statements, 'docs:listdocuments')).toEqual([3, 4, 5, 6])
    expect(found(statements, 's3:getobject')).toEqual([3, 4, 6])
  })

  it('finds what asking each statement finds, for every list of patterns and every action', () => {
    const pattern = fc.stringMatching(/^([ab]:)?[abAB*?]{1,4}$/)
    const action = fc.stringMatching(/^[ab]:[ab]{1,4}$/)
    const lists = fc.array(fc.tuple(fc.array(pattern, { maxLength: 3 }), fc.boolean()), {
      maxLength: 8,
    })
    const property = fc.property(lists, action, (entries, name) => {
      const statements = entries.map(([actions, not], index) => statement(index, actions, not))
      const alone = statements.filter((one) => matchesAction(one, name)).map(({ index }) => index)
      expect(found(statements, name)).toEqual(alone)
    })
    fc.assert(property)
  })
})
