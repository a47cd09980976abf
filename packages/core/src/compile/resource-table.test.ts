import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StatementDocument } from '../policy/document.js'
import { parsePolicy } from '../policy/parse.js'
import { requestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import { compile } from './compile.js'
import type { Slot } from './gate.js'
import { createTable } from './resource-table.js'
import type { Row } from './row.js'

const slot: Slot = { type: 'identity', hasBoundary: false, policies: [] }
const context = requestContext({ 'aws:username': 'ab' })

function requestOn(resource: string): AuthorizationRequest {
  const principal = { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ada' } as const
  return { principal, action: 'docs:Get', resource, resourceAccount: 'acme' }
}

function statementsOf(documents: readonly Partial<StatementDocument>[]) {
  const Statement = documents.map((document) => ({
    Effect: 'Allow',
    Action: 'docs:Get',
    ...document,
  }))
  const policy = compile(parsePolicy({ Version: '2012-10-17', Statement }, { lenient: true }))
  return Statement.map((_, place) => policy.statementAt(place))
}

/** The places of the statements that a table finds. */
function found(
  documents: readonly Partial<StatementDocument>[],
  resource: string,
): readonly number[] {
  const rows: Row[] = []
  createTable(statementsOf(documents), slot)(requestOn(resource), context, rows)
  return [...new Set(rows.map(({ statement }) => statement.source.index))].sort((a, b) => a - b)
}

describe('createTable', () => {
  it('finds exact names, prefixes, inner stars, variables and what covers everything', () => {
    const documents = [
      { Resource: 'arn:aws:docs::acme:a/b' },
      { Resource: 'arn:aws:docs::acme:a/*' },
      { Resource: 'arn:aws:docs::acme:a/*/c' },
      { Resource: 'arn:aws:docs::acme:${aws:username}/*' },
      { Resource: '*' },
      { NotResource: 'arn:aws:docs::acme:a/b' },
      { Resource: 'arn:aws:docs:*:acme:a/?' },
      { Resource: 'arn:aws:docs::acme:a' },
      { Resource: '*:aws:docs::acme:ab/b' },
    ]
    expect(found(documents, 'arn:aws:docs::acme:a/b')).toEqual([0, 1, 4, 6])
    expect(found(documents, 'arn:aws:docs::acme:a/x/c')).toEqual([1, 2, 4, 5])
    expect(found(documents, 'arn:aws:docs::acme:ab/b')).toEqual([3, 4, 5, 8])
    expect(found(documents, 'arn:aws:docs::acme:a')).toEqual([4, 5, 7])
    expect(found(documents, '*')).toEqual([4, 5])
  })

  it('tells literals that begin alike', () => {
    const documents = ['tenant/1/document/*', 'tenant/12/document/*', 'tenant/123', 'team/1/*'].map(
      (name) => ({ Resource: `arn:aws:docs::acme:${name}` }),
    )
    expect(found(documents, 'arn:aws:docs::acme:tenant/12/document/7')).toEqual([1])
    expect(found(documents, 'arn:aws:docs::acme:tenant/123')).toEqual([2])
    expect(found(documents, 'arn:aws:docs::acme:tenant/124')).toEqual([])
    expect(found(documents, 'arn:aws:docs::acme:team/1/x')).toEqual([3])
  })

  it('tells beginnings of one length that end in one character, or in several', () => {
    const find = (names: readonly string[], resource: string) =>
      found(
        names.map((name) => ({ Resource: `arn:aws:docs::acme:${name}` })),
        `arn:aws:docs::acme:${resource}`,
      )
    expect(find(['a/*', 'b/*', 'cd/*'], 'b/1')).toEqual([1])
    expect(find(['a/*', 'b/*', 'cd/*'], 'cd/1')).toEqual([2])
    expect(find(['a/*', 'b:*', 'c/*'], 'b:1')).toEqual([1])
    expect(find(['a/*', 'b:*', 'c/*'], 'b/1')).toEqual([])
    expect(find(['a/*', 'b\u0000*', 'c\uffff*'], 'b\u0000x')).toEqual([1])
    expect(find(['b\u0000*', 'cc\uffff*'], 'b\u0000x')).toEqual([0])
    expect(find(['b\u0000*', 'cc\uffff*'], 'cc\uffffx')).toEqual([1])
  })

  it('asks for more where one of the statements with a literal does', () => {
    const Condition = { StringEquals: { 'aws:username': 'ab' } }
    const other = { StringEquals: { 'aws:username': 'cd' } }
    const Resource = 'arn:aws:docs::acme:a/*'
    const isMet = (...conditions: StatementDocument['Condition'][]) => {
      const documents = conditions.map((one) => ({ Resource, ...(one && { Condition: one }) }))
      const find = createTable(statementsOf(documents), slot)
      return find(requestOn('arn:aws:docs::acme:a/b'), context)
    }
    expect(isMet(other)).toBe(false)
    expect(isMet(other, other)).toBe(false)
    expect(isMet(other, Condition)).toBe(true)
    expect(isMet(other, undefined)).toBe(true)
    expect(isMet(undefined, other)).toBe(true)
    expect(found([{ Resource, Condition }, { Resource }], 'arn:aws:docs::acme:a/b')).toEqual([0, 1])
  })

  it('tells each of thousands, and a name from what begins with it', () => {
    const names = Array.from({ length: 3000 }, (_, i) => (i % 2 ? `t${i >> 1}` : `t${i >> 1}*`))
    const patterns = names.map((name) => `arn:aws:docs::acme:${name}`)
    const find = createTable(statementsOf([{ Resource: patterns }]), slot)
    const count = (resource: string) => {
      const rows: Row[] = []
      find(requestOn(resource), context, rows)
      return rows.length
    }
    // of t123: itself, and all that begins with t1, t12 and t123
    expect(count('arn:aws:docs::acme:t123')).toBe(4)
    expect(count('arn:aws:docs::acme:t1499')).toBe(5)
    expect(count('arn:aws:docs::acme:t1500')).toBe(3)
    expect(count('arn:aws:docs::acme:u1')).toBe(0)
    expect(count('arn:aws:docs::acme:t')).toBe(0)
    expect(count('arn:aws')).toBe(0)
    expect(count('*')).toBe(0)
  })

  it('finds what asking each statement finds, for every list of patterns and every resource', () => {
    const name = fc.stringMatching(/^[ab/*?]{1,6}$/)
    const resourceName = fc.stringMatching(/^[ab/]{1,6}$/)
    const property = fc.property(fc.array(name, { maxLength: 12 }), resourceName, (names, tail) => {
      const patterns = names.map((text) => `arn:aws:docs::acme:${text}`)
      const resource = `arn:aws:docs::acme:${tail}`
      const alone = patterns.flatMap((pattern, i) =>
        found([{ Resource: pattern }], resource).length > 0 ? [i] : [],
      )
      expect(
        found(
          patterns.map((pattern) => ({ Resource: pattern })),
          resource,
        ),
      ).toEqual(alone)
    })
    fc.assert(property)
  })
})
