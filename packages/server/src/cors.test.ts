import { describe, expect, it } from 'vitest'
import { withCors } from './cors.js'
import type { Received } from './wire/received.js'
import type { Reply } from './wire/reply.js'

const APP = 'https://app.example.com'
const answered: Reply = { status: 200, headers: { etag: '"1"' }, body: '{}' }

async function ask(
  target: string,
  headers: Readonly<Record<string, string>>,
  { method = 'GET', origins = [APP] } = {},
) {
  const received: Received[] = []
  const receive = withCors(origins, async (request) => {
    received.push(request)
    return answered
  })
  const body = new Uint8Array()
  const request = { method, target, headers: Object.entries(headers), body, isSecure: true }
  return { reply: await receive(request), calls: received.length }
}

describe('withCors', () => {
  it('answers a page of an origin that is named, before it calls and when it does', async () => {
    const before = { origin: APP, 'access-control-request-method': 'POST' }
    const { reply, calls } = await ask('/v1/authorize', before, { method: 'OPTIONS' })
    expect(calls).toBe(0)
    expect(reply).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': APP,
        'access-control-allow-methods': 'GET, POST, PUT, DELETE',
        vary: 'origin',
      },
    })
    expect((await ask('/v1/snapshot?x', { origin: APP })).reply.headers).toEqual({
      etag: '"1"',
      vary: 'origin',
      'access-control-allow-origin': APP,
      'access-control-expose-headers':
        'etag, x-amzn-errortype, x-amzn-requestid, x-iamkit-staleness',
    })
  })

  it.each([
    ['https://app.example.com.evil.example', '/v1/authorize'],
    ['http://app.example.com', '/v1/authorize'],
    ['null', '/v1/authorize'],
    [APP, '/'],
    [APP, '/_iamkit/reset'],
  ])('lets no page of %s call %s', async (origin, path) => {
    const headers = { origin, 'access-control-request-method': 'POST' }
    const { reply, calls } = await ask(path, headers, { method: 'OPTIONS' })
    expect(calls).toBe(1)
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('says nothing where no origin is named', async () => {
    expect((await ask('/v1/snapshot', { origin: APP }, { origins: [] })).reply).toBe(answered)
  })

  it.each(['*', 'null', 'app.example.com', 'https://app.example.com/', 'file:///x'])(
    'does not start with `%s`',
    (origin) => {
      expect(() => withCors([origin], async () => answered)).toThrow(TypeError)
    },
  )
})
