import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalDigests, hmacSigner, sha256, toHex } from './digest.js'

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('sha256', () => {
  it('hashes text in UTF-8, and bytes', async () => {
    const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(await sha256('abc', undefined)).toBe(hash)
    expect(await sha256(Uint8Array.of(97, 98, 99), undefined)).toBe(hash)
    expect(await sha256(Uint8Array.of(0, 97, 98, 99).subarray(1), undefined)).toBe(hash)
  })
})

describe('hmac', () => {
  it('is that of RFC 4231, case 2', async () => {
    const key = await hmacSigner('Jefe', undefined)
    expect(toHex(await key('what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })
})

describe('equalDigests', () => {
  it('sees any one bit, for every digest', () => {
    const bit = fc.nat({ max: 255 })
    const property = fc.property(digest, bit, (bytes, i) => {
      const other = bytes.slice()
      other[i >> 3] = (other[i >> 3] ?? 0) ^ (1 << (i & 7))
      expect(equalDigests(bytes, bytes.slice())).toBe(true)
      expect(equalDigests(bytes, other)).toBe(false)
    })
    fc.assert(property)
  })

  it.each([0, 31, 33])('refuses %i bytes, though they be equal', (length) => {
    expect(equalDigests(new Uint8Array(length), new Uint8Array(length))).toBe(false)
    expect(equalDigests(new Uint8Array(32), new Uint8Array(length))).toBe(false)
  })
})
