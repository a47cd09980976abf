import { describe, expect, it } from 'vitest'
import { judge } from './caller.js'
import type { Call } from './calls.js'
import { DOCUMENTS, type Member, mayRead, PEOPLE } from './world.js'

const person = PEOPLE[0] as Member
const document = DOCUMENTS[0] as Member
const call: Call = {
  path: '/documents/d0',
  status: (closed) => (mayRead(person, document, closed) ? 200 : 403),
}

describe('judge', () => {
  it.each([
    ['an allow that is right', 200, ['blue'], 'right'],
    ['a denial that is right', 403, ['red'], 'right'],
    ['an allow though the team is closed', 200, ['red'], 'wrong'],
    ['a denial though the team is open', 403, ['blue'], 'wrong'],
    ['a denial by either of two policies', 200, ['red', 'red'], 'wrong'],
    ['an allow by one of two policies', 200, ['red', 'blue'], 'inDoubt'],
    ['a denial by one of two policies', 403, ['red', 'blue'], 'inDoubt'],
    ['a caller who is taken for nobody', 401, ['blue'], 'wrong'],
    ['an app that fails', 503, ['blue'], 'serverErrors'],
    ['an answer while nothing was in force', 200, [], 'wrong'],
  ] as const)('sees %s', (...[, status, closed, verdict]) => {
    expect(judge(call, status, closed)).toBe(verdict)
  })
})
