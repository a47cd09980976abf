import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword } from './password.js'

describe('hashPassword', () => {
  it('costs what OWASP asks for at the least, and says what it cost', async () => {
    const hash = await hashPassword('correct horse')
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/)
    expect(await isPassword('correct horse', hash)).toBe(true)
    expect(await isPassword('correct house', hash)).toBe(false)
  })
})

describe('isPassword', () => {
  it('knows a password that was hashed at another cost', async () => {
    const kept =
      'scrypt$32768$8$1$YFIq8OM/rJdxqSVGCPLZ4g==$os04D2SGTjINxTCR2gFlAGmz6iL//HPgXeyeCpq4TTw='
    expect(await isPassword('correct horse', kept)).toBe(true)
  })
})
