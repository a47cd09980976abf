import { type ContextEntries, type RequestContext, requestContext } from '@iamkit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allEntries, presentEntries } from './merged-entries.js'

const key = fc.constantFrom('docs:A', 'docs:B', 'aws:SourceIp', 'aws:userid', 'aws:RequestTag/x')
const value = fc.constantFrom(undefined, null, '', 'x', 'y', 0, true, [], ['x', 'y'])
const anySources = fc.array(fc.dictionary(key, value, { noNullPrototype: true }), { maxLength: 4 })

function textOf(context: RequestContext): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...context.keys()].sort().map((name) => [name, context.get(name)]))
}

describe('presentEntries', () => {
  it('lets a later source override an earlier one, also where it says that a key is absent', () => {
    const sources: readonly ContextEntries[] = [
      { 'docs:A': 'public', 'docs:B': 'x' },
      { 'docs:A': undefined, 'docs:C': null },
      { 'docs:B': 'y' },
    ]
    expect(presentEntries(sources)).toEqual({ 'docs:B': 'y' })
  })

  it('makes the context that all entries make, for every list of sources', () => {
    const property = fc.property(anySources, (sources) => {
      const [present, all] = [presentEntries(sources), allEntries(sources)]
      expect(textOf(requestContext(present))).toEqual(textOf(requestContext(all)))
    })
    fc.assert(property)
  })
})

describe('allEntries', () => {
  it('keeps what is absent, so that no other spelling fills it in', () => {
    const sources = [{ 'AWS:UserId': 'AIDAFORGED' }, { 'aws:userid': undefined }]
    expect(() => requestContext(allEntries(sources))).toThrow('given twice, in two spellings')
  })
})
