import { describe, expect, it } from 'vitest'
import { renderTable } from './table.js'

describe('renderTable', () => {
  it('sets the first column left and the others right', () => {
    const rows = [
      ['iamkit', '42 ns'],
      ['by hand', '9 ns'],
    ]
    expect(renderTable(['engine', 'quiet'], rows)).toBe(
      ['engine   quiet', '───────  ─────', 'iamkit   42 ns', 'by hand   9 ns'].join('\n'),
    )
  })
})
