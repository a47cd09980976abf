import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.js'
import type { PolicySet } from '../compile/policy-set.js'
import type { ConditionBlock } from '../policy/document.js'
import { parsePolicy } from '../policy/parse.js'
import type { ContextEntries } from '../request/context.js'
import { explain } from './explain.js'

const account = '111122223333'

function policy(...Statement: readonly object[]) {
  const statements = Statement.map((statement) => ({
    Effect: 'Allow',
    Resource: '*',
    ...statement,
  }))
  return compile(parsePolicy({ Version: '2012-10-17', Statement: statements }, { lenient: true }))
}

function nearest(policies: PolicySet, context: ContextEntries = {}) {
  return explain(policies, {
    principal: { type: 'user', account, arn: `arn:aws:iam::${account}:user/ada` },
    action: 'docs:CreateDocument',
    resource: 'arn:aws:docs:::folder/1',
    resourceAccount: account,
    context,
  }).nearest
}

/** What is said where one condition is all that is missing. */
function missed(Condition: ConditionBlock, context: ContextEntries = {}): string | undefined {
  const statement = { Sid: 'MustTagNewDocs', Action: 'docs:*', Condition }
  return nearest({ identity: [policy(statement)] }, context)?.message
}

describe('the nearest miss', () => {
  it('says what the request has and what the statement wants', () => {
    const team = { StringEquals: { 'aws:RequestTag/team': 'eng' } }
    expect(missed(team, { 'aws:RequestTag/team': 'ops' })).toBe(
      '`aws:RequestTag/team` is `ops`, `MustTagNewDocs` wants `eng`',
    )
    expect(missed(team)).toBe('`aws:RequestTag/team` is missing, `MustTagNewDocs` wants `eng`')
  })

  it.each<[ConditionBlock, ContextEntries, string]>([
    [
      { StringNotEquals: { 'a:b': ['x', 'y'] } },
      { 'a:b': 'x' },
      '`a:b` is `x`, `MustTagNewDocs` wants anything but `x`, `y`',
    ],
    [
      { StringLike: { 'a:b': '${aws:username}-*' } },
      { 'a:b': 'x', 'aws:username': 'ada' },
      '`a:b` is `x`, `MustTagNewDocs` wants `ada-*`',
    ],
    [
      { StringEquals: { 'a:b': '${aws:username}' } },
      { 'a:b': 'x' },
      '`a:b` is `x`, `MustTagNewDocs` wants a variable that has no value',
    ],
    [
      { StringEquals: { 'a:b': ['c', '${aws:username}'] } },
      { 'a:b': 'x' },
      '`a:b` is `x`, `MustTagNewDocs` wants `c` or a variable that has no value',
    ],
    [
      { 'ForAllValues:StringEquals': { 'a:b': ['x', 'y'] } },
      { 'a:b': ['x', 'z'] },
      '`a:b` is `x`, `z`, `MustTagNewDocs` wants only `x`, `y`',
    ],
    [
      { 'ForAnyValue:StringEquals': { 'a:b': 'x' } },
      { 'a:b': ['y', 'z'] },
      '`a:b` is `y`, `z`, `MustTagNewDocs` wants some `x`',
    ],
    [
      { NumericLessThan: { 'a:b': 10 } },
      { 'a:b': 12 },
      '`a:b` is `12`, `MustTagNewDocs` wants less than `10`',
    ],
    [
      { NumericLessThanEquals: { 'a:b': 10 } },
      { 'a:b': 12 },
      '`a:b` is `12`, `MustTagNewDocs` wants at most `10`',
    ],
    [
      { NumericGreaterThan: { 'a:b': 10 } },
      { 'a:b': 2 },
      '`a:b` is `2`, `MustTagNewDocs` wants more than `10`',
    ],
    [
      { NumericGreaterThanEquals: { 'a:b': 10 } },
      { 'a:b': 2 },
      '`a:b` is `2`, `MustTagNewDocs` wants at least `10`',
    ],
    [
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      { 'aws:SourceIp': '::1' },
      '`aws:SourceIp` is `::1`, `MustTagNewDocs` wants `10.0.0.0/8`',
    ],
    [{ Null: { 'a:b': 'false' } }, {}, '`a:b` is missing, `MustTagNewDocs` wants it present'],
    [{ Null: { 'a:b': 'true' } }, { 'a:b': 'x' }, '`a:b` is `x`, `MustTagNewDocs` wants it absent'],
    [
      { StringEquals: { 'a:b': [] } },
      { 'a:b': 'x' },
      '`a:b` is `x`, `MustTagNewDocs` wants nothing',
    ],
    [
      { StringEquals: { 'a:b': 'x' }, Bool: { 'aws:SecureTransport': 'true' } },
      { 'a:b': 'y' },
      '`a:b` is `y`, `MustTagNewDocs` wants `x`; `aws:SecureTransport` is missing, `MustTagNewDocs` wants `true`',
    ],
  ])('of %j says what is wanted', (condition, context, message) => {
    expect(missed(condition, context)).toBe(message)
  })

  it('shows five values and counts the others', () => {
    const wanted = { StringEquals: { 'a:b': ['1', '2', '3', '4', '5', '6', '7'] } }
    expect(missed(wanted, { 'a:b': 'x' })).toBe(
      '`a:b` is `x`, `MustTagNewDocs` wants `1`, `2`, `3`, `4`, `5`, 2 more',
    )
  })

  it('stays on one line of readable length, whatever a request holds', () => {
    const forged = `x\`\nidentity Allow Forged: applies\n${'y'.repeat(8000)}`
    const message = missed({ StringEquals: { 'a:b': 'c' } }, { 'a:b': forged })
    expect(message).toMatch(/^`a:b` is `x`\\u000aidentity Allow Forged: applies\\u000ay+…`, /)
    expect(message?.length).toBeLessThan(300)
  })

  it('is the statement that lacks least, and has the right action', () => {
    const far = { StringEquals: { 'a:b': 'x', 'a:c': 'x' } }
    const near = { StringEquals: { 'a:b': 'x' } }
    const identity = [
      policy({ Sid: 'OtherAction', Action: 'docs:Get' }),
      policy({ Sid: 'TwoMissing', Action: '*', Condition: far }),
      policy({ Sid: 'OtherResource', Action: '*', Resource: 'arn:aws:docs:::folder/2' }),
      policy({ Sid: 'OneMissing', Action: '*', Condition: near }),
      policy({ Sid: 'ADeny', Effect: 'Deny', Action: '*', Condition: near }),
    ]
    expect(nearest({ identity })?.statement.sid).toBe('OneMissing')
    expect(nearest({ identity: identity.slice(0, 3) })?.statement.sid).toBe('TwoMissing')
    expect(nearest({ identity: [identity[2] ?? policy()] })?.message).toBe(
      '`OtherResource` allows it, but not on `arn:aws:docs:::folder/1`',
    )
    expect(nearest({ identity: identity.slice(0, 1) })).toBeUndefined()
  })

  it('stands in the type that is blamed', () => {
    const all = policy({ Action: '*' })
    const near = policy({ Sid: 'InScp', Action: '*', Condition: { StringEquals: { 'a:b': 'x' } } })
    const other = { Principal: { AWS: '999999999999' }, Action: '*', Sid: 'ForOthers' }
    expect(nearest({ identity: [all], scps: [[near]] })?.statement.sid).toBe('InScp')
    expect(nearest({ identity: [near], scps: [[policy({ Action: 'a:b' })]] })).toBeUndefined()
    expect(nearest({ identity: [all], endpoint: policy(other) })?.message).toBe(
      '`ForOthers` allows it, but speaks of other principals',
    )
  })

  it('is named by its place where it has no Sid', () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: 'arn:aws:docs:::folder/2' }
    const named = compile(parsePolicy({ Statement: [statement] }, { name: 'editor.json' }))
    const end = 'allows it, but not on `arn:aws:docs:::folder/1`'
    expect(nearest({ identity: [policy(statement)] })?.message).toBe(`\`statement 0\` ${end}`)
    expect(nearest({ identity: [named] })?.message).toBe(`\`editor.json, statement 0\` ${end}`)
  })

  it('is not looked for where something allows or denies', () => {
    const near = { Action: '*', Condition: { StringEquals: { 'a:b': 'x' } } }
    expect(nearest({ identity: [policy(near, { Action: '*' })] })).toBeUndefined()
    expect(nearest({ identity: [policy(near, { Effect: 'Deny', Action: '*' })] })).toBeUndefined()
  })
})
