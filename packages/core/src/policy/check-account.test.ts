import { describe, expect, it } from 'vitest'
import { isAccount } from './check-account.js'

describe('isAccount', () => {
  it.each(['111122223333', '000000000000', 'acme', 'acme-2', 'a', '1a', 'a'.repeat(63)])(
    'takes `%s`',
    (text) => {
      expect(isAccount(text)).toBe(true)
    },
  )

  it.each([
    '',
    '1',
    '11112222333',
    '1111222233334',
    '1111-2222-3333',
    'Acme',
    'acme_2',
    'ac me',
    'acme\n',
    '*',
    '${aws:PrincipalAccount}',
    'a'.repeat(64),
  ])('refuses %j', (text) => {
    expect(isAccount(text)).toBe(false)
  })
})
