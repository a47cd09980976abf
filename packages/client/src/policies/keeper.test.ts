import { describe, expect, it } from 'vitest'
import { Keeper } from './keeper.js'
import { type Kept, parseKept } from './kept-copy.js'

const kept = (seq: number): Kept => ({
  snapshot: {
    format: 1,
    account: '111122223333',
    seq,
    principals: {},
    documents: {},
    resources: {},
  },
  confirmed: 1,
})

describe('Keeper', () => {
  it('writes the newest, and not each that came while it wrote', async () => {
    const written: number[] = []
    let finish = () => {}
    const copy = {
      read: async () => undefined,
      write: async (text: string) => {
        written.push(parseKept(text).snapshot.seq)
        await new Promise<void>((resolve) => {
          finish = resolve
        })
      },
    }
    const keeper = new Keeper(copy, (error) => expect.fail(String(error)))
    let seq = 1
    const keep = () => keeper.keep(() => kept(seq), { isNew: true })
    keep()
    await expect.poll(() => written).toEqual([1])
    for (seq = 2; seq < 9; seq += 1) keep()
    finish()
    await expect.poll(() => written).toEqual([1, 9])
  })
})
