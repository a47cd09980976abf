import { describe, expect, it } from 'vitest'
import { Oracle } from './oracle.js'

const told = (at: number, answers?: string) => ({
  from: at,
  to: at,
  isLive: true,
  answered: 0,
  unanswered: 0,
  ...(answers !== undefined && { answers }),
})

describe('Oracle', () => {
  it('lets either answer pass while a change is on its way, and until the limit is over', () => {
    const oracle = new Oracle(1, 100)
    oracle.sent(0, true, 1_000)
    for (const answers of ['0', '1']) oracle.judge(told(1_005, answers), 'a')
    oracle.acknowledged(0, 1_010)
    for (const answers of ['0', '1']) oracle.judge(told(1_110, answers), 'a')
    expect(oracle.tally).toMatchObject({ served: 4, wrongAllows: 0, wrongDenials: 0 })
    oracle.judge(told(1_111, '0'), 'a')
    expect(oracle.tally).toMatchObject({ wrongAllows: 0, wrongDenials: 1 })
  })

  it('counts an allow before it was ever asked for, and one that outlives the limit', () => {
    const oracle = new Oracle(2, 100)
    oracle.judge(told(900, '10'), 'a')
    oracle.sent(1, true, 1_000)
    oracle.acknowledged(1, 1_001)
    oracle.sent(1, false, 2_000)
    oracle.acknowledged(1, 2_001)
    oracle.judge(told(2_102, '01'), 'b')
    expect(oracle.tally).toMatchObject({
      wrongAllows: 2,
      examples: ['a: subject 0 was allowed', 'b: subject 1 was allowed'],
    })
    expect(oracle.expected).toBe('00')
  })

  it('counts what was refused', () => {
    const oracle = new Oracle(3, 100)
    oracle.judge(told(1_000), 'a')
    expect(oracle.tally).toMatchObject({ served: 0, refused: 3 })
  })
})
