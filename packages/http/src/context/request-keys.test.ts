import { requestContext } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { httpRequest } from '../../test/docs.js'
import { clientAddress } from './client-address.js'
import { circumstanceEntries, connectionEntries } from './request-keys.js'

describe('circumstanceEntries', () => {
  it('gives the time twice, as a date and in whole seconds', () => {
    const time = new Date('2026-05-01T12:00:00.999Z')
    expect(circumstanceEntries({ time, resourceAccount: 'acme', region: 'eu-west-1' })).toEqual({
      'aws:CurrentTime': new Date('2026-05-01T12:00:00.999Z'),
      'aws:EpochTime': 1777636800,
      'aws:ResourceAccount': 'acme',
      'aws:RequestedRegion': 'eu-west-1',
      'aws:ViaAWSService': false,
    })
  })

  it('does not see what the app does with the time afterwards', () => {
    const time = new Date('2026-05-01T12:00:00.999Z')
    const entries = circumstanceEntries({ time, resourceAccount: 'acme' })
    time.setFullYear(1999)
    expect(entries['aws:CurrentTime']).toEqual(new Date('2026-05-01T12:00:00.999Z'))
  })

  it('leaves a time that is none to core, which refuses it', () => {
    const entries = circumstanceEntries({ time: new Date(Number.NaN), resourceAccount: 'acme' })
    expect(() => requestContext(entries)).toThrow('a valid date')
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
