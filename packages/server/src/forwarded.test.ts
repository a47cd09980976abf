import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOrigin } from './forwarded.js'

const originOf = createOrigin(['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.7'])

function find(sourceIp: string | undefined, forwarded: readonly string[] = [], proto?: string) {
  const headers: Readonly<Record<string, readonly string[]>> = {
    'x-forwarded-for': forwarded,
    'x-forwarded-proto': proto === undefined ? [] : [proto],
  }
  return originOf({ sourceIp, isSecure: false }, (name) => headers[name] ?? [])
}

describe('createOrigin', () => {
  it.each<[string, string, readonly string[], string]>([
    ['the socket’s where it is no proxy', '203.0.113.9', ['198.51.100.1'], '203.0.113.9'],
    ['the socket’s where a proxy calls itself', '10.0.0.1', [], '10.0.0.1'],
    ['what a proxy says', '10.0.0.1', ['198.51.100.1'], '198.51.100.1'],
    ['what a proxy on a mapped address says', '::ffff:10.0.0.1', ['198.51.100.1'], '198.51.100.1'],
    ['what a proxy says over IPv6', '2001:db8:ffff::1', ['2001:db8::9'], '2001:db8::9'],
    [
      'the rightmost that is no proxy',
      '10.0.0.1',
      ['1.1.1.1, 198.51.100.1', '10.0.0.2'],
      '198.51.100.1',
    ],
    ['the leftmost where all are proxies', '10.0.0.1', ['10.0.0.3,192.0.2.7'], '10.0.0.3'],
    ['without a port', '10.0.0.1', ['198.51.100.1:4711'], '198.51.100.1'],
    ['without brackets', '10.0.0.1', ['[2001:db8::9]:4711'], '2001:db8::9'],
  ])('gives %s', (...[, socket, forwarded, sourceIp]) => {
    expect(find(socket, forwarded)?.sourceIp).toBe(sourceIp)
  })

  it('believes only a trusted proxy about TLS, and of several the nearest', () => {
    expect(find('203.0.113.9', [], 'https')?.isSecure).toBe(false)
    expect(find('10.0.0.1', ['198.51.100.1'], 'https')?.isSecure).toBe(true)
    expect(find('10.0.0.1', ['198.51.100.1'], 'https, http')?.isSecure).toBe(false)
    expect(find('10.0.0.1', ['198.51.100.1'])?.isSecure).toBe(false)
  })

  it.each(['unknown', '198.51.100.256', '1.1.1.1,', '::1::2', '*'])('takes no `%s`', (hop) => {
    expect(find('10.0.0.1', [`1.1.1.1, ${hop}`])).toBeUndefined()
  })

  it('does not depend on what the caller wrote, for every header that it sends', () => {
    const property = fc.property(fc.string(), (written) => {
      expect(find('10.0.0.1', [`${written}, 198.51.100.1, 10.0.0.2`])?.sourceIp).toBe(
        '198.51.100.1',
      )
    })
    fc.assert(property)
  })

  it('looks at no header where no proxy is trusted', () => {
    const origin = createOrigin()({ sourceIp: '10.0.0.1', isSecure: false }, () => ['1.1.1.1'])
    expect(origin).toEqual({ sourceIp: '10.0.0.1', isSecure: false })
  })

  it.each(['10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', 'proxy', '', '::/129'])(
    'does not start with `%s`',
    (range) => {
      expect(() => createOrigin([range])).toThrow(TypeError)
    },
  )
})
