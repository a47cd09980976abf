import { describe, expect, it } from 'vitest'
import { PolicyParseError } from '../errors.js'
import { type PolicyOptions, type PolicySourceText, parsePolicy } from './parse.js'
import type { Problem } from './problem.js'

const star = { Effect: 'Allow', Action: '*', Resource: '*' }

function problemsOf(source: PolicySourceText, options?: PolicyOptions): readonly Problem[] {
  try {
    parsePolicy(source, options)
    return []
  } catch (error) {
    if (error instanceof PolicyParseError) return error.problems
    throw error
  }
}

/** `pointer code` of each problem. */
function codesOf(source: PolicySourceText, options?: PolicyOptions): readonly string[] {
  return problemsOf(source, options).map(({ pointer, code }) => `${pointer} ${code}`)
}

function messagesOf(source: PolicySourceText): readonly string[] {
  return problemsOf(source).map(({ message }) => message)
}

describe('parsePolicy', () => {
  it('reads a whole policy, in whatever order its elements stand', () => {
    const text = `{
  "Statement": [{
    "Condition": { "StringEquals": { "aws:RequestTag/team": ["a", "b"] }, "Bool": { "aws:SecureTransport": true } },
    "Resource": "*", "Action": ["docs:Get*", "docs:Put"], "Sid": "One", "Effect": "Allow" }],
  "Version": "2012-10-17"
}`
    expect(parsePolicy(text, { name: 'editor.json', type: 'identity' })).toEqual({
      name: 'editor.json',
      type: 'identity',
      version: '2012-10-17',
      writtenVersion: '2012-10-17',
      statements: [
        {
          index: 0,
          sid: 'One',
          effect: 'Allow',
          actions: ['docs:Get*', 'docs:Put'],
          resources: ['*'],
          conditions: [
            {
              operator: {
                name: 'StringEquals',
                family: 'string',
                comparison: 'equals',
                isNegated: false,
                ifExists: false,
              },
              key: 'aws:RequestTag/team',
              values: ['a', 'b'],
            },
            {
              operator: {
                name: 'Bool',
                family: 'bool',
                comparison: 'equals',
                isNegated: false,
                ifExists: false,
              },
              key: 'aws:SecureTransport',
              values: ['true'],
            },
          ],
          span: {
            start: { line: 2, column: 17, offset: 18 },
            end: { line: 4, column: 92, offset: 228 },
          },
        },
      ],
    })
  })

  it('takes one value for a list of one, everywhere', () => {
    const single = parsePolicy({
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: '111122223333' },
        Action: 'docs:Get',
        Resource: '*',
        Condition: { StringLike: { 'aws:username': 'a*' } },
      },
    })
    const listed = parsePolicy({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: ['111122223333'] },
          Action: ['docs:Get'],
          Resource: ['*'],
          Condition: { StringLike: { 'aws:username': ['a*'] } },
        },
      ],
    })
    expect(single).toEqual(listed)
    expect(single.statements[0]?.actions).toEqual(['docs:Get'])
  })

  it('takes an absent Version for the old one, and says whether it was written', () => {
    expect(parsePolicy({ Statement: star })).toMatchObject({ version: '2008-10-17' })
    expect(parsePolicy({ Statement: star })).not.toHaveProperty('writtenVersion')
    expect(parsePolicy({ Version: '2008-10-17', Statement: star }).writtenVersion).toBe(
      '2008-10-17',
    )
    expect(parsePolicy({ Version: '2012-10-17', Statement: star }).version).toBe('2012-10-17')
  })

  it('keeps numbers and booleans of conditions as their JSON text', () => {
    const policy = parsePolicy(`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
      "Condition": {"NumericEquals": {"a:b": [10, 10.0, 1e3, 9007199254740993, "7"]}}}}`)
    expect(policy.statements[0]?.conditions[0]?.values).toEqual([
      '10',
      '10.0',
      '1e3',
      '9007199254740993',
      '7',
    ])
  })

  it('passes over `$schema` at the top, which editors read', () => {
    const $schema = './policy.schema.json'
    expect(parsePolicy({ $schema, Statement: star })).not.toHaveProperty('$schema')
    expect(codesOf({ Statement: { $schema, ...star } })).toEqual([
      '/Statement/$schema invalid-policy-element',
    ])
    expect(codesOf({ $schema: 5, Statement: star })).toEqual(['/$schema data-type-mismatch'])
  })

  it('freezes what it gives, to the last list', () => {
    const { statements } = parsePolicy({
      Statement: { ...star, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    })
    const conditions = statements[0]?.conditions
    const parts = [statements, statements[0], statements[0]?.actions, conditions, conditions?.[0]]
    expect(
      [...parts, conditions?.[0]?.values, conditions?.[0]?.operator].map(Object.isFrozen),
    ).toEqual([true, true, true, true, true, true, true])
  })

  it('does not see what happens to its source afterwards', () => {
    const actions = ['docs:Get']
    const policy = parsePolicy({ Statement: { Effect: 'Allow', Action: actions, Resource: '*' } })
    actions.push('*')
    expect(policy.statements[0]?.actions).toEqual(['docs:Get'])
  })
})

describe('the grammar of parsePolicy', () => {
  it.each([
    ['null', ' data-type-mismatch'],
    ['[]', ' data-type-mismatch'],
    ['"*"', ' data-type-mismatch'],
    ['{}', ' missing-statement'],
    ['{"Statement": []}', '/Statement missing-statement'],
    ['{"Statement": null}', '/Statement data-type-mismatch'],
    ['{"Statement": "Allow"}', '/Statement data-type-mismatch'],
    ['{"Statement": [[]]}', '/Statement/0 data-type-mismatch'],
    ['', ' json-syntax-error'],
    ['{"Statement": }', '/Statement json-syntax-error'],
  ])('refuses the document `%s`: %s', (text, code) => {
    expect(codesOf(text)).toEqual([code])
  })

  it('takes an `Id`, which says nothing, where foreign policies are read', () => {
    const source = { Version: '2012-10-17', Id: 'one', Statement: star }
    expect(() => parsePolicy(source, { type: 'identity' })).toThrow('invalid policy element `Id`')
    expect(parsePolicy(source, { type: 'identity', lenient: true }).id).toBe('one')
    const misspelt = { ...source, ID: 'one' }
    expect(() => parsePolicy(misspelt, { type: 'identity', lenient: true })).toThrow('`ID`')
  })

  it.each([
    ['Version', '2012-10-18', 'invalid-version'],
    ['Version', '2012-10-17 ', 'invalid-version'],
    ['Version', '', 'invalid-version'],
    ['Version', null, 'data-type-mismatch'],
    ['Version', 20121017, 'data-type-mismatch'],
    ['Version', ['2012-10-17'], 'data-type-mismatch'],
    ['Id', null, 'data-type-mismatch'],
    ['Id', 7, 'data-type-mismatch'],
  ])('refuses %s %j: %s', (element, value, code) => {
    expect(codesOf({ Statement: star, [element]: value })).toEqual([`/${element} ${code}`])
  })

  it.each([
    ['Sid', null, '/Sid data-type-mismatch'],
    ['Sid', 1, '/Sid data-type-mismatch'],
    ['Sid', 'a\u0000', '/Sid unsupported-sid'],
    ['Effect', null, '/Effect data-type-mismatch'],
    ['Effect', 'allow', '/Effect invalid-effect'],
    ['Effect', 'ALLOW', '/Effect invalid-effect'],
    ['Effect', 'Allow ', '/Effect invalid-effect'],
    ['Effect', ['Allow'], '/Effect data-type-mismatch'],
    ['Effect', true, '/Effect data-type-mismatch'],
    ['Principal', null, '/Principal data-type-mismatch'],
    ['Principal', ['*'], '/Principal data-type-mismatch'],
    ['Principal', 'everyone', '/Principal invalid-principal-format'],
    ['Principal', { AWS: null }, '/Principal/AWS data-type-mismatch'],
    ['Principal', { AWS: [null] }, '/Principal/AWS/0 data-type-mismatch'],
    ['Principal', { AWS: 111122223333 }, '/Principal/AWS data-type-mismatch'],
    ['Principal', { aws: '*' }, '/Principal/aws invalid-principal-key'],
    ['Principal', { Group: 'a' }, '/Principal/Group invalid-principal-key'],
    ['Action', null, '/Action data-type-mismatch'],
    ['Action', [['*']], '/Action/0 data-type-mismatch'],
    ['Action', { a: 1 }, '/Action data-type-mismatch'],
    ['Resource', null, '/Resource data-type-mismatch'],
    ['Resource', [1], '/Resource/0 data-type-mismatch'],
    ['Condition', null, '/Condition data-type-mismatch'],
    ['Condition', [], '/Condition data-type-mismatch'],
    ['Condition', { Bool: null }, '/Condition/Bool data-type-mismatch'],
    ['Condition', { Bool: [] }, '/Condition/Bool data-type-mismatch'],
    ['Condition', { Bool: { 'a:b': null } }, '/Condition/Bool/a:b data-type-mismatch'],
    ['Condition', { Bool: { 'a:b': [null] } }, '/Condition/Bool/a:b/0 data-type-mismatch'],
    ['Condition', { StringLike: { 'a:b': {} } }, '/Condition/StringLike/a:b data-type-mismatch'],
    [
      'Condition',
      { StringLike: { 'a:b': [[]] } },
      '/Condition/StringLike/a:b/0 data-type-mismatch',
    ],
    [
      'Condition',
      { stringLike: { 'a:b': 'c' } },
      '/Condition/stringLike invalid-condition-operator',
    ],
    ['Condition', { NullIfExists: { 'a:b': true } }, '/Condition/NullIfExists null-with-if-exists'],
  ])('refuses a statement whose %s is %j: %s', (element, value, problem) => {
    expect(codesOf({ Statement: { ...star, [element]: value } })).toEqual([`/Statement${problem}`])
  })

  it.each([
    [{ Action: '*', Resource: '*' }, 'missing-effect'],
    [{ Effect: 'Allow', Resource: '*' }, 'missing-action'],
    [{ ...star, NotAction: 'a:b' }, 'unsupported-element-combination'],
    [{ ...star, NotResource: 'arn:aws:a:::b' }, 'unsupported-element-combination'],
    [
      { ...star, Principal: '*', NotPrincipal: { AWS: '111122223333' }, Effect: 'Deny' },
      'unsupported-element-combination',
    ],
    [{ ...star, NotPrincipal: { AWS: '111122223333' } }, 'allow-with-not-principal'],
  ])('refuses the statement %j: %s', (statement, code) => {
    expect(codesOf({ Statement: statement })).toEqual([`/Statement ${code}`])
  })

  it('refuses an empty NotAction or NotResource, which would match everything', () => {
    expect(codesOf({ Statement: { Effect: 'Allow', NotAction: [], Resource: '*' } })).toEqual([
      '/Statement/NotAction empty-not-list',
    ])
    expect(codesOf({ Statement: { Effect: 'Allow', Action: '*', NotResource: [] } })).toEqual([
      '/Statement/NotResource empty-not-list',
    ])
  })

  it('takes empty lists and blocks that match nothing or ask nothing', () => {
    const { statements } = parsePolicy({
      Statement: [
        { Effect: 'Allow', Action: [], Resource: [], Principal: { AWS: [] } },
        { ...star, Condition: {} },
        { ...star, Condition: { StringEquals: {} } },
        { ...star, Condition: { StringEquals: { 'aws:username': [] } } },
      ],
    })
    expect(statements.map(({ conditions }) => conditions.length)).toEqual([0, 0, 0, 1])
    expect(statements[3]?.conditions[0]?.values).toEqual([])
  })

  it.each([
    [
      '{"statement": [], "Statement": {"Effect": "Allow", "Action": "*"}}',
      'invalid policy element `statement`; did you mean `Statement`?',
    ],
    [
      '{"Statement": {"Effect": "Allow", "Action": "*", "Conditions": {}}}',
      'invalid policy element `Conditions`; did you mean `Condition`?',
    ],
    [
      '{"Statement": {"Effect": "Allow", "Actions": "*", "Action": "*"}}',
      'invalid policy element `Actions`; did you mean `Action`?',
    ],
    [
      '{"Statement": {"Effect": "Allow", "Action": "*", "Principal": {"aws": "*"}}}',
      'invalid principal key `aws`; did you mean `AWS`?',
    ],
  ])('suggests, for %s: %s', (text, message) => {
    expect(messagesOf(text)).toEqual([message])
  })

  it('lists what is expected where nothing is near', () => {
    expect(messagesOf({ Statement: star, Comment: 'a' })).toEqual([
      'invalid policy element `Comment`; expected `$schema` or `Version` or `Id` or `Statement`',
    ])
  })

  it('says what it met where a value has the wrong type', () => {
    expect(
      messagesOf('{"Statement": {"Effect": "Allow", "Action": {}, "Resource": [[]], "Sid": null}}'),
    ).toEqual([
      'data type mismatch `object`; expected a string',
      'data type mismatch `array`; expected a string',
      'data type mismatch `null`; expected a string',
    ])
  })
})

describe('a key given twice', () => {
  it.each([
    ['{"Statement": [], "Statement": {"Effect": "Deny", "Action": "*"}}', '/Statement'],
    ['{"Statement": {"Effect": "Deny", "Action": "*", "Effect": "Allow"}}', '/Statement/Effect'],
    [
      '{"Statement": {"Effect": "Deny", "Action": "*", "Eff\\u0065ct": "Allow"}}',
      '/Statement/Effect',
    ],
    [
      '{"Statement": {"Effect": "Deny", "Action": "*", "Principal": {"AWS": "*", "AWS": "111122223333"}}}',
      '/Statement/Principal/AWS',
    ],
    [
      '{"Statement": {"Effect": "Deny", "Action": "*", "Condition": {"Bool": {}, "Bool": {}}}}',
      '/Statement/Condition/Bool',
    ],
    [
      '{"Statement": {"Effect": "Deny", "Action": "*", "Condition": {"Bool": {"a:b": true, "a:b": false}}}}',
      '/Statement/Condition/Bool/a:b',
    ],
  ])('is refused in %s', (text, pointer) => {
    const found = problemsOf(text).filter(({ code }) => code === 'duplicate-key')
    expect(found.map((problem) => problem.pointer)).toEqual([pointer])
    expect(() => parsePolicy(text, { lenient: true })).toThrow('duplicate key')
  })

  it('is refused where two context keys of one operator differ only in case', () => {
    const block = { 'aws:RequestTag/Team': 'a', 'AWS:requesttag/team': 'b' }
    const source = { Statement: { ...star, Condition: { StringEquals: block } } }
    expect(problemsOf(source)).toEqual([
      {
        code: 'duplicate-keys-with-different-case',
        level: 'error',
        pointer: '/Statement/Condition/StringEquals/AWS:requesttag~1team',
        message: 'duplicate keys with different case `AWS:requesttag/team`',
      },
    ])
    expect(() => parsePolicy(source, { lenient: true })).toThrow('duplicate keys')
  })

  it('is two conditions under two operators', () => {
    const Condition = { StringEquals: { 'aws:username': 'a' }, StringLike: { 'AWS:UserName': 'a' } }
    expect(
      parsePolicy({ Statement: { ...star, Condition } }).statements[0]?.conditions,
    ).toHaveLength(2)
  })
})
