import {
  compile,
  evaluate,
  parsePolicy,
  principalEntries,
  type RequestPrincipal,
  requestTagEntries,
  resourceTagEntries,
} from '@iamkit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CanAttributes, createCan } from './can.js'
import type { CanSnapshot } from './can-snapshot.js'

const principal: RequestPrincipal = {
  type: 'user',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ann',
}
const attributes: CanAttributes = { tags: { team: 'eng' } }
const arn = 'arn:aws:docs::111122223333:document/d1'

function snapshotOf(statements: readonly object[], boundary?: readonly object[]): CanSnapshot {
  const text = (Statement: readonly object[]) =>
    JSON.stringify({ Version: '2012-10-17', Statement })
  return {
    format: 1,
    principal,
    identity: [text(statements)],
    ...(boundary && { boundary: text(boundary) }),
  }
}

const canWith = (statements: readonly object[], boundary?: readonly object[]) =>
  createCan(snapshotOf(statements, boundary), principal, attributes)

const ownTeam = {
  Effect: 'Allow',
  Action: 'docs:Put*',
  Resource: '*',
  Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
}
const read = { Effect: 'Allow', Action: 'docs:Get*', Resource: '*' }
const noSecrets = {
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { StringEquals: { 'aws:ResourceTag/classification': 'secret' } },
}

describe('createCan', () => {
  it('says yes and no where nothing is left open', () => {
    const can = canWith([read])
    expect([can('docs:GetDocument', arn), can('docs:PutDocument', arn)]).toEqual(['yes', 'no'])
  })

  it('says unknown where it depends on tags that are not told, and decides when they are', () => {
    const can = canWith([ownTeam])
    expect(can('docs:PutDocument', arn)).toBe('unknown')
    expect(can('docs:PutDocument', arn, { resourceTags: { team: 'eng' } })).toBe('yes')
    expect(can('docs:PutDocument', arn, { resourceTags: { team: 'ops' } })).toBe('no')
    expect(can('docs:PutDocument', arn, { resourceTags: {} })).toBe('no')
  })

  it('does not say yes where a Deny may apply', () => {
    const can = canWith([read, noSecrets])
    expect(can('docs:GetDocument', arn)).toBe('unknown')
    expect(can('docs:GetDocument', arn, { resourceTags: { classification: 'secret' } })).toBe('no')
    expect(can('docs:GetDocument', arn, { resourceTags: { team: 'x' } })).toBe('yes')
    expect(can('docs:PutDocument', arn)).toBe('no')
  })

  it('asks the boundary too', () => {
    const can = canWith(
      [read],
      [{ ...read, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
    )
    expect(can('docs:GetDocument', arn)).toBe('unknown')
    expect(can('docs:GetDocument', arn, { context: { 'aws:MultiFactorAuthPresent': true } })).toBe(
      'yes',
    )
  })

  it('takes a variable about something unknown for unknown, in a resource as in a value', () => {
    const home = { ...read, Resource: 'arn:aws:docs::*:document/${docs:Home}' }
    expect(canWith([home])('docs:GetDocument', arn)).toBe('unknown')
    expect(canWith([home])('docs:GetDocument', arn, { context: { 'docs:Home': 'd2' } })).toBe('no')
    expect(canWith([read, { ...home, Effect: 'Deny' }])('docs:GetDocument', arn)).toBe('unknown')
  })

  it('never says yes for another account’s resource', () => {
    const can = canWith([read])
    expect(can('docs:GetDocument', arn, { resourceAccount: '999900001111' })).toBe('unknown')
    expect(can('docs:PutDocument', arn, { resourceAccount: '999900001111' })).toBe('no')
  })

  it('refuses a snapshot that is broken', () => {
    expect(() => createCan({ ...snapshotOf([]), identity: ['{'] })).toThrow('invalid policy')
  })

  it('says yes or no only where every way to fill in what is unknown agrees, for every policy', () => {
    const keys = [
      'aws:ResourceTag/team',
      'aws:RequestTag/team',
      'docs:Level',
      'aws:PrincipalTag/team',
    ]
    const condition = fc
      .record({
        operator: fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLikeIfExists', 'Null'),
        key: fc.constantFrom(...keys),
        value: fc.constantFrom('eng', 'ops', '${aws:PrincipalTag/team}', '${aws:ResourceTag/team}'),
      })
      .map(({ operator, key, value }) => ({
        [operator]: { [key]: operator === 'Null' ? 'true' : value },
      }))
    const statement = fc
      .record({
        Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
        Action: fc.constantFrom('docs:*', 'docs:Get*', 'docs:Put*'),
        Resource: fc.constantFrom('*', arn, 'arn:aws:docs::*:document/${docs:Level}'),
        Condition: fc.option(condition, { nil: undefined }),
      })
      .map(({ Condition, ...rest }) => ({ ...rest, ...(Condition && { Condition }) }))
    const tags = fc.constantFrom<Record<string, string>>({}, { team: 'eng' }, { team: 'ops' })
    const facts = fc.record({
      resourceTags: tags,
      requestTags: tags,
      level: fc.constantFrom(undefined, 'd1', 'eng'),
    })
    const seen = { yes: 0, no: 0, unknown: 0 }
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 4 }),
        facts,
        fc.boolean(),
        (statements, full, knowsTags) => {
          const { resourceTags, requestTags, level } = full
          const known = knowsTags ? { resourceTags } : {}
          const answer = canWith(statements)('docs:GetDocument', arn, known)
          seen[answer] += 1
          const context = {
            ...resourceTagEntries(resourceTags),
            ...requestTagEntries(requestTags),
            'docs:Level': level,
            ...principalEntries(principal, attributes),
          }
          const identity = snapshotOf(statements).identity.map((text) => compile(parsePolicy(text)))
          const asked = {
            principal,
            action: 'docs:GetDocument',
            resource: arn,
            resourceAccount: principal.account,
          }
          const isAllowed = evaluate({ identity }, { ...asked, context }).answer === 'Allow'
          if (answer !== 'unknown') expect(answer).toBe(isAllowed ? 'yes' : 'no')
        },
      ),
      { numRuns: 2_000 },
    )
    expect(Math.min(seen.yes, seen.no, seen.unknown)).toBeGreaterThan(50)
  })
})
