import { describe, expect, it } from 'vitest'
import { type Case, parseCaseFile } from './case.js'
import type { Engine } from './engine.js'
import { runCases } from './run.js'

const plain = {
  title: 'a case',
  request: {
    principal: { type: 'anonymous' },
    action: 'docs:Get',
    resource: '*',
    resourceAccount: 'acme',
  },
  policies: {},
}
const cases = (...some: readonly object[]): readonly Case[] =>
  parseCaseFile(JSON.stringify(some.map((one, at) => ({ id: `c-${at}`, ...plain, ...one }))), 'f')
const denying: Engine = { name: 'denying', decide: () => ({ answer: 'ImplicitDeny' }) }

describe('runCases', () => {
  it('takes either denial where the case does not say which', () => {
    expect(runCases(denying, cases({ expect: 'Deny' }, { expect: 'ExplicitDeny' }))).toMatchObject({
      passed: ['c-0'],
      failed: [{ id: 'c-1', expected: 'ExplicitDeny', got: 'ImplicitDeny' }],
    })
  })

  it('judges a disputed case by what AWS documents, and not at all where that is nothing', () => {
    const report = runCases(
      denying,
      cases(
        { expect: 'Allow', disputed: 'why' },
        { expect: 'Allow', disputed: 'why', documented: 'ImplicitDeny' },
        { expect: 'ImplicitDeny', disputed: 'why', documented: 'Allow' },
      ),
    )
    expect(report).toMatchObject({ disputed: ['c-0'], passed: ['c-1'], failed: [{ id: 'c-2' }] })
  })

  it('fails an engine that reads the clock', () => {
    const late: Engine = {
      name: 'late',
      decide: () => ({ answer: Date.now() > 0 ? 'Allow' : 'ImplicitDeny' }),
    }
    expect(runCases(late, cases({ expect: 'Allow' })).failed).toMatchObject([
      { got: 'error: `Date.now()` was asked' },
    ])
  })

  it('fails an engine that explains another decision than it makes', () => {
    const explain: Engine['explain'] = () => ({ decision: { answer: 'Allow' }, text: 'because' })
    const report = runCases({ ...denying, explain }, cases({ expect: 'ImplicitDeny' }))
    expect(report.failed).toMatchObject([
      { got: 'Allow when explained, else ImplicitDeny', explanation: 'because' },
    ])
  })

  it('fails an engine that throws', () => {
    const broken: Engine = {
      name: 'broken',
      decide: () => {
        throw new TypeError('no')
      },
    }
    expect(runCases(broken, cases({ expect: 'Deny' })).failed).toMatchObject([{ got: 'error: no' }])
  })
})
