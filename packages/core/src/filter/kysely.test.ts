import {
  DummyDriver,
  type ExpressionBuilder,
  type ExpressionWrapper,
  expressionBuilder,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type SqlBool,
  sql,
} from 'kysely'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { FilterCondition, ResourceFilter } from './filter-condition.js'
import { type KyselyMapping, kyselyWhere } from './kysely.js'

interface Tables {
  readonly documents: {
    readonly id: string
    readonly folder_id: string
    readonly pages: number | null
  }
}

/** Compiles for PostgreSQL and runs nothing; `packages/core/test/filter` runs it. */
const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (one) => new PostgresIntrospector(one),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const mapping: KyselyMapping = {
  params: { folderId: 'folder_id', documentId: { column: 'documents.id', isBmp: true } },
  tag: (key) => (key === 'team' ? 'tag_team' : sql`tags ->> ${key}`),
  keys: {
    'docs:Pages': { column: 'pages', type: 'integer' },
    'docs:Created': { column: 'created', type: 'timestamptz' },
    'docs:Public': { column: 'is_public', type: 'boolean' },
  },
}

function write(filter: ResourceFilter, by = mapping) {
  const { sql: text, parameters } = db
    .selectFrom('documents')
    .select('id')
    .where((eb) => kyselyWhere(eb, filter, by))
    .compile()
  return [text.replace('select "id" from "documents" where ', ''), ...parameters]
}
const where = (condition: FilterCondition) => write({ kind: 'where', condition })

const folder = { param: 'folderId' }
const team = { tag: 'team' }
const pages = { key: 'docs:Pages' }

describe('kyselyWhere', () => {
  it('writes all and none', () => {
    expect(write({ kind: 'all' })).toEqual(['1 = 1'])
    expect(write({ kind: 'none' })).toEqual(['1 = 0'])
  })

  it.each<[string, FilterCondition, readonly unknown[]]>([
    ['one value', { field: folder, is: 'in', values: ['f1'] }, ['"folder_id" = $1', 'f1']],
    [
      'a list',
      { field: folder, is: 'not-in', values: ['a', 'b'] },
      ['"folder_id" not in ($1, $2)', 'a', 'b'],
    ],
    [
      'a tag, which may be null',
      { field: team, is: 'in', values: [''] },
      ['("tag_team" is not null and "tag_team" = $1)', ''],
    ],
    ['absence', { field: team, is: 'absent' }, ['"tag_team" is null']],
    [
      'an expression',
      { field: { tag: 'class' }, is: 'present' },
      ['tags ->> $1 is not null', 'class'],
    ],
    [
      'a pattern',
      { field: folder, is: 'like', pattern: ['a%_\\', 1, 'z'] },
      ['"folder_id" like $1', 'a\\%\\_\\\\%z'],
    ],
    [
      'one character',
      { field: { param: 'documentId' }, is: 'not-like', pattern: ['d', 2] },
      ['"documents"."id" not like $1', 'd_'],
    ],
    [
      'one or more characters',
      { field: folder, is: 'like', pattern: ['d', 2, 1] },
      ['"folder_id" like $1', 'd_%'],
    ],
    [
      'two columns',
      { field: team, is: 'not-same', other: { tag: 'class' } },
      [
        '("tag_team" is not null and tags ->> $1 is not null and "tag_team" != tags ->> $2)',
        'class',
        'class',
      ],
    ],
    [
      'a number',
      { field: pages, is: '<', type: 'number', value: '9.5' },
      ['("pages" is not null and "pages" < $1)', 10],
    ],
    [
      'a number that no column holds',
      { field: pages, is: '=', type: 'number', value: '9.5' },
      ['("pages" is not null and 1 = 0)'],
    ],
    [
      'an instant',
      {
        field: { key: 'docs:Created', required: true },
        is: '=',
        type: 'date',
        value: '2024-01-01T00:00:00Z',
      },
      [
        '("created" >= $1 and "created" < $2)',
        '2024-01-01T00:00:00.000Z',
        '2024-01-01T00:00:00.001Z',
      ],
    ],
    [
      'a boolean',
      { field: { key: 'docs:Public' }, is: 'false' },
      ['("is_public" is not null and "is_public" = $1)', false],
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
      ['("tag_team" is null or ("tag_team" is not null and "folder_id" = $1))', 'f1'],
    ],
  ])('writes %s', (_, condition, wanted) => {
    expect(where(condition)).toEqual(wanted)
  })

  it.each<[string, FilterCondition]>([
    [
      'no column for the placeholder `toString`',
      { field: { param: 'toString' }, is: 'in', values: ['x'] },
    ],
    ['no column for the key `docs:None`', { field: { key: 'docs:None' }, is: 'absent' }],
    [
      'the key `docs:Pages` is in a column of type integer',
      { field: pages, is: 'in', values: ['1'] },
    ],
    ['the tag `team` is in a column of type text', { field: team, is: 'true' }],
    [
      '`?` on the placeholder `folderId` counts UTF-16 code units',
      { field: folder, is: 'like', pattern: ['d', 2] },
    ],
    [
      '`?` on the placeholder `folderId` counts UTF-16 code units',
      { field: folder, is: 'like', pattern: ['d', 2, 2, 1] },
    ],
  ])('refuses what it cannot say: %s', (problem, condition) => {
    expect(() => where(condition)).toThrow(`cannot translate the filter: ${problem}`)
  })

  it('refuses a tag where there is no column for tags', () => {
    const condition: FilterCondition = { field: team, is: 'absent' }
    expect(() => write({ kind: 'where', condition }, { params: {} })).toThrow(
      'no column for the tag `team`',
    )
  })

  it('gives what the builder gives', () => {
    const eb: ExpressionBuilder<Tables, 'documents'> = expressionBuilder<Tables, 'documents'>()
    expectTypeOf(kyselyWhere(eb, { kind: 'all' }, mapping)).toEqualTypeOf<
      ExpressionWrapper<Tables, 'documents', SqlBool>
    >()
  })
})
