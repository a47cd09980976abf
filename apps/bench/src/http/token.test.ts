import { describe, expect, it } from 'vitest'
import { createToken } from './token.js'

describe('createToken', () => {
  it('signs claims that hold for an hour', () => {
    const [, claims = ''] = createToken(1_700_000_000_000).split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'bench-login',
      aud: 'bench',
      sub: 'u0',
      team: 'red',
      iat: 1_700_000_000,
      exp: 1_700_003_600,
    })
  })
})
