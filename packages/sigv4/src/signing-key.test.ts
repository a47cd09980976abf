import { afterEach, describe, expect, it, vi } from 'vitest'
import { toHex } from './digest.js'
import { type KeySource, signingKey } from './signing-key.js'

const source: KeySource = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  day: '20150830',
  region: 'us-east-1',
  service: 'iam',
}

/** How many keys WebCrypto has to make for one of ours: five where it is derived, none where it was kept. */
async function work(ask: KeySource): Promise<number> {
  const importKey = vi.spyOn(crypto.subtle, 'importKey')
  await signingKey(ask)
  const calls = importKey.mock.calls.length
  importKey.mockRestore()
  return calls
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('signingKey', () => {
  it('is the one that AWS derives', async () => {
    const hash = 'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59'
    const text = `AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n${hash}`
    expect(toHex(await (await signingKey(source))(text))).toBe(
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    )
  })

  it('is derived once for a key, a day, a region and a service', async () => {
    const first = { ...source, accessKeyId: 'ONCE' }
    expect(await work(first)).toBe(5)
    expect(await work(first)).toBe(0)
    expect(await work({ ...first, day: '20150831' })).toBe(5)
    expect(await work({ ...first, region: 'eu-west-1' })).toBe(5)
    expect(await work({ ...first, service: 'sts' })).toBe(5)
  })

  it('never outlives the secret it was made of', async () => {
    const before = toHex(await (await signingKey(source))('text'))
    const changed = { ...source, secretAccessKey: 'another' }
    const after = toHex(await (await signingKey(changed))('text'))
    expect(after).not.toBe(before)
    expect(await work(source)).toBe(5)
  })

  it('keeps a thousand, and lets go of the one that was not asked for longest', async () => {
    const numbered = (i: number) => ({ ...source, accessKeyId: `KEY${i}` })
    for (let i = 0; i < 1000; i++) await signingKey(numbered(i))
    expect(await work(numbered(0))).toBe(0)
    await signingKey(numbered(1000))
    expect(await work(numbered(0))).toBe(0)
    expect(await work(numbered(1))).toBe(5)
  })
})
