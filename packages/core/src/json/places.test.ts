import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonNode } from './node.js'
import { visitPlaces } from './places.js'
import { nodeAt, stepsOf } from './pointer.js'
import { readJson } from './read.js'

function treeOf(text: string): JsonNode {
  return readJson(text, { length: 100_000, depth: 32 }).node ?? expect.fail('no JSON')
}

function placesOf(root: JsonNode): readonly string[] {
  const places: string[] = []
  visitPlaces(root, (place, pointer) => places.push(`${pointer}@${place.start}`))
  return places
}

describe('visitPlaces', () => {
  it('goes through values and keys in the order of the document', () => {
    expect(placesOf(treeOf('{"a": [1, {"b/c": 2}], "d": {}}'))).toEqual([
      '@0',
      '/a@1',
      '/a@6',
      '/a/0@7',
      '/a/1@10',
      '/a/1/b~1c@11',
      '/a/1/b~1c@18',
      '/d@23',
      '/d@28',
    ])
  })

  it('goes through both members of a key given twice', () => {
    expect(placesOf(treeOf('{"a":1,"a":2}'))).toEqual(['@0', '/a@1', '/a@5', '/a@7', '/a@11'])
  })

  it('gives pointers that lead to their values, for every document', () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      const root = treeOf(JSON.stringify(value))
      visitPlaces(root, (place, pointer) => {
        if ('kind' in place) expect(nodeAt(root, stepsOf(pointer))).toBe(place)
      })
    })
    fc.assert(property)
  })
})
