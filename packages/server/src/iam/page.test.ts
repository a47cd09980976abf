import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOrder, pageOf } from './page.js'

const keyOf = (item: string) => item

describe('pageOf', () => {
  it('gives everything where it fits', () => {
    expect(pageOf(['a', 'b'], {}, { keyOf })).toEqual({
      items: ['a', 'b'],
      rest: { IsTruncated: false },
    })
  })

  it('does not call a page truncated that ends the list', () => {
    expect(pageOf(['a', 'b'], { MaxItems: 2 }, { keyOf }).rest).toEqual({ IsTruncated: false })
  })

  it('goes on after an item that is gone', () => {
    const { rest } = pageOf(['a', 'b', 'c'], { MaxItems: 2 }, { keyOf })
    const Marker = rest.Marker as string
    expect(pageOf(['a', 'c', 'd'], { Marker }, { keyOf }).items).toEqual(['c', 'd'])
  })

  it('gives each item once, in its order, for every list, filter and size of page', () => {
    const property = fc.property(
      fc.uniqueArray(fc.string(), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      (words, MaxItems, isCut) => {
        const list = inOrder(words, keyOf)
        const filter = (word: string) => !isCut || word.length % 2 === 0
        const found: string[] = []
        let Marker: string | undefined
        do {
          const page = pageOf(list, { MaxItems, Marker }, { keyOf, filter })
          found.push(...page.items)
          Marker = page.rest.Marker
        } while (Marker !== undefined)
        expect(found).toEqual(list.filter(filter))
      },
    )
    fc.assert(property)
  })
})
