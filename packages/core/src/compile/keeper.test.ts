import { describe, expect, it } from 'vitest'
import { createKeeper, type Forgettable } from './keeper.js'

function thing(): Forgettable & { isForgotten: boolean } {
  const made = { used: true, isForgotten: false, forget: () => undefined as unknown }
  return Object.assign(made, {
    forget() {
      made.isForgotten = true
    },
  }) as Forgettable & { isForgotten: boolean }
}

describe('createKeeper', () => {
  it('forgets nothing while there is room', () => {
    const keeper = createKeeper(3)
    const things = [thing(), thing(), thing()]
    for (const one of things) keeper.keep(one)
    expect(things.map(({ isForgotten }) => isForgotten)).toEqual([false, false, false])
  })

  it('lets go of what was not used since the hand last passed', () => {
    const keeper = createKeeper(3)
    const things = [thing(), thing(), thing()]
    for (const one of things) keeper.keep(one)
    keeper.keep(thing())
    const [first, second, third] = things
    expect(first?.isForgotten).toBe(true)
    if (second) second.used = true
    keeper.keep(thing())
    expect([second?.isForgotten, third?.isForgotten]).toEqual([false, true])
  })

  it('never holds more than its capacity, for a flood of things in use', () => {
    const keeper = createKeeper(10)
    const things = Array.from({ length: 1000 }, thing)
    for (const one of things) keeper.keep(one)
    expect(things.filter(({ isForgotten }) => !isForgotten)).toHaveLength(10)
  })
})
