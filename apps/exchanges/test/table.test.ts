import { describe, expect, it } from 'vitest'
import { EXCHANGES } from '../src/table/all.js'

const all = Object.values(EXCHANGES).flat()
const replies = all.flatMap(({ reply, ran = [], differs = {} }) => [
  { reply, ran },
  ...Object.values(differs).map((own) => ({ reply: own.reply ?? reply, ran: own.ran ?? ran })),
])

describe('the table of exchanges', () => {
  it('has 400 or more', () => {
    expect(all.length).toBeGreaterThanOrEqual(400)
  })

  it('says nothing twice', () => {
    const asked = all.map(({ ask }) => JSON.stringify(ask))
    expect(asked.filter((ask, i) => asked.indexOf(ask) !== i)).toEqual([])
  })

  it('expects no handler to run where the request is refused, on any framework', () => {
    expect(replies.filter(({ reply, ran }) => reply.status >= 400 && ran.length > 0)).toEqual([])
  })

  it('expects a handler to run where it is allowed', () => {
    expect(replies.filter(({ reply, ran }) => reply.status < 400 && ran.length !== 1)).toEqual([])
  })

  it('says why a framework differs, and differs in few', () => {
    const differing = all.filter(({ differs }) => differs)
    expect(
      differing
        .flatMap(({ differs = {} }) => Object.values(differs))
        .every(({ why }) => why.length > 20),
    ).toBe(true)
    expect(differing.length).toBeLessThan(all.length / 10)
  })
})
