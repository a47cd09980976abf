import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docsIam, httpRequest } from '../../test/docs.js'
import { clientAddress } from './client-address.js'

const proxies = ['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.7']

function find(remoteAddress: string, forwarded?: string | readonly string[]): string | undefined {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return clientAddress(proxies)(httpRequest({ remoteAddress, headers }))
}

describe('clientAddress', () => {
  it.each<[string, string, string | readonly string[] | undefined, string]>([
    ['the socket’s where it is no proxy', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['the socket’s where a proxy calls itself', '10.0.0.1', undefined, '10.0.0.1'],
    ['what a proxy says', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['what a proxy says over IPv6', '2001:db8:ffff::1', '2001:db8::9', '2001:db8::9'],
    ['what a proxy on a mapped address says', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    [
      'the rightmost that is no proxy',
      '10.0.0.1',
      '1.1.1.1, 198.51.100.1, 10.0.0.2',
      '198.51.100.1',
    ],
    [
      'the rightmost over several headers',
      '10.0.0.1',
      ['1.1.1.1', '198.51.100.1,192.0.2.7'],
      '198.51.100.1',
    ],
    ['the leftmost where all are proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['never what stands left of the caller', '10.0.0.1', 'nonsense, 198.51.100.1', '198.51.100.1'],
    ['an address without its port', '10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['an IPv6 address out of its brackets', '10.0.0.1', '[2001:db8::9]:4711', '2001:db8::9'],
    ['the socket’s where the header is empty', '10.0.0.1', ' ', '10.0.0.1'],
  ])('is %s', (...[, remoteAddress, forwarded, expected]) => {
    expect(find(remoteAddress, forwarded)).toBe(expected)
  })

  it.each([
    'unknown',
    '_hidden',
    '198.51.100.256',
    '198.51.100.1.example',
    '',
    '1.1.1.1,',
    '::1::2',
    '*',
  ])('refuses `%s` from a proxy', (hop) => {
    expect(() => find('10.0.0.1', `1.1.1.1, ${hop}`)).toThrow(
      expect.objectContaining({ code: 'ERR_REQUEST_INVALID', key: 'x-forwarded-for' }),
    )
  })

  it('looks at no header where no proxy is trusted', () => {
    const request = httpRequest({
      remoteAddress: '10.0.0.1',
      headers: { 'x-forwarded-for': '1.1.1.1' },
    })
    expect(clientAddress()(request)).toBe('10.0.0.1')
  })

  it('is absent on a Unix socket', () => {
    const request = httpRequest({
      remoteAddress: undefined,
      headers: { 'x-forwarded-for': '1.1.1.1' },
    })
    expect(clientAddress(proxies)(request)).toBeUndefined()
  })

  it('does not depend on what the caller wrote, for every header that it sends', () => {
    const property = fc.property(fc.string(), (written) => {
      expect(find('10.0.0.1', `${written}, 198.51.100.1, 10.0.0.2`)).toBe('198.51.100.1')
    })
    fc.assert(property)
  })

  it.each([['10.0.0.0/33'], ['proxy.example.com'], [''], ['*'], ['0.0.0.0/0'], ['::/0']])(
    'refuses to start with `%s`',
    (range) => {
      expect(() => docsIam(undefined, { trustedProxies: [range] })).toThrow(
        expect.objectContaining({ code: 'ERR_IAM_OPTIONS_INVALID', option: 'trustedProxies' }),
      )
    },
  )

  it('gives `aws:SourceIp` to policies, and 400 to what is no address', async () => {
    const { iam } = docsIam(
      {
        Statement: {
          Effect: 'Allow',
          Action: 'docs:*',
          Resource: '*',
          Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
        },
      },
      { trustedProxies: ['203.0.113.9/32'] },
    )
    const ask = async (forwarded: string) => {
      const headers = { 'x-forwarded-for': forwarded }
      return (await iam.guard(iam.route('docs:GetDocument'), httpRequest({ headers }))).kind
    }
    expect([await ask('198.51.100.7'), await ask('198.51.101.7'), await ask('x')]).toEqual([
      'allowed',
      'denied',
      'invalid',
    ])
  })
})
