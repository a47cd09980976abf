import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../policy/parse.js'
import { compile } from './compile.js'

function sidsFor(action: string): readonly (string | undefined)[] {
  const policy = compile(
    parsePolicy({
      Statement: [
        { Sid: 'docs', Effect: 'Allow', Action: ['docs:Get*', 'DOCS:Put'], Resource: '*' },
        { Sid: 'all', Effect: 'Allow', Action: '*', Resource: '*' },
        { Sid: 'mail', Effect: 'Allow', Action: 'mail:Send', Resource: '*' },
        { Sid: 'both', Effect: 'Allow', Action: ['mail:Send', 'docs:Get'], Resource: '*' },
        { Sid: 'not', Effect: 'Deny', NotAction: 'docs:*', Resource: '*' },
        { Sid: 'none', Effect: 'Deny', Action: [], Resource: '*' },
        { Sid: 'mixed', Effect: 'Allow', Action: ['mail:Send', '*:*'], Resource: '*' },
      ],
    }),
  )
  return policy.index.candidates(action).map(({ source }) => source.sid)
}

describe('candidates', () => {
  it('are the statements of the service and those of every service, in document order', () => {
    expect(sidsFor('docs:anything')).toEqual(['docs', 'all', 'both', 'not', 'mixed'])
    expect(sidsFor('mail:send')).toEqual(['all', 'mail', 'both', 'not', 'mixed'])
  })

  it('are those of every service for a service that no statement names', () => {
    expect(sidsFor('other:get')).toEqual(['all', 'not', 'mixed'])
    expect(sidsFor('constructor:get')).toEqual(['all', 'not', 'mixed'])
    expect(sidsFor('no colon')).toEqual(['all', 'not', 'mixed'])
  })

  it('are the same list when asked again', () => {
    const { index } = compile(
      parsePolicy({ Statement: { Effect: 'Allow', Action: 'docs:Get', Resource: '*' } }),
    )
    expect(index.candidates('docs:get')).toBe(index.candidates('docs:put'))
  })

  it('cost no more memory than the policy, for many services beside many unbound statements', () => {
    const wide = { Effect: 'Allow', Action: '*', Resource: '*' }
    const narrow = Array.from({ length: 60_000 }, (_, i) => `s${i}:A`)
    const policy = compile(
      parsePolicy({
        Statement: [
          { Effect: 'Allow', Action: narrow, Resource: '*' },
          ...Array.from({ length: 15_000 }, () => wide),
        ],
      }),
    )
    expect(policy.index.candidates('s59999:a')).toHaveLength(15_001)
  })
})
