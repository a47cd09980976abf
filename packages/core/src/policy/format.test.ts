import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPolicy, toDocument } from './format.js'
import { BASE_OPERATORS } from './operator.js'
import { parsePolicy } from './parse.js'

const anyList = (values: fc.Arbitrary<string>) =>
  fc.oneof(values, fc.uniqueArray(values, { minLength: 1, maxLength: 3 }))
const anyAction = anyList(fc.constantFrom('*', 'docs:Get', 'docs:*', 'mail:Send?'))
const anyResource = anyList(
  fc.constantFrom('*', 'arn:aws:docs:::a/${aws:username}', 'arn:aws:docs:*', 'arn:aws:docs:::*'),
)
const anyPrincipal = fc.oneof(
  fc.constant('*'),
  fc.record(
    {
      AWS: anyList(fc.constantFrom('*', '111122223333', 'arn:aws:iam::acme:user/ada')),
      Service: anyList(fc.constantFrom('backup.amazonaws.com', 'a.b')),
      CanonicalUser: fc.constant('79a5'),
    },
    { requiredKeys: [] },
  ),
)
const anyConditions = fc.dictionary(
  fc
    .constantFrom(...[...BASE_OPERATORS].filter(([, { family }]) => family === 'string'))
    .map(([name]) => `${name}IfExists`),
  fc.dictionary(
    fc.constantFrom('aws:username', 'docs:__proto__', 'aws:RequestTag/a b'),
    anyList(fc.constantFrom('a', '*', '${aws:username}', '文')),
    { minKeys: 1 },
  ),
)
const anyStatement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: anyAction,
    Resource: anyResource,
    Principal: anyPrincipal,
    Condition: anyConditions,
  },
  { requiredKeys: ['Effect', 'Action'] },
)
const anyDocument = fc.record(
  {
    Version: fc.constantFrom('2012-10-17', '2008-10-17'),
    Id: fc.constant('one'),
    Statement: fc.oneof(anyStatement, fc.array(anyStatement, { minLength: 1, maxLength: 3 })),
  },
  { requiredKeys: ['Statement'] },
)

describe('toDocument', () => {
  it('writes every list as a list, and every value as text', () => {
    const policy = parsePolicy({
      Version: '2012-10-17',
      Id: 'one',
      Statement: {
        Sid: 'Two',
        Effect: 'Deny',
        NotPrincipal: { AWS: '111122223333', Service: ['a.b', 'c.d'] },
        NotAction: 'docs:Get',
        NotResource: 'arn:aws:docs:::a',
        Condition: {
          Bool: { 'aws:SecureTransport': false },
          StringLike: { 'aws:username': 'a', 'docs:x': ['b', 'c'] },
        },
      },
    })
    expect(toDocument(policy)).toEqual({
      Version: '2012-10-17',
      Id: 'one',
      Statement: [
        {
          Sid: 'Two',
          Effect: 'Deny',
          NotPrincipal: { AWS: ['111122223333'], Service: ['a.b', 'c.d'] },
          NotAction: ['docs:Get'],
          NotResource: ['arn:aws:docs:::a'],
          Condition: {
            Bool: { 'aws:SecureTransport': ['false'] },
            StringLike: { 'aws:username': ['a'], 'docs:x': ['b', 'c'] },
          },
        },
      ],
    })
  })

  it('adds nothing that was not written', () => {
    const policy = parsePolicy({
      $schema: 'a.json',
      Statement: { Effect: 'Allow', Action: '*', Principal: '*', Condition: {} },
    })
    expect(toDocument(policy)).toEqual({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: ['*'] }],
    })
  })
})

describe('formatPolicy', () => {
  it('prints two blanks a level', () => {
    const policy = parsePolicy({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })
    expect(formatPolicy(policy)).toBe(`{
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "*"
      ],
      "Resource": [
        "*"
      ]
    }
  ]
}`)
  })

  it('is undone by parsePolicy, for every policy', () => {
    const property = fc.property(anyDocument, (document) => {
      const policy = parsePolicy(document)
      expect(parsePolicy(toDocument(policy))).toEqual(policy)
      expect(toDocument(parsePolicy(formatPolicy(policy)))).toEqual(toDocument(policy))
    })
    fc.assert(property)
  })
})
