import { describe, expect, it } from 'vitest'
import { checkInput } from './names.js'

const refusalOf = (operation: string, input: object) => {
  try {
    checkInput(operation, input)
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`
  }
  return 'accepted'
}
const one = (at: string, rule: string) =>
  `ValidationError: 1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must ${rule}`

describe('checkInput', () => {
  it.each<[string, string, object, string]>([
    [
      'a long role name',
      'GetRole',
      { RoleName: 'x'.repeat(65) },
      one('roleName', 'have length less than or equal to 64'),
    ],
    [
      'an empty name',
      'GetRole',
      { RoleName: '' },
      one('roleName', 'have length greater than or equal to 1'),
    ],
    [
      'a bad name',
      'GetRole',
      { RoleName: 'a b' },
      'ValidationError: The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'a long new user',
      'CreateUser',
      { UserName: 'x'.repeat(65) },
      one('userName', 'have length less than or equal to 64'),
    ],
    [
      'a short ARN',
      'GetPolicy',
      { PolicyArn: 'arn:aws' },
      one('policyArn', 'have length greater than or equal to 20'),
    ],
    [
      'a path without its end',
      'CreateUser',
      { Path: '/a' },
      'ValidationError: The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    ],
    [
      'no page',
      'ListRoles',
      { MaxItems: 0 },
      one('maxItems', 'have value greater than or equal to 1'),
    ],
    [
      'a page too large',
      'ListRoles',
      { MaxItems: 1001 },
      one('maxItems', 'have value less than or equal to 1000'),
    ],
    [
      'no number',
      'ListRoles',
      { MaxItems: Number.NaN },
      one('maxItems', 'have value greater than or equal to 1'),
    ],
    [
      'a short session',
      'CreateRole',
      { MaxSessionDuration: 3599 },
      one('maxSessionDuration', 'have value greater than or equal to 3600'),
    ],
    [
      'an unknown status',
      'UpdateAccessKey',
      { Status: 'Off' },
      one('status', 'satisfy enum value set'),
    ],
    [
      'a bad tag',
      'TagRole',
      {
        Tags: [
          { Key: 'a', Value: 'b' },
          { Key: 'a\u0007', Value: 'b' },
        ],
      },
      one(
        'tags.2.member.key',
        'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+',
      ),
    ],
    [
      '10,000 tags',
      'TagRole',
      { Tags: Array(10_000).fill({ Key: 'a', Value: 'b' }) },
      one('tags', 'have length less than or equal to 50'),
    ],
    [
      '1 MB of policy',
      'PutRolePolicy',
      { PolicyDocument: ' '.repeat(1_048_576) },
      one('policyDocument', 'have length less than or equal to 131072'),
    ],
  ])('refuses %s', (...[, operation, input, message]) => {
    expect(refusalOf(operation, input)).toBe(message)
  })

  it.each([
    ['CreatePolicy', 'Description'],
    ['CreateOpenIDConnectProvider', 'Url'],
    ['AddClientIDToOpenIDConnectProvider', 'ClientID'],
    ['CreateSAMLProvider', 'SAMLMetadataDocument'],
  ])('refuses what a database cannot hold: %s %s', (operation, member) => {
    const long = 'é\u{1F600}\n'.repeat(250)
    const text = member === 'SAMLMetadataDocument' ? long : long.slice(0, 100)
    expect(refusalOf(operation, { [member]: text })).toBe('accepted')
    for (const character of ['\0', '\ud800', '\ufffe'])
      expect(refusalOf(operation, { [member]: text + character })).toMatch('regular expression')
  })

  it('names every breach', () => {
    const input = { RoleName: '', Path: 'x'.repeat(513), Description: '\0' }
    expect(refusalOf('CreateRole', input)).toBe(
      "ValidationError: 3 validation errors detected: Value at 'roleName' failed to satisfy constraint: " +
        'Member must have length greater than or equal to 1; ' +
        "Value at 'path' failed to satisfy constraint: Member must have length less than or equal to 512; " +
        "Value at 'description' failed to satisfy constraint: Member must satisfy regular expression pattern: " +
        '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*',
    )
  })

  it('says of names what they may hold where nothing else is wrong', () => {
    expect(refusalOf('CreateRole', { RoleName: 'a b', Path: '' })).toBe(
      one('path', 'have length greater than or equal to 1'),
    )
  })

  it.each<[string, object]>([
    [
      'CreateUser',
      { UserName: 'x'.repeat(64), Path: '/a/b/', Tags: [{ Key: 'Größe', Value: '' }] },
    ],
    ['GetUser', { UserName: 'ada@example.com+=,.-_' }],
    ['CreateAccountAlias', { AccountAlias: 'a-b-c' }],
    ['ListRoles', { PathPrefix: '/', MaxItems: 1000 }],
  ])('accepts what %s accepts', (operation, input) => {
    expect(refusalOf(operation, input)).toBe('accepted')
  })

  it.each(['Ada', 'a--b', '-ab', 'ab-', 'ab'])('refuses the alias `%s`', (AccountAlias) => {
    expect(refusalOf('CreateAccountAlias', { AccountAlias })).toMatch('accountAlias')
  })
})
