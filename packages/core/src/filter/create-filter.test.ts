import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.js'
import type { PolicySet } from '../compile/policy-set.js'
import { createPolicyStore } from '../compile/policy-store.js'
import { createPolicySet } from '../compile/prepared-set.js'
import type { StatementDocument } from '../policy/document.js'
import { parsePolicy } from '../policy/parse.js'
import { principalEntries } from '../request/principal-keys.js'
import { createFilter } from './create-filter.js'
import type { FilterQuery } from './filter-query.js'

const ada = { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ada' } as const
const query: FilterQuery = {
  principal: ada,
  action: 'docs:GetDocument',
  resource: 'arn:aws:docs::acme:folder/{folderId}/document/{documentId}',
  resourceAccount: 'acme',
  resourceKeys: {
    'docs:Pages': 'Numeric',
    'docs:Public': 'Bool',
    'docs:Created': 'Date',
    'docs:Parent': 'ARN',
    'docs:Hash': 'Binary',
    'docs:Labels': { type: 'String', multivalued: true },
    'docs:Stage': { type: 'String', required: true },
  },
  context: principalEntries(ada, { tags: { team: 'eng', star: '*' } }),
}

type Part = Partial<StatementDocument>
const allow = (part: Part = {}) => ({ Effect: 'Allow', Action: 'docs:*', Resource: '*', ...part })
const deny = (part: Part = {}) => ({ ...allow(part), Effect: 'Deny' })
const when = (operator: string, key: string, wanted: string | readonly string[]) => ({
  Condition: { [operator]: { [key]: wanted } },
})
const policy = (...Statement: readonly object[]) =>
  compile(parsePolicy({ Version: '2012-10-17', Statement }, { name: 'p.json', lenient: true }))

/** The condition for these identity statements; the kind alone where there is none. */
function conditionFor(...statements: readonly object[]): unknown {
  const filter = createFilter({ identity: [policy(...statements)] }, query)
  return filter.kind === 'where' ? filter.condition : filter.kind
}

const folder = { param: 'folderId' }
const document = { param: 'documentId' }
const team = { tag: 'team' }

describe('createFilter', () => {
  it('knows where everything or nothing is allowed', () => {
    expect(conditionFor(allow())).toBe('all')
    expect(conditionFor(allow({ Action: 'docs:PutDocument' }))).toBe('none')
    expect(conditionFor(allow(), deny())).toBe('none')
    expect(createFilter({}, query)).toEqual({ kind: 'none' })
  })

  it('takes the policies of a store', () => {
    const store = createPolicyStore()
    const stored = store.add({
      Version: '2012-10-17',
      Statement: allow({ Resource: 'arn:aws:docs::acme:folder/f1/*' }),
    })
    const filter = {
      kind: 'where',
      condition: { field: folder, is: 'in', values: ['f1'] },
    }
    expect(createFilter({ identity: [stored] }, query)).toEqual(filter)
    expect(createFilter(store.createSet({ identity: [stored] }), query)).toEqual(filter)
  })

  it('refuses policies that stand among those of another type, as `evaluate` denies them', () => {
    const open = { ...allow(), Principal: '*' }
    const named = compile(parsePolicy({ Statement: open }, { type: 'resource' }))
    expect(() => createFilter({ identity: [named] }, query)).toThrow(
      'a policy of type resource stands among those of type identity',
    )
  })

  it('decides what is known beforehand', () => {
    expect(conditionFor(allow(when('StringEquals', 'aws:PrincipalTag/team', 'eng')))).toBe('all')
    expect(conditionFor(allow(when('StringEquals', 'aws:PrincipalTag/team', 'ops')))).toBe('none')
    expect(conditionFor(allow(), deny(when('StringNotEquals', 'docs:Sent', 'x')))).toBe('none')
  })

  it.each<[string, unknown]>([
    ['arn:aws:docs::acme:folder/f1/*', { field: folder, is: 'in', values: ['f1'] }],
    ['arn:aws:docs::acme:folder/*', 'all'],
    ['arn:aws:docs:*', 'all'],
    ['arn:aws:s3:*', 'none'],
    ['arn:aws:docs::other:folder/*', 'none'],
    ['arn:aws:docs::acme:folder/f1', 'none'],
    ['arn:aws:docs::acme:folder/*/document/?*', 'all'],
    [
      'arn:aws:docs::acme:folder/${aws:PrincipalTag/team}/*',
      { field: folder, is: 'in', values: ['eng'] },
    ],
    ['arn:aws:docs::acme:folder/${aws:PrincipalTag/none}/*', 'none'],
    ['arn:aws:docs::acme:folder/${aws:PrincipalTag/star}/*', 'none'], // no part of an ARN
    ['arn:aws:docs::acme:folder/*/document/d*', { field: document, is: 'like', pattern: ['d', 1] }],
    [
      'arn:aws:docs::acme:*/document/d*', // also covers a folder of that name
      {
        or: [
          { field: folder, is: 'in', values: ['document'] },
          { field: document, is: 'like', pattern: ['d', 1] },
        ],
      },
    ],
    [
      'arn:aws:docs::acme:folder/a*z',
      {
        and: [
          { field: folder, is: 'like', pattern: ['a', 1] },
          { field: document, is: 'like', pattern: [1, 'z'] },
        ],
      },
    ],
    [
      'arn:aws:docs::acme:folder/f1/document/d?',
      {
        and: [
          { field: folder, is: 'in', values: ['f1'] },
          { field: document, is: 'like', pattern: ['d', 2] },
        ],
      },
    ],
  ])('reads Resource `%s`', (Resource, wanted) => {
    expect(conditionFor(allow({ Resource }))).toEqual(wanted)
  })

  it('takes an explicit deny away', () => {
    const secret = deny(when('StringEquals', 'aws:ResourceTag/class', 'secret'))
    expect(conditionFor(allow({ Resource: 'arn:aws:docs::acme:folder/f1/*' }), secret)).toEqual({
      and: [
        { field: folder, is: 'in', values: ['f1'] },
        {
          or: [
            { field: { tag: 'class' }, is: 'absent' },
            { field: { tag: 'class' }, is: 'not-in', values: ['secret'] },
          ],
        },
      ],
    })
  })

  it('sums up what several statements say of one field', () => {
    const teams = ['eng', 'ops', 'hr'].map((one) =>
      allow(when('StringEquals', 'aws:ResourceTag/team', one)),
    )
    expect(
      conditionFor(...teams, deny(when('StringEquals', 'aws:ResourceTag/team', 'hr'))),
    ).toEqual({
      field: team,
      is: 'in',
      values: ['eng', 'ops'],
    })
  })

  it.each<[string, Part]>([
    [
      'a variable of the resource in its own ARN',
      { Resource: 'arn:aws:docs::acme:folder/${aws:ResourceTag/team}/*' },
    ],
    [
      'a variable of the resource inside a longer value',
      when('StringEquals', 'docs:Stage', '${aws:ResourceTag/team}-x'),
    ],
    [
      '`NumericEquals` on `aws:ResourceTag/level`, a tag',
      when('NumericEquals', 'aws:ResourceTag/level', '5'),
    ],
    ['`StringLike` on `docs:Pages`, a key of type Numeric', when('StringLike', 'docs:Pages', '1*')],
    [
      '`BinaryEquals` on `docs:Hash`, a key of type Binary',
      when('BinaryEquals', 'docs:Hash', 'QQ=='),
    ],
    ['`docs:Labels`, a key with many values', when('ForAnyValue:StringEquals', 'docs:Labels', 'x')],
    [
      'a wildcard before the fifth colon of an ARN',
      when('ArnLike', 'docs:Parent', 'arn:aws:docs:*:acme:folder/f1'),
    ],
    [
      'a text of too many spellings, or with letters beyond ASCII',
      when('StringEqualsIgnoreCase', 'docs:Stage', 'unclassified'),
    ],
    [
      'a text of too many spellings, or with letters beyond ASCII',
      when('StringEqualsIgnoreCase', 'docs:Stage', 'é'),
    ],
    ['`1e400`, which is beyond what columns hold', when('NumericLessThan', 'docs:Pages', '1e400')],
    [
      '`1704067200000`, which is beyond what columns hold',
      when('DateLessThan', 'docs:Created', '1704067200000'),
    ],
    [
      'a resource with more than 6 wildcards',
      { Resource: 'arn:aws:docs::acme:folder/a*a*a*a*a*a*a*a*a*' },
    ],
  ])('names the statement that it cannot translate: %s', (obstacle, part) => {
    const make = () => conditionFor(allow({ Action: 'docs:Put*' }), allow({ Sid: 'Odd', ...part }))
    expect(make).toThrow(
      expect.objectContaining({
        name: 'UntranslatableError',
        code: 'ERR_FILTER_UNTRANSLATABLE',
        message: `cannot translate \`Odd\` of the identity policy \`p.json\`: ${obstacle}`,
        obstacle,
        statement: { policyType: 'identity', policy: 'p.json', statement: 1, sid: 'Odd' },
      }),
    )
  })

  it('asks nothing of a statement that cannot matter', () => {
    const odd = when('NumericEquals', 'aws:ResourceTag/level', '5')
    expect(conditionFor(allow(), allow(odd))).toBe('all')
    expect(conditionFor(allow({ ...odd, Resource: 'arn:aws:s3:*' }))).toBe('none')
    expect(conditionFor(deny(odd))).toBe('none')
  })

  it('leaves no key of the resource to be known beforehand', () => {
    const known = { ...query, context: { 'AWS:resourceTag/team': 'eng' } }
    expect(() => createFilter({}, known)).toThrow(
      'invalid request: `aws:resourcetag/team`: belongs to the resource, and cannot be known',
    )
  })

  it('takes tags for absent where the resource type has none', () => {
    const policies = { identity: [policy(allow(when('Null', 'aws:ResourceTag/team', 'true')))] }
    expect(createFilter(policies, { ...query, resourceTags: false })).toEqual({ kind: 'all' })
  })

  it.each([
    [
      'a placeholder beside other text',
      'arn:aws:docs::acme:folder/f{folderId}',
      '`resource`: a {placeholder} fills its part of the ARN',
    ],
    [
      'one name twice',
      'arn:aws:docs::acme:{a}/{a}',
      '`resource`: each placeholder has a name of its own',
    ],
    [
      'a placeholder for the account',
      'arn:aws:docs::{account}:folder/f1',
      '`resource`: a placeholder stands behind the account',
    ],
    [
      'what is no ARN',
      'folder/{folderId}',
      '`resource`: must be `*` or an ARN of at most 2048 characters',
    ],
  ])('refuses %s', (_, resource, problem) => {
    expect(() => createFilter({}, { ...query, resource })).toThrow(problem)
  })

  it('refuses a pattern for an action', () => {
    expect(() => createFilter({}, { ...query, action: 'docs:*' })).toThrow(
      '`action`: must be `service:Name`, without wildcards',
    )
  })
})

describe('createFilter, layer by layer', () => {
  const first = policy(allow({ Resource: 'arn:aws:docs::acme:folder/f1/*' }))
  const everything = policy(allow())
  const nothing = policy(allow({ Action: 'docs:Other' }))
  const isFirst = { kind: 'where', condition: { field: folder, is: 'in', values: ['f1'] } }
  const shared = (Principal: StatementDocument['Principal']) =>
    policy(allow({ Resource: 'arn:aws:docs::acme:folder/f1/*', Principal } as Part))

  it.each<[string, PolicySet, unknown]>([
    ['a boundary narrows', { identity: [everything], boundary: first }, isFirst],
    [
      'every level of SCPs narrows',
      { identity: [everything], scps: [[everything], [first, nothing]] },
      isFirst,
    ],
    [
      'an endpoint narrows',
      {
        identity: [everything],
        endpoint: policy(allow({ Principal: '*', Resource: 'arn:aws:docs::acme:folder/f1/*' })),
      },
      isFirst,
    ],
    [
      'an RCP denies',
      { identity: [first], rcps: [[policy(deny({ Principal: '*' }))]] },
      { kind: 'none' },
    ],
    ['a user has no session policies', { identity: [first], session: [nothing] }, isFirst],
    ['a resource policy grants by itself', { resource: shared({ AWS: ada.arn }) }, isFirst],
    ['the account alone is only trusted', { resource: shared({ AWS: 'acme' }) }, { kind: 'none' }],
    [
      'another caller is not meant',
      { resource: shared({ AWS: 'arn:aws:iam::acme:user/bob' }) },
      { kind: 'none' },
    ],
  ])('%s', (_, policies, wanted) => {
    expect(createFilter(createPolicySet(policies), query)).toEqual(wanted)
    expect(createFilter(policies, query)).toEqual(wanted)
  })

  it('asks both sides across accounts', () => {
    const foreign = { ...query, resourceAccount: 'other' }
    expect(createFilter({ identity: [everything] }, foreign)).toEqual({ kind: 'none' })
    expect(createFilter({ identity: [everything], resource: shared('*') }, foreign)).toEqual(
      isFirst,
    )
  })

  it('asks the resource policy where trust is explicit', () => {
    const explicit: FilterQuery = { ...query, resourceTrust: 'explicit' }
    expect(createFilter({ identity: [everything] }, explicit)).toEqual({ kind: 'none' })
    expect(
      createFilter({ identity: [everything], resource: shared({ AWS: 'acme' }) }, explicit),
    ).toEqual(isFirst)
  })
})
