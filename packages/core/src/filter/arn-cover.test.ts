import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchGlob, parseGlob } from '../glob/glob.js'
import { coverFormula } from './arn-cover.js'
import type { ArnPart } from './filter-query.js'
import { conditionOf, type Formula } from './formula.js'
import { selectRows } from './select-rows.js'

const refuse = (obstacle: string): Formula => {
  throw new Error(obstacle)
}
/** Short parts, so that patterns and texts often meet. */
const TAIL: readonly ArnPart[] = ['a', '/', { param: 'x' }, '/', 'b', ':', { param: 'y' }]
const text = fc.stringMatching(/^[ab]{1,3}$/)
const pattern = fc.oneof(
  fc.stringMatching(/^[ab*?/:]{0,12}$/),
  fc.stringMatching(/^a\/[ab*?]{0,4}\/b:[ab*?]{0,4}$/),
  fc.stringMatching(/^a[/?*][ab*?]{0,3}[/*?]?b[:?*]?[ab*?]{0,3}$/),
)

function covers(formula: Formula, params: Readonly<Record<string, string>>): boolean {
  if (typeof formula === 'boolean') return formula
  const filter = { kind: 'where', condition: conditionOf(formula) } as const
  return selectRows(filter, [params], (one) => ({ params: one })).length === 1
}

describe('coverFormula', () => {
  it('covers what the pattern covers once the placeholders are filled, for every pattern', () => {
    const property = fc.property(pattern, text, text, (written, x, y) => {
      fc.pre(written.replaceAll(/[^*?]/g, '').length <= 6)
      const tokens = parseGlob(written)
      expect(covers(coverFormula(tokens, TAIL, refuse), { x, y })).toBe(
        matchGlob(tokens, `a/${x}/b:${y}`),
      )
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('stops at seven wildcards, though each could be tried', () => {
    expect(() => coverFormula(parseGlob('*a*a*a*a*a*a*'), TAIL, refuse)).toThrow(
      'a resource with more than 6 wildcards',
    )
  })

  it('answers at once for a pattern of 60,000 characters with 6 stars', () => {
    const long = `a/${`${'a'.repeat(10_000)}*`.repeat(6)}`
    const start = performance.now()
    coverFormula(parseGlob(long), TAIL, refuse)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
