import { describe, expect, it } from 'vitest'
import { createTally } from './caller.js'
import { isWell, renderSoaked } from './report.js'

const MEGABYTE = 1024 ** 2
const level = Array.from({ length: 31 }, (_, i) => ({ x: i / 3, y: 20 * MEGABYTE }))
const grown = level.map(({ x, y }) => ({ x, y: y + x * MEGABYTE }))
const warming = level.map(({ x, y }) => ({ x, y: y + Math.min(x, 3) * 10 * MEGABYTE }))
const good = { framework: 'Koa', tally: { ...createTally(), calls: 9 }, heap: level }

describe('a soak', () => {
  it('is well where all was right and the heap is level, once warm', () => {
    expect([good, { ...good, heap: warming }].map(isWell)).toEqual([true, true])
  })

  it.each([
    ['a decision was wrong', { wrong: 1 }],
    ['the app failed', { serverErrors: 1 }],
    ['no answer came', { unanswered: 1 }],
    ['nothing was asked', { calls: 0 }],
  ])('is not well where %s', (_title, change) => {
    expect(isWell({ ...good, tally: { ...good.tally, ...change } })).toBe(false)
  })

  it('is not well where the heap grows', () => {
    expect(isWell({ ...good, heap: grown })).toBe(false)
  })

  it('is told in one line, and by examples of what was wrong', () => {
    const tally = {
      ...createTally(),
      calls: 900,
      wrong: 1,
      left: 7,
      examples: ['wrong: 200 to /x'],
    }
    expect(renderSoaked({ framework: 'Koa', tally, heap: grown })).toBe(
      '✗ Koa     900 calls; 1 wrong, 0 5xx, 0 unanswered; 0 while policies changed, 7 left early; heap 30.0 MB, +1024 KB a minute\n' +
        '    wrong: 200 to /x',
    )
  })
})
