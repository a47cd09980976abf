import type { ConditionBlock } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { docsIam } from '../../test/docs.js'
import { type DocumentsOptions, documents } from './documents.js'

/** Starts an app with a Deny under a condition on one key. */
function start(key: string, options?: DocumentsOptions) {
  const Condition: ConditionBlock = { StringEquals: { [key]: 'x' } }
  const deny = {
    Statement: { Effect: 'Deny', Action: 'docs:*', Resource: '*', Condition },
  } as const
  return docsIam(undefined, { policies: documents({ identity: [deny] }, options) })
}

describe('a policy may ask for', () => {
  it.each([
    'aws:ResourceTag/team',
    'AWS:RESOURCETAG/Team',
    'aws:username',
    'docs:Classification',
    'DOCS:classification',
    'sts:RoleSessionName',
    'login.example.com:sub',
    's3:prefix',
  ])('%s', (key) => {
    expect(() => start(key)).not.toThrow()
  })
})

describe('a policy may not ask for', () => {
  it.each([
    ['aws:ResorceTag/team', '`aws:ResorceTag/team` is no global condition key: no request has it'],
    ['aws:ResourceTags', '`aws:ResourceTags` is no global condition key: no request has it'],
    [
      'docs:Classificatoin',
      '`docs:Classificatoin` is no condition key of `docs`, which has docs:Classification, docs:PageCount, docs:Labels',
    ],
  ])('%s, which no request has', (key, problem) => {
    expect(() => start(key)).toThrow(
      `invalid option \`policies\`: identity 0, /Statement/0/Condition: ${problem}`,
    )
  })

  it('a key that there is not, unless its prefix is named', () => {
    expect(() => start('aws:NewKey', { otherServices: ['aws'] })).not.toThrow()
  })
})

/** Starts an app with a Deny that holds a text in its resource, or else in a condition. */
function startWith(text: string, Version?: '2012-10-17', options?: DocumentsOptions) {
  const isArn = text.startsWith('arn:')
  const Condition: ConditionBlock = { StringEquals: { 'aws:ResourceTag/team': ['x', text] } }
  const deny = {
    ...(Version && { Version }),
    Statement: {
      Effect: 'Deny',
      Action: 'docs:*',
      Resource: isArn ? ['*', text] : '*',
      ...(!isArn && { Condition }),
    },
  } as const
  return docsIam(undefined, { policies: documents({ identity: [deny] }, options) })
}

describe('a variable may be', () => {
  it.each([
    '${aws:PrincipalTag/team}',
    '${aws:username}',
    '${AWS:USERNAME}',
    "x-${aws:username, 'nobody'}-${aws:PrincipalTag/team}",
    "${aws:username, '${aws:nothing} is text'}",
    "${aws:username, 'it''s ${me}'}",
    '${*}${?}${$}{aws:nothing}',
    '${docs:Classification}',
    '${login.example.com:sub}',
    'arn:aws:docs::acme:folder/${aws:PrincipalTag/team}/*',
    '{aws:nothing}',
  ])('%s', (text) => {
    expect(() => startWith(text, '2012-10-17')).not.toThrow()
  })
})

describe('a variable may not be', () => {
  it.each([
    ['${aws:username2}', '`aws:username2` is no global condition key: no request has it'],
    ['a-${aws:username}-${aws:PrincipalTags/team}', '`aws:PrincipalTags/team` is no global'],
    ["${aws:usrname, 'nobody'}", '`aws:usrname` is no global condition key'],
    ['${docs:Classificatoin}', '`docs:Classificatoin` is no condition key of `docs`'],
    ['${username}', '`username` is no condition key: write `aws:username`'],
    ['${aws:TagKeys}', '`aws:TagKeys` is a list, and as a variable has no value'],
    ['${docs:Labels}', '`docs:Labels` is a list, and as a variable has no value'],
  ])('%s', (text, problem) => {
    expect(() => startWith(text, '2012-10-17')).toThrow(
      `invalid option \`policies\`: identity 0, /Statement/0/Condition: ${problem}`,
    )
  })

  it('misspelt in a resource', () => {
    expect(() => startWith('arn:aws:docs::acme:folder/${aws:username2}', '2012-10-17')).toThrow(
      'identity 0, /Statement/0/Resource: `aws:username2` is no global condition key',
    )
  })

  it.each([
    ['${aws:username}', 'Condition'],
    ['arn:aws:docs::acme:folder/${aws:username}', 'Resource'],
  ])('%s in a policy of 2008, where it is plain text', (text, element) => {
    expect(() => startWith(text)).toThrow(
      `identity 0, /Statement/0/${element}: \`\${aws:username}\` is plain text here: add \`"Version": "2012-10-17"\``,
    )
  })

  it('there, unless its prefix is named', () => {
    expect(() => startWith('${aws:new}', '2012-10-17', { otherServices: ['aws'] })).not.toThrow()
  })
})
