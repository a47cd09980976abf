import { describe, expect, it } from 'vitest'
import { type ReceivedRequest, readRequest, takeApart } from './received-request.js'

const received = (changes: Partial<ReceivedRequest>): ReceivedRequest => ({
  method: 'GET',
  target: '/',
  headers: [['Host', 'docs.example.com']],
  body: new Uint8Array(),
  ...changes,
})

describe('readRequest', () => {
  it('reads what fetch holds, and leaves the body to others', async () => {
    const request = new Request('https://docs.example.com:8443/a%20b?x=%2f&x', {
      method: 'POST',
      headers: { 'X-App': ' a  b ' },
      body: 'text',
    })
    const { headers, ...read } = await readRequest(request)
    expect(read).toEqual({
      method: 'POST',
      target: '/a%20b?x=%2f&x',
      body: new TextEncoder().encode('text'),
    })
    expect([...headers]).toEqual([
      ['content-type', 'text/plain;charset=UTF-8'],
      ['host', 'docs.example.com:8443'],
      ['x-app', 'a  b'],
    ])
    expect(await request.text()).toBe('text')
  })

  it('takes the host that was sent before that of the URL', async () => {
    const headers = { host: 'public.example.com' }
    const { headers: read } = await readRequest(new Request('https://docs.internal/', { headers }))
    expect([...read]).toEqual([['host', 'public.example.com']])
  })
})

describe('takeApart', () => {
  it('parts path and query at the first question mark, and gathers headers', () => {
    const headers: ReceivedRequest['headers'] = [
      ['Host', 'docs.example.com'],
      ['X-App', 'a'],
      ['x-app', ['b', 'c']],
      ['x-none', undefined],
      ['x-empty', []],
    ]
    expect(takeApart(received({ target: '/a%2Fb?c=?&d', headers }))).toEqual({
      method: 'GET',
      path: '/a%2Fb',
      query: [
        ['c', '%3F'],
        ['d', ''],
      ],
      headers: new Map([
        ['host', ['docs.example.com']],
        ['x-app', ['a', 'b', 'c']],
      ]),
    })
  })

  it.each([
    ['', 'the target is no path of visible ASCII'],
    ['*', 'the target is no path of visible ASCII'],
    ['docs.example.com:443', 'the target is no path of visible ASCII'],
    ['https://docs.example.com/', 'the target is no path of visible ASCII'],
    ['/a b', 'the target is no path of visible ASCII'],
    ['/a\u0000', 'the target is no path of visible ASCII'],
    ['/ä', 'the target is no path of visible ASCII'],
    ['/?ä', 'the target is no path of visible ASCII'],
    ['/a\n', 'the target is no path of visible ASCII'],
    ['/%', 'the target has a `%` without two digits'],
    ['/%4', 'the target has a `%` without two digits'],
    ['/?a=%zz', 'the target has a `%` without two digits'],
    ['/a\\b', 'the target has a raw `#`, or a `\\` in its path'],
    ['/?a#b', 'the target has a raw `#`, or a `\\` in its path'],
    [`/${'a'.repeat(65_536)}`, 'the target is longer than 65536 characters'],
  ])('refuses the target %j', (target, message) => {
    expect(() => takeApart(received({ target }))).toThrow(
      expect.objectContaining({ code: 'IncompleteSignature', message }),
    )
  })

  it.each(['', 'G T', 'GET\n', 'GÉT', 'A'.repeat(33)])('refuses the method %j', (method) => {
    expect(() => takeApart(received({ method }))).toThrow('the method is no HTTP method')
  })

  it.each([
    'authorization',
    'content-type',
    'host',
    'x-amz-content-sha256',
    'x-amz-date',
    'x-amz-security-token',
  ])('refuses a second header `%s`, though it be equal', (name) => {
    const twice: ReceivedRequest['headers'] = [
      [name, 'a'],
      [name.toUpperCase(), 'a'],
    ]
    const message = `more than one header \`${name}\``
    expect(() => takeApart(received({ headers: twice }))).toThrow(message)
    expect(() => takeApart(received({ headers: [[name, ['a', 'a']]] }))).toThrow(message)
  })

  it('reads no more headers than it takes', () => {
    let count = 0
    function* endless(): Generator<[string, string]> {
      for (;;) yield [`x-${count++}`, 'a'.repeat(1000)]
    }
    expect(() => takeApart(received({ headers: endless() }))).toThrow(
      'the headers are longer than 65536 characters',
    )
    expect(count).toBeLessThan(70)
  })
})
