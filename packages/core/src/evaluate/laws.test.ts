import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anyDocuments,
  anyRequest,
  compileAll,
  type Documents,
  mapStatements,
} from '../../test/arbitrary.js'
import type { PolicyDocument, StatementDocument } from '../policy/document.js'
import type { AuthorizationRequest } from '../request/request.js'
import { evaluate } from './evaluate.js'

/** The answer, what it rests on, and the Sids it names, in no order. */
function outcome(documents: Documents, request: AuthorizationRequest) {
  const decision = evaluate(compileAll(documents), request)
  const { statements = [] } = decision as { statements?: readonly { sid?: string }[] }
  const type = decision.answer === 'Allow' ? undefined : decision.type
  return { answer: decision.answer, type, sids: new Set(statements.map(({ sid }) => sid)) }
}

const isAllowed = (documents: Documents, request: AuthorizationRequest) =>
  evaluate(compileAll(documents), request).answer === 'Allow'

/** A list that begins at another of its items, or is turned round. */
function moved<T>(list: readonly T[], by: number): readonly T[] {
  const at = list.length === 0 ? 0 : by % list.length
  const turned = [...list.slice(at), ...list.slice(0, at)]
  return by % 2 === 0 ? turned : turned.reverse()
}

function withPoliciesMoved(documents: Documents, by: number): Documents {
  return {
    ...documents,
    identity: documents.identity && moved(documents.identity, by),
    session: documents.session && moved(documents.session, by),
    scps: documents.scps && moved(documents.scps, by).map((level) => moved(level, by)),
    rcps: documents.rcps && moved(documents.rcps, by).map((level) => moved(level, by)),
  }
}

const denial: StatementDocument = {
  Sid: 'D',
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Principal: '*',
}
const narrow: StatementDocument = {
  ...denial,
  Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } },
}
const anyDenial = fc.constantFrom(denial, narrow, { ...denial, Action: 'docs:Put' })
const document = (...Statement: StatementDocument[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
})

/** Every way to add a document to those that are there. */
const ADDITIONS: readonly ((documents: Documents, added: PolicyDocument) => Documents)[] = [
  (documents, added) => ({ ...documents, identity: [...(documents.identity ?? []), added] }),
  (documents, added) => ({ ...documents, scps: documents.scps?.map((level) => [...level, added]) }),
  (documents, added) => ({ ...documents, rcps: [...(documents.rcps ?? []), [added]] }),
  (documents, added) => ({
    ...documents,
    session: documents.session?.length ? [...documents.session, added] : documents.session,
  }),
  (documents, { Statement }) =>
    mapStatements(documents, (statements) => [
      ...statements,
      ...(Statement as StatementDocument[]),
    ]),
]

describe('a decision', () => {
  it('does not depend on the order of statements, for every policy set and request', () => {
    const property = fc.property(anyDocuments, anyRequest, fc.nat(9), (documents, request, by) => {
      const shuffled = mapStatements(documents, (statements) => moved(statements, by))
      expect(outcome(shuffled, request)).toEqual(outcome(documents, request))
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('does not depend on the order of policies and levels, for every policy set and request', () => {
    const property = fc.property(anyDocuments, anyRequest, fc.nat(9), (documents, request, by) => {
      expect(outcome(withPoliciesMoved(documents, by), request)).toEqual(
        outcome(documents, request),
      )
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('does not depend on whether policies are one or many, for every policy set and request', () => {
    const property = fc.property(anyDocuments, anyRequest, (documents, request) => {
      const statements = documents.identity?.flatMap(({ Statement }) => Statement) ?? []
      const joined = statements.length === 0 ? [] : [document(...statements)]
      expect(outcome({ ...documents, identity: joined }, request)).toEqual(
        outcome(documents, request),
      )
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('never turns into Allow by a further Deny, for every policy set and request', () => {
    const addition = fc.constantFrom(...ADDITIONS)
    const asked = fc.tuple(anyDocuments, anyRequest)
    const property = fc.property(asked, anyDenial, addition, ([documents, request], deny, add) => {
      if (isAllowed(documents, request)) return
      expect(isAllowed(add(documents, document(deny)), request)).toBe(false)
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('is a denial by a Deny for everything, for every policy set and request', () => {
    const asked = fc.tuple(anyDocuments, anyRequest)
    const property = fc.property(asked, ([documents, request]) => {
      const resource = document(denial)
      expect(outcome({ ...documents, resource }, request).answer).toBe('ExplicitDeny')
    })
    fc.assert(property)
  })

  it('never turns into Allow without some Allow of an identity policy, for every request', () => {
    const property = fc.property(anyDocuments, anyRequest, fc.nat(9), (documents, request, at) => {
      if (isAllowed(documents, request)) return
      const identity = documents.identity?.map(({ Statement, ...rest }) => ({
        ...rest,
        Statement: (Statement as StatementDocument[]).filter(
          ({ Effect }, index) => Effect === 'Deny' || index !== at % 4,
        ),
      }))
      expect(isAllowed({ ...documents, identity }, request)).toBe(false)
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('is no Allow where only policies that cannot grant allow, for every request', () => {
    const property = fc.property(anyDocuments, anyRequest, (documents, request) => {
      const ungranted = { ...documents, identity: [], resource: undefined }
      if (request.principal.type === 'root') return
      expect(isAllowed(ungranted, request)).toBe(false)
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('never turns into Allow by an SCP, an RCP or an endpoint policy more, for every request', () => {
    const open = document({ ...denial, Effect: 'Allow' })
    const property = fc.property(anyDocuments, anyRequest, (documents, request) => {
      if (isAllowed(documents, request)) return
      const { scps, rcps } = documents
      expect(isAllowed({ ...documents, scps: [...(scps ?? []), [open]] }, request)).toBe(false)
      expect(isAllowed({ ...documents, rcps: [...(rcps ?? []), [open]] }, request)).toBe(false)
      if (documents.endpoint) return
      expect(isAllowed({ ...documents, endpoint: open }, request)).toBe(false)
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('is the same whenever it is asked for, for every request', () => {
    const property = fc.property(anyDocuments, anyRequest, (documents, request) => {
      const policies = compileAll(documents)
      const first = evaluate(policies, request)
      expect(evaluate(policies, request)).toEqual(first)
      expect(evaluate(policies, { ...request, action: 'other:Thing' }).answer).toBeDefined()
      expect(evaluate(policies, request)).toEqual(first)
    })
    fc.assert(property)
  })
})
