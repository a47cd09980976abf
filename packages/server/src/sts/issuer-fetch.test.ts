import { describe, expect, it } from 'vitest'
import { createIssuerFetch } from './issuer-fetch.js'

const signal = () => AbortSignal.timeout(5000)

describe('createIssuerFetch', () => {
  it.each([
    'https://127.0.0.1:1/',
    'https://127.1:1/',
    'https://2130706433:1/',
    'https://[::1]:1/',
    'https://[::ffff:127.0.0.1]:1/',
    'https://localhost:1/',
    'https://169.254.169.254/latest/meta-data/',
  ])('never calls %s', async (address) => {
    const fetch = createIssuerFetch({ innerIssuers: ['https://127.0.0.1:2'] })
    await expect(fetch(address, { signal: signal() })).rejects.toThrow(
      'the address of the issuer is not public',
    )
  })

  it.each(['http://127.0.0.1:1/', 'http://issuer.example/', 'file:///etc/passwd', 'data:,{}'])(
    'asks over https only: %s',
    async (address) => {
      await expect(createIssuerFetch()(address, { signal: signal() })).rejects.toThrow(
        'an issuer is asked over https only',
      )
    },
  )

  it('calls an origin that is named, at its own port', async () => {
    const fetch = createIssuerFetch({ innerIssuers: ['http://127.0.0.1:1/'] })
    await expect(fetch('http://127.0.0.1:1/keys', { signal: signal() })).rejects.toThrow(
      'ECONNREFUSED',
    )
  })

  it.each(['login', '*', 'https://login.example/path', 'ftp://login.example', 'https://a@b'])(
    'takes no %s for an origin',
    (text) => {
      expect(() => createIssuerFetch({ innerIssuers: [text] })).toThrow('is no origin')
    },
  )
})
