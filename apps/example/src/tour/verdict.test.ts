import { describe, expect, it } from 'vitest'
import type { Visit } from './tour.js'
import { verdictOf } from './verdict.js'

const visit = (number: number, status: number): Visit => ({
  number,
  status,
  step: { says: 'Somebody calls', method: 'GET', path: '/folders', status: 200 },
  why: [],
})

describe('verdictOf', () => {
  it('is good when every call was answered as expected', () => {
    expect(verdictOf([visit(1, 200), visit(2, 200)])).toEqual({
      isGood: true,
      text: 'All 2 calls were answered as the policies say.',
    })
  })

  it('names the calls that were not', () => {
    expect(verdictOf([visit(1, 403), visit(2, 200), visit(3, 500)])).toEqual({
      isGood: false,
      text: '2 of 3 calls were answered otherwise than expected: 1, 3',
    })
  })
})
