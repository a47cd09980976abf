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
