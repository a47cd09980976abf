import { describe, expect, it } from 'vitest'
import type { DecisionRow } from '../parts/decisions.js'
import { renderChart } from './chart.js'

const row = (engine: string, kind: DecisionRow['kind'], quietNs: number) =>
  ({ scenario: 'W1', engine, kind, quietNs }) as DecisionRow
const machine = { cpu: 'a <cpu>', node: '20.19.0' } as Parameters<typeof renderChart>[1]

const widths = (svg: string) =>
  [...svg.matchAll(/<rect x="170" [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))

describe('renderChart', () => {
  const scenarios = [
    { id: 'W1', title: 'tiny' },
    { id: 'W2', title: 'nobody was timed here' },
  ]
  const rows = [row('peer', 'peer', 5000), row('iamkit', 'iamkit', 50), row('hand', 'floor', 5)]
  const svg = renderChart({ scenarios, rows, omitted: [] }, machine)

  it('sets the fastest first, on a scale of powers of ten', () => {
    expect(widths(svg)).toEqual([3, 170, 509])
    expect(svg.indexOf('>hand<')).toBeLessThan(svg.indexOf('>iamkit<'))
  })

  it('leaves out a scenario without bars', () => {
    expect(svg).toContain('W1  tiny')
    expect(svg).not.toContain('nobody')
  })

  it('writes text as text', () => {
    expect(svg).toContain('a &lt;cpu>')
  })
})
