import { requestContext } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { httpRequest } from '../../test/docs.js'
import { clientAddress } from './client-address.js'
import { CIRCUMSTANCE_KEYS, circumstance, connectionEntries } from './request-keys.js'

describe('circumstance', () => {
  const about = { time: Date.parse('2026-05-01T12:00:00.999Z'), resourceAccount: 'acme' }

  it('gives the time twice, as a date and in whole seconds', () => {
    const entries = CIRCUMSTANCE_KEYS.map((key) => [
      key,
      circumstance({ ...about, region: 'eu-west-1' }, key),
    ])
    expect(Object.fromEntries(entries)).toEqual({
      'aws:CurrentTime': new Date('2026-05-01T12:00:00.999Z'),
      'aws:EpochTime': 1777636800,
      'aws:ResourceAccount': 'acme',
      'aws:RequestedRegion': 'eu-west-1',
      'aws:ViaAWSService': false,
    })
  })

  it('knows no region where the app has none', () => {
    expect(circumstance(about, 'aws:RequestedRegion')).toBeUndefined()
  })

  it.each(['aws:CurrentTime', 'aws:EpochTime'])('leaves a `%s` that is none to core', (key) => {
    const value = circumstance({ ...about, time: Number.NaN }, key)
    expect(() => requestContext({ [key]: value })).toThrow('a valid date')
  })
})

describe('connectionEntries', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    [undefined, undefined],
  ])('reads the socket’s address `%s` as `%s`', (remoteAddress, expected) => {
    expect(connectionEntries(httpRequest({ remoteAddress }), clientAddress())['aws:SourceIp']).toBe(
      expected,
    )
  })

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'true-client-ip'])(
    'believes no `%s`',
    (name) => {
      const request = httpRequest({
        headers: { [name]: '192.0.2.1', 'x-forwarded-proto': 'https' },
      })
      expect(connectionEntries(request, clientAddress())).toEqual({
        'aws:SourceIp': '203.0.113.9',
        'aws:SecureTransport': false,
        'aws:UserAgent': undefined,
        'aws:referer': undefined,
      })
    },
  )

  it('cuts what the caller chose to send', () => {
    const request = httpRequest({ headers: { 'user-agent': 'x'.repeat(10_000) } })
    expect(connectionEntries(request, clientAddress())['aws:UserAgent']).toHaveLength(2048)
  })
})
