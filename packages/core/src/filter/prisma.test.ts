import { describe, expect, it } from 'vitest'
import type { FilterCondition } from './filter-condition.js'
import { type PrismaMapping, prismaWhere } from './prisma.js'

const mapping: PrismaMapping = {
  params: { folderId: 'folderId', documentId: { column: 'id', isBmp: true } },
  tag: (key) => `tag_${key}`,
  keys: { 'docs:Pages': { column: 'pages', type: 'integer' } },
}
const where = (condition: FilterCondition, by = mapping) =>
  prismaWhere({ kind: 'where', condition }, by)

const folder = { param: 'folderId' }
const document = { param: 'documentId' }
const team = { tag: 'team' }

describe('prismaWhere', () => {
  it('writes all and none', () => {
    expect(prismaWhere({ kind: 'all' }, mapping)).toEqual({ AND: [] })
    expect(prismaWhere({ kind: 'none' }, mapping)).toEqual({ OR: [] })
  })

  it.each<[string, FilterCondition, unknown]>([
    ['a list', { field: folder, is: 'in', values: ['f1'] }, { folderId: { in: ['f1'] } }],
    ['absence', { field: team, is: 'absent' }, { tag_team: { equals: null } }],
    [
      'a tag, which may be null',
      { field: team, is: 'not-in', values: ['eng'] },
      { AND: [{ tag_team: { not: null } }, { tag_team: { notIn: ['eng'] } }] },
    ],
    [
      'a beginning',
      { field: folder, is: 'like', pattern: ['a_%\\', 1] },
      { folderId: { startsWith: 'a\\_\\%\\\\' } },
    ],
    ['an end', { field: folder, is: 'like', pattern: [1, 'z'] }, { folderId: { endsWith: 'z' } }],
    [
      'an inside',
      { field: folder, is: 'like', pattern: [1, 'm', 1, 'n', 1] },
      { folderId: { contains: 'm%n' } },
    ],
    [
      'both ends',
      { field: folder, is: 'not-like', pattern: ['ab', 1, 'ba'] },
      { NOT: { AND: [{ folderId: { startsWith: 'ab' } }, { folderId: { endsWith: 'ab%ba' } }] } },
    ],
    [
      'one character',
      { field: document, is: 'like', pattern: ['d', 2, 1] },
      { id: { startsWith: 'd_' } },
    ],
    [
      'a number',
      { field: { key: 'docs:Pages', required: true }, is: '!=', type: 'number', value: '10' },
      { pages: { not: 10 } },
    ],
    [
      'and in or',
      {
        or: [
          { field: team, is: 'absent' },
          {
            and: [
              { field: team, is: 'present' },
              { field: folder, is: 'in', values: ['f1'] },
            ],
          },
        ],
      },
      {
        OR: [
          { tag_team: { equals: null } },
          { AND: [{ tag_team: { not: null } }, { folderId: { in: ['f1'] } }] },
        ],
      },
    ],
  ])('writes %s', (_, condition, wanted) => {
    expect(where(condition)).toEqual(wanted)
  })

  it('compares two columns by the reference that the app gives', () => {
    const condition: FilterCondition = { field: team, is: 'same', other: { tag: 'owner' } }
    expect(() => where(condition)).toThrow(
      'Prisma compares `tag_owner` by its reference in `fields`',
    )
    const reference = { name: 'tag_owner' }
    expect(where(condition, { ...mapping, fields: { tag_owner: reference } })).toEqual({
      AND: [
        { tag_team: { not: null } },
        { tag_owner: { not: null } },
        { tag_team: { equals: reference } },
      ],
    })
  })

  it('has no words for single characters alone', () => {
    expect(() => where({ field: document, is: 'like', pattern: ['d', 2] })).toThrow(
      'cannot translate the filter: Prisma has no words for `?` without `*`',
    )
  })
})
