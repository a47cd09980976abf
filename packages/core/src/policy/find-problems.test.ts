import { describe, expect, it } from 'vitest'
import { findProblems } from './find-problems.js'

const usual = {
  Effect: 'Allow',
  Action: 'docs:GetDocument',
  Resource: 'arn:aws:docs::acme:document/*',
}
const when = (
  ...conditions: readonly (readonly [operator: string, key: string, value: unknown])[]
) => ({
  Condition: Object.fromEntries(
    conditions.map(([operator, key, value]) => [operator, { [key]: value }]),
  ),
})

/** What is found in one statement of the new version, each as `level pointer: message`. */
function found(statement: object, version: object = { Version: '2012-10-17' }): readonly string[] {
  const problems = findProblems({ ...version, Statement: [{ ...usual, ...statement }] })
  return problems.map(
    ({ level, pointer, message }) => `${level} ${pointer.replace('/Statement/0', '')}: ${message}`,
  )
}

describe('findProblems', () => {
  it('finds nothing in a plain statement', () => {
    expect(found({})).toEqual([])
    expect(found(when(['StringEquals', 'aws:PrincipalTag/team', 'eng']))).toEqual([])
  })

  it('warns of a document without a version, and of variables that are text in it', () => {
    const statement = {
      Resource: 'arn:aws:docs:::${aws:username}',
      ...when(['StringEquals', 'a:b', '${c:d}']),
    }
    expect(found(statement, {})).toEqual([
      'warning : missing version; that means 2008-10-17, without variables; add `"Version": "2012-10-17"`',
      'warning /Resource: variable unsupported in version `arn:aws:docs:::${aws:username}`; it is plain text there; add `"Version": "2012-10-17"`',
      'warning /Condition/StringEquals/a:b: variable unsupported in version `${c:d}`; it is plain text there; add `"Version": "2012-10-17"`',
    ])
  })

  it.each<[object, string]>([
    [
      { Action: undefined, NotAction: 'docs:*' },
      'warning /NotAction: allow with not action; it grants all others, new ones included',
    ],
    [
      { Resource: undefined, NotResource: 'arn:aws:docs:::a' },
      'warning /NotResource: allow with not resource; it grants all others, new ones included',
    ],
    [
      { Effect: 'Deny', NotPrincipal: { AWS: 'acme' } },
      'security-warning /NotPrincipal: not principal; deny `"*"` with `ArnNotEquals` on `aws:PrincipalArn` instead',
    ],
    [
      { Principal: { AWS: '*' } },
      'security-warning /Principal: public principal; everybody is allowed, without a condition',
    ],
    [
      { Principal: { Service: 'mail.acme' } },
      'warning /Principal/Service: restrict access to service principal; name whom it may work for in `aws:SourceArn` or `aws:SourceAccount`',
    ],
    [
      { Principal: { Federated: 'id.acme.com' } },
      "warning /Principal/Federated: missing condition key for oidc principal; compare the token's subject, `<provider>:sub`",
    ],
    [
      {
        Principal: {
          AWS: ['arn:aws:iam::acme:role/r', 'arn:aws:sts::acme:assumed-role/r/s'],
        },
      },
      'info /Principal/AWS: redundant principal `arn:aws:sts::acme:assumed-role/r/s`; its role is named already',
    ],
    [{ Action: [] }, 'info /Action: empty array action; it matches nothing'],
    [
      { Action: ['docs:GetDocument', 'docs:Get*'] },
      'info /Action/0: redundant action `docs:getdocument`; `docs:get*` covers it',
    ],
    [
      { Resource: 'arn:aws:d*:::a' },
      'warning /Resource: wildcard in service name `arn:aws:d*:::a`',
    ],
    [{ Condition: {} }, 'info /Condition: empty object condition; it always holds'],
  ])('finds in %j: %s', (statement, problem) => {
    const defined = Object.entries({ ...usual, ...statement }).filter(
      ([, one]) => one !== undefined,
    )
    const problems = findProblems({
      Version: '2012-10-17',
      Statement: Object.fromEntries(defined),
    })
    expect(
      problems.map(
        ({ level, pointer, message }) =>
          `${level} ${pointer.slice('/Statement'.length)}: ${message}`,
      ),
    ).toEqual([problem])
  })

  it.each<[readonly [string, string, unknown], string]>([
    [
      ['StringNotEquals', 'a:b', 'x'],
      'security-warning : negated condition alone `a:b`; every other value is allowed, and every request without one',
    ],
    [
      ['ForAllValues:StringEquals', 'aws:TagKeys', 'x'],
      'security-warning : for all values without null check `aws:TagKeys`; it holds where the key is absent; add `"Null": { "aws:TagKeys": "false" }`',
    ],
    [
      ['NumericEquals', 'aws:username', '1'],
      'warning : type mismatch `aws:username`; its type is String',
    ],
    [
      ['StringLike', 'aws:PrincipalOrgID', 'o-*'],
      'warning : wildcard usage too permissive `aws:PrincipalOrgID`; a wildcard here lets strangers in',
    ],
    [['StringLike', 'a:b', []], 'info : empty array condition; an empty list is never hit'],
    [
      ['StringEquals', 'a:b', 'x*'],
      'warning : wildcard without like operator `x*`; only `StringLike` has wildcards',
    ],
    [
      ['DateLessThan', 'a:b', '2024'],
      'warning : invalid date value `2024`; that is seconds since 1970; write `2024-01-01`',
    ],
    [
      ['DateLessThan', 'a:b', '2024-01-01T00:00'],
      'warning : date without zone `2024-01-01T00:00`; it is read as UTC',
    ],
    [['StringEquals', 'a:b', ['x', 'x']], 'info /1: redundant condition value `x`'],
  ])('finds in the condition %j: %s', ([operator, key, value], problem) => {
    const at = `/Condition/${operator}/${key}`
    const lines = found(when([operator, key, value]))
    expect(lines.map((line) => line.replace(at, ''))).toEqual([problem])
  })

  it('asks set operators that grant for what is absent or single', () => {
    expect(found(when(['ForAnyValue:StringNotEquals', 'a:b', 'x'], ['Bool', 'c:d', true]))).toEqual(
      [
        'security-warning /Condition/ForAnyValue:StringNotEquals/a:b: for any value negated `a:b`; one value that is not listed is enough; `ForAllValues:` says that none is listed',
      ],
    )
    const checked = when(
      ['ForAllValues:StringEquals', 'aws:username', 'x'],
      ['Null', 'AWS:UserName', false],
    )
    expect(found(checked)).toEqual([
      'security-warning /Condition/ForAllValues:StringEquals/aws:username: forallvalues with single valued key `aws:username`',
    ])
    expect(found({ ...checked, Effect: 'Deny' })).toEqual([])
  })
})
