import { describe, expect, it } from 'vitest'
import { markOf } from '../guard/mark.js'
import { declareHandler } from './declare.js'

describe('declareHandler', () => {
  it('does the same as the handler, which stays without a mark', () => {
    const handler = function (this: { readonly by: number }, given: number): number {
      return given * this.by
    }
    const declared = declareHandler(handler, { kind: 'public', reason: 'why' })
    expect(declared.call({ by: 3 }, 2)).toBe(6)
    expect(markOf(declared)).toEqual({ kind: 'public', reason: 'why' })
    expect(markOf(handler)).toBeUndefined()
  })

  it.each([[undefined], [''], [' '], [null], [true], [() => true]])(
    'refuses %o for a reason',
    (reason) => {
      const declare = (kind: 'public' | 'unguarded') => () =>
        declareHandler(() => {}, { kind, reason: reason as string })
      expect(declare('public')).toThrow(
        "invalid route `public`: say why in a few words, such as `publicRoute('load balancer')`",
      )
      expect(declare('unguarded')).toThrow(
        "invalid route `unguarded`: say why in a few words, such as `unguarded('counts calls', limiter)`",
      )
    },
  )

  it.each([[undefined], ['web'], [{}]])('refuses %o for a handler', (handler) => {
    expect(() =>
      declareHandler(handler as never, { kind: 'unguarded', reason: 'counts calls' }),
    ).toThrow('invalid route `unguarded`: the handler is no function')
  })
})
