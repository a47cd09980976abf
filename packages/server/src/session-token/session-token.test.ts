import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Session } from '../authenticate/caller.js'
import { createVault } from '../vault/vault.js'
import { createVaultKey, parseVaultKeys } from '../vault/vault-key.js'
import { openSessionToken, packedSize, sealSession } from './session-token.js'

const vault = createVault(parseVaultKeys(createVaultKey()))
const session: Session = {
  account: '111122223333',
  accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  issued: '2026-05-01T12:00:00.000Z',
  expires: '2026-05-01T13:00:00.000Z',
  kind: 'role',
  subject: 'AROAEXAMPLEEXAMPLE123',
  name: 'night',
}

describe('sealSession', () => {
  it('keeps a session, and shows nothing of it', () => {
    const token = sealSession(session, vault)
    expect(openSessionToken(token, session.accessKeyId, vault)).toEqual(session)
    expect(token).not.toContain('wJalr')
    expect(token.length).toBeLessThan(500)
  })

  it('is short for long policies that say the same again', () => {
    const policies = [
      JSON.stringify({ Statement: Array(30).fill({ Effect: 'Allow', Action: '*' }) }),
    ]
    const said = { ...session, policies }
    const token = sealSession(said, vault)
    expect(openSessionToken(token, session.accessKeyId, vault)).toEqual(said)
    expect(token.length).toBeLessThan(700)
  })

  it('keeps whatever a session says, for every name, tag and policy', () => {
    const property = fc.property(
      fc.dictionary(fc.string({ minLength: 1 }), fc.string()),
      fc.array(fc.string({ maxLength: 2048 }), { maxLength: 3 }),
      (tags, policies) => {
        const said = { ...session, tags: { ...tags }, policies }
        const opened = openSessionToken(sealSession(said, vault), session.accessKeyId, vault)
        expect(opened).toEqual(JSON.parse(JSON.stringify(said)))
      },
    )
    fc.assert(property, { numRuns: 50 })
  })
})

describe('openSessionToken', () => {
  it('opens no token beside another key, and none of another vault', () => {
    const token = sealSession(session, vault)
    expect(openSessionToken(token, 'ASIAEXAMPLEEXAMPLE34', vault)).toBeUndefined()
    const other = createVault(parseVaultKeys(createVaultKey()))
    expect(openSessionToken(token, session.accessKeyId, other)).toBeUndefined()
  })

  it('says undefined of every other text', () => {
    const property = fc.property(fc.string(), (text) => {
      expect(openSessionToken(text, session.accessKeyId, vault)).toBeUndefined()
    })
    fc.assert(property)
  })
})

describe('packedSize', () => {
  it('is small for what policies mostly say', () => {
    const policy =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
    expect(packedSize({ policies: [policy] })).toBeLessThan(128)
    expect(packedSize({ tags: { a: 'x'.repeat(256) } })).toBeLessThan(64)
  })
})
