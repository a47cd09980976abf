import { describe, expect, it } from 'vitest'
import { credentials, emptyHash, scope } from '../test/by-hand.js'
import { sign } from './sign.js'

const url = 'https://docs.example.com/documents/42'

describe('sign', () => {
  it('adds the headers of a signature', async () => {
    const { headers } = await sign(new Request(url), credentials, scope)
    expect(Object.fromEntries(headers)).toEqual({
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260501/eu-west-1/docs/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=442cad9faa11cb869a46a221dab99b5a632be63ca33b8182dcb0f95f62f08edc',
      'x-amz-content-sha256': emptyHash,
      'x-amz-date': '20260501T120000Z',
    })
  })

  it('keeps method, headers and body, and leaves the request as it was', async () => {
    const request = new Request(url, {
      method: 'PUT',
      headers: { 'x-app': 'a' },
      body: 'text',
      redirect: 'manual',
    })
    const signed = await sign(request, credentials, scope)
    expect(signed).toMatchObject({ method: 'PUT', url, redirect: 'manual' })
    expect(signed.headers.get('x-app')).toBe('a')
    expect(await signed.text()).toBe('text')
    expect(request.headers.has('authorization')).toBe(false)
    expect(await request.text()).toBe('text')
  })

  it('signs again what was signed, with nothing left of before', async () => {
    const temporary = { ...credentials, sessionToken: 'token' }
    const once = await sign(new Request(url), temporary, scope)
    expect(once.headers.get('x-amz-security-token')).toBe('token')
    const twice = await sign(once, credentials, scope)
    expect([...twice.headers]).toEqual([
      ...(await sign(new Request(url), credentials, scope)).headers,
    ])
  })

  it('does not sign what changes on the way', async () => {
    const headers = { 'user-agent': 'a', 'cache-control': 'no-cache', 'x-amzn-trace-id': 'b' }
    const plain = await sign(new Request(url), credentials, scope)
    const signed = await sign(new Request(url, { headers }), credentials, scope)
    expect(signed.headers.get('authorization')).toBe(plain.headers.get('authorization'))
  })

  it('leaves a body out where the request asks for it, and does not read it', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error('was read')),
    })
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const request = new Request(url, { method: 'PUT', body, headers, duplex: 'half' })
    const signed = await sign(request, credentials, scope)
    expect(signed.headers.get('x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD')
  })

  it('refuses a header whose bytes are not certain', async () => {
    const request = new Request(url, { headers: { 'x-app': 'ä' } })
    await expect(sign(request, credentials, scope)).rejects.toMatchObject({
      code: 'IncompleteSignature',
      message: 'header `x-app` is not of visible ASCII',
    })
  })

  it('refuses a date that is none', async () => {
    const date = new Date(Number.NaN)
    await expect(sign(new Request(url), credentials, { ...scope, date })).rejects.toThrow(
      RangeError,
    )
  })
})
