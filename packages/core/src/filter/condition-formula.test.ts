import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.js'
import { parsePolicy } from '../policy/parse.js'
import { createFilter } from './create-filter.js'
import type { FilterQuery } from './filter-query.js'

const query: FilterQuery = {
  principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ada' },
  action: 'docs:GetDocument',
  resource: 'arn:aws:docs::acme:document/{documentId}',
  resourceAccount: 'acme',
  resourceKeys: {
    'docs:Pages': 'Numeric',
    'docs:Public': 'Bool',
    'docs:Created': 'Date',
    'docs:Parent': 'ARN',
    'docs:Stage': { type: 'String', required: true },
  },
  context: {
    'aws:PrincipalTag/team': 'eng',
    'aws:PrincipalTag/star': '*',
    'aws:TagKeys': ['a', 'b'],
  },
}

interface Case {
  readonly operator: string
  readonly key: string
  readonly wanted: string | readonly string[]
  readonly condition: unknown
}

function conditionOf({ operator, key, wanted }: Case): unknown {
  const statement = {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: { [operator]: { [key]: wanted } },
  }
  const policy = parsePolicy({ Version: '2012-10-17', Statement: statement }, { lenient: true })
  const filter = createFilter({ identity: [compile(policy)] }, query)
  return filter.kind === 'where' ? filter.condition : filter.kind
}

const team = { tag: 'team' }

describe('conditionFormula', () => {
  it.each<Case>([
    {
      operator: 'StringEquals',
      key: 'aws:ResourceTag/Team',
      wanted: ['eng', 'ops'],
      condition: { field: team, is: 'in', values: ['eng', 'ops'] },
    },
    {
      operator: 'StringEquals',
      key: 'aws:ResourceTag/team',
      wanted: '${aws:PrincipalTag/team}',
      condition: { field: team, is: 'in', values: ['eng'] },
    },
    {
      operator: 'StringEquals',
      key: 'aws:ResourceTag/team',
      wanted: '${aws:PrincipalTag/none}',
      condition: 'none',
    },
    {
      operator: 'StringLike',
      key: 'aws:ResourceTag/team',
      wanted: 'e%_*',
      condition: { field: team, is: 'like', pattern: ['e%_', 1] },
    },
    {
      operator: 'StringLike',
      key: 'aws:ResourceTag/team',
      wanted: '*',
      condition: { field: team, is: 'present' },
    },
    {
      operator: 'StringLike',
      key: 'aws:ResourceTag/team',
      wanted: '${aws:PrincipalTag/star}',
      condition: { field: team, is: 'in', values: ['*'] },
    },
    {
      operator: 'StringNotEquals',
      key: 'aws:ResourceTag/team',
      wanted: 'eng',
      condition: {
        or: [
          { field: team, is: 'absent' },
          { field: team, is: 'not-in', values: ['eng'] },
        ],
      },
    },
    {
      operator: 'StringNotEquals',
      key: 'docs:Stage',
      wanted: 'draft',
      condition: { field: { key: 'docs:Stage', required: true }, is: 'not-in', values: ['draft'] },
    },
    {
      operator: 'StringEqualsIfExists',
      key: 'aws:ResourceTag/team',
      wanted: 'eng',
      condition: {
        or: [
          { field: team, is: 'absent' },
          { field: team, is: 'in', values: ['eng'] },
        ],
      },
    },
    {
      operator: 'StringEqualsIgnoreCase',
      key: 'aws:ResourceTag/team',
      wanted: 'Ok',
      condition: {
        field: team,
        is: 'in',
        values: ['OK', 'Ok', 'O\u212a', 'oK', 'ok', 'o\u212a'].sort(),
      },
    },
    {
      operator: 'ForAllValues:StringEquals',
      key: 'aws:ResourceTag/team',
      wanted: 'eng',
      condition: {
        or: [
          { field: team, is: 'absent' },
          { field: team, is: 'in', values: ['', 'eng'] },
        ],
      },
    },
    {
      operator: 'ForAnyValue:StringNotEquals',
      key: 'aws:ResourceTag/team',
      wanted: 'eng',
      condition: { field: team, is: 'not-in', values: ['', 'eng'] },
    },
    {
      operator: 'Null',
      key: 'aws:ResourceTag/team',
      wanted: 'true',
      condition: {
        or: [
          { field: team, is: 'absent' },
          { field: team, is: 'in', values: [''] },
        ],
      },
    },
    {
      operator: 'Null',
      key: 'aws:ResourceTag/team',
      wanted: 'false',
      condition: { field: team, is: 'not-in', values: [''] },
    },
    {
      operator: 'Null',
      key: 'docs:Pages',
      wanted: 'false',
      condition: { field: { key: 'docs:Pages' }, is: 'present' },
    },
    {
      operator: 'NumericLessThan',
      key: 'docs:Pages',
      wanted: '1e2',
      condition: { field: { key: 'docs:Pages' }, is: '<', type: 'number', value: '100' },
    },
    {
      operator: 'NumericNotEquals',
      key: 'docs:Pages',
      wanted: '0.50',
      condition: {
        or: [
          { field: { key: 'docs:Pages' }, is: 'absent' },
          { field: { key: 'docs:Pages' }, is: '!=', type: 'number', value: '0.5' },
        ],
      },
    },
    { operator: 'NumericEquals', key: 'docs:Pages', wanted: 'ten', condition: 'none' },
    {
      operator: 'DateGreaterThanEquals',
      key: 'docs:Created',
      wanted: '1704067200',
      condition: {
        field: { key: 'docs:Created' },
        is: '>=',
        type: 'date',
        value: '2024-01-01T00:00:00Z',
      },
    },
    {
      operator: 'Bool',
      key: 'docs:Public',
      wanted: 'TRUE',
      condition: { field: { key: 'docs:Public' }, is: 'true' },
    },
    {
      operator: 'Bool',
      key: 'docs:Public',
      wanted: ['true', 'false'],
      condition: { field: { key: 'docs:Public' }, is: 'present' },
    },
    {
      operator: 'BoolIfExists',
      key: 'docs:Public',
      wanted: 'false',
      condition: {
        or: [
          { field: { key: 'docs:Public' }, is: 'absent' },
          { field: { key: 'docs:Public' }, is: 'false' },
        ],
      },
    },
    {
      operator: 'StringEquals',
      key: 'docs:Public',
      wanted: 'true',
      condition: { field: { key: 'docs:Public' }, is: 'true' },
    },
    { operator: 'Bool', key: 'docs:Pages', wanted: 'true', condition: 'none' },
    {
      operator: 'ArnLike',
      key: 'docs:Parent',
      wanted: 'arn:aws:docs::acme:folder/*',
      condition: {
        field: { key: 'docs:Parent' },
        is: 'like',
        pattern: ['arn:aws:docs::acme:folder/', 1],
      },
    },
    { operator: 'ArnEquals', key: 'docs:Parent', wanted: 'arn:aws:docs:*', condition: 'none' },
    {
      operator: 'StringEquals',
      key: 'aws:ResourceTag/team',
      wanted: '${aws:ResourceTag/owner}',
      condition: {
        and: [
          { field: team, is: 'same', other: { tag: 'owner' } },
          { field: { tag: 'owner' }, is: 'not-in', values: [''] },
        ],
      },
    },
    {
      operator: 'StringEquals',
      key: 'aws:PrincipalTag/team',
      wanted: '${aws:ResourceTag/team}',
      condition: { field: team, is: 'in', values: ['eng'] },
    },
    {
      operator: 'StringEquals',
      key: 'aws:TagKeys',
      wanted: '${aws:ResourceTag/team}',
      condition: 'none',
    },
    {
      operator: 'StringNotEquals',
      key: 'aws:PrincipalTag/team',
      wanted: ['ops', "${aws:ResourceTag/team, 'eng'}"],
      condition: { field: team, is: 'not-in', values: ['', 'eng'] },
    },
  ])('reads $operator on $key: $wanted', (one) => {
    expect(conditionOf(one)).toEqual(one.condition)
  })
})
