import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVault } from './vault.js'
import { createVaultKey, parseVaultKeys } from './vault-key.js'

const oldKey = createVaultKey()
const newKey = createVaultKey()
const vault = createVault(parseVaultKeys(oldKey))

describe('createVault', () => {
  it('opens what it sealed, for every text and purpose', () => {
    const text = fc.string({ unit: 'grapheme' })
    const property = fc.property(text, text, (plain, purpose) => {
      expect(vault.open(vault.seal(plain, purpose), purpose)).toBe(plain)
    })
    fc.assert(property)
  })

  it('seals the same text differently each time', () => {
    expect(vault.seal('secret', 'a')).not.toBe(vault.seal('secret', 'a'))
  })

  it('does not open for another purpose', () => {
    const sealed = vault.seal('secret', 'access-key/AKIA1')
    expect(() => vault.open(sealed, 'access-key/AKIA2')).toThrow(
      'a sealed text was changed, or sealed for another purpose',
    )
  })

  it('opens texts of a key that is still known, and seals under the first', () => {
    const rotating = createVault(parseVaultKeys(`${newKey},${oldKey}`))
    expect(rotating.open(vault.seal('secret', 'a'), 'a')).toBe('secret')
    expect(createVault(parseVaultKeys(newKey)).open(rotating.seal('secret', 'a'), 'a')).toBe(
      'secret',
    )
  })

  it('refuses texts of a key that is not known', () => {
    const other = createVault(parseVaultKeys(newKey))
    expect(() => other.open(vault.seal('secret', 'a'), 'a')).toThrow(
      'the key that sealed this text is not known',
    )
  })

  it('throws nothing but its own error, for every change to a sealed text', () => {
    const sealed = vault.seal('secret', 'a')
    const place = fc.nat(sealed.length - 1)
    const property = fc.property(place, fc.string({ maxLength: 3 }), (at, instead) => {
      const changed = sealed.slice(0, at) + instead + sealed.slice(at + 1)
      fc.pre(!sameBytes(changed, sealed))
      expect(() => vault.open(changed, 'a')).toThrow(expect.objectContaining({ code: 'ERR_VAULT' }))
    })
    fc.assert(property)
  })
})

/** Base64 that differs only in bits beyond the last byte, or in characters that are no base64, is the same text. */
function sameBytes(one: string, other: string): boolean {
  const [version, id, body, ...rest] = one.split('.')
  const [, otherId, otherBody] = other.split('.')
  if (version !== 'v1' || id !== otherId || rest.length > 0) return false
  return Buffer.from(body ?? '', 'base64url').equals(Buffer.from(otherBody ?? '', 'base64url'))
}
