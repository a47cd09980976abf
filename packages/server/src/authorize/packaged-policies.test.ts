import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { membersOf, readPackaged, streamPackaged } from './packaged-policies.js'

async function* cut(text: string, size: number) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

describe('membersOf', () => {
  it('gives the members of an object as they are, for every cut', async () => {
    const member = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
    const object = fc.dictionary(fc.string(), member)
    const property = fc.asyncProperty(
      object,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 4),
      async (value, size, blanks) => {
        const texts = await all(membersOf(cut(JSON.stringify(value, null, blanks), size)))
        const members: unknown[] = JSON.parse(JSON.stringify(Object.values(value)))
        expect(texts.map((text) => JSON.parse(text))).toEqual(members)
      },
    )
    await fc.assert(property)
  })
})

describe('streamPackaged', () => {
  it('reads what readPackaged does', async () => {
    const policies = await all(streamPackaged())
    expect(policies).toHaveLength(1594)
    const said = ({ arn, latestVersionId, versions }: (typeof policies)[number]) =>
      `${arn} ${latestVersionId} ${JSON.stringify(versions[latestVersionId])}`
    expect(policies.map(said)).toEqual(readPackaged().map(said))
  })
})
