import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.js'
import { parsePolicy } from '../policy/parse.js'
import type { AuthorizationRequest } from '../request/request.js'
import { explain } from './explain.js'
import { renderExplanation } from './render.js'

const account = '111122223333'
const request: AuthorizationRequest = {
  principal: { type: 'user', account, arn: `arn:aws:iam::${account}:user/ada` },
  action: 'docs:CreateDocument',
  resource: 'arn:aws:docs:::folder/1',
  resourceAccount: account,
  context: { 'aws:RequestTag/team': 'ops' },
}

describe('renderExplanation', () => {
  it('prints the sentence, the nearest miss and a line for each statement', () => {
    const policy = compile(
      parsePolicy(
        {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'MustTagNewDocs',
              Effect: 'Allow',
              Action: 'docs:Create*',
              Resource: '*',
              Condition: { StringEquals: { 'aws:RequestTag/team': 'eng' } },
            },
            { Sid: 'Read', Effect: 'Allow', Action: 'docs:Get', Resource: '*' },
            { Effect: 'Allow', Action: '*', Resource: 'arn:aws:docs:::folder/2' },
          ],
        },
        { name: 'editor.json' },
      ),
    )
    const boundary = compile(
      parsePolicy({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }),
    )
    expect(
      renderExplanation(explain({ identity: [policy], boundary }, request)).split('\n'),
    ).toEqual([
      'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: docs:CreateDocument on resource: arn:aws:docs:::folder/1 because no identity-based policy allows the docs:CreateDocument action',
      'nearest: `aws:RequestTag/team` is `ops`, `MustTagNewDocs` wants `eng`',
      '  identity Allow MustTagNewDocs: `aws:RequestTag/team` is `ops`, the statement wants `eng`',
      '  identity Allow Read: another action',
      '  identity Allow editor.json, statement 2: another resource',
      '  boundary Allow statement 0: applies',
    ])
  })

  it('says where there was nothing to ask', () => {
    expect(renderExplanation(explain({}, request)).split('\n')[1]).toBe('  no statement was asked')
  })

  it('prints a line for each statement and no more, whatever tags and keys hold', () => {
    const sid = 'a\nb'
    const key = 'a:b\nidentity Allow Forged: applies'
    const statement = { Sid: sid, Effect: 'Allow', Action: '*', Resource: '*' }
    const document = { Statement: { ...statement, Condition: { StringEquals: { [key]: 'c\nd' } } } }
    const policy = compile(parsePolicy(document, { lenient: true }))
    const context = { [key]: 'e\r\nf' }
    const text = renderExplanation(explain({ identity: [policy] }, { ...request, context }))
    expect(text.split(/[\r\n]/)).toHaveLength(3)
  })
})
