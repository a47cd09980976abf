import { describe, expect, it } from 'vitest'
import { httpRequest } from '../../test/docs.js'
import { bearerToken } from './bearer-token.js'

const read = (...authorization: string[]) =>
  bearerToken(httpRequest({ headers: { authorization } }))

describe('bearerToken', () => {
  it.each(['Bearer abc.def-_~+/==', 'bearer abc.def-_~+/==', 'BEARER   abc.def-_~+/=='])(
    'reads the token in `%s`',
    (header) => {
      expect(read(header)).toBe('abc.def-_~+/==')
    },
  )

  it('finds no credentials where there is no header', () => {
    expect(read()).toBeUndefined()
    expect(read('')).toBeUndefined()
  })

  it.each(['Basic YTpi', 'DPoP abc', 'BearerX abc', 'Bearer-abc', 'Bearerabc', 'Bearer\u00a0abc'])(
    'takes `%s` for no bearer token at all',
    (header) => {
      expect(read(header)).toBeUndefined()
    },
  )

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer a,b',
    'Bearer abc, Bearer def',
    'Bearer "abc"',
    'Bearer a=b',
    'Bearer ä',
    'Bearer \tabc',
    'Bearer abc\u0000',
  ])('refuses the malformed `%s`', (header) => {
    expect(read(header)).toMatchObject({ problem: 'invalid_request' })
  })

  it('refuses more than one header, though they be equal', () => {
    expect(read('Bearer abc', 'Bearer abc')).toMatchObject({ problem: 'invalid_request' })
    expect(read('Basic YTpi', 'Bearer abc')).toMatchObject({ problem: 'invalid_request' })
  })
})
