import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ask, claims, keys, now, settings, sign } from '../../test/tokens.js'
import { bearer } from './bearer.js'
import type { Authenticator } from './identity.js'

describe('bearer, with keys that the issuer publishes', () => {
  let server: Server
  let address: string
  let asked = 0
  let answer: { status: number; body: string }

  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1
      response.writeHead(answer.status).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`
  })
  afterAll(() => server.close())

  const remote = () => {
    asked = 0
    answer = { status: 200, body: JSON.stringify(keys) }
    return bearer({ ...settings(), keys: address })
  }

  it('fetches them once for many tokens', async () => {
    const authenticate = remote()
    for (const sub of ['ann', 'bob', 'cy']) {
      expect(await ask(authenticate, await sign({ ...claims, sub }))).toHaveProperty('principal')
    }
    expect(asked).toBe(1)
  })

  it('asks nobody for keys because of a foreign or a forged token', async () => {
    const authenticate = remote()
    await ask(authenticate, await sign({ ...claims, iss: 'https://evil.example.com/' }))
    await ask(authenticate, 'gibberish')
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new Uint8Array(32))
    await ask(authenticate, hmac)
    expect(asked).toBe(0)
  })

  it.each([
    ['answers 500', { status: 500, body: '' }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['answers no keys', { status: 200, body: '{}' }],
  ])(
    'throws where the issuer %s, so that the request is refused with 503',
    async (_title, broken) => {
      const authenticate = remote()
      answer = broken
      await expect(ask(authenticate, await sign(claims))).rejects.toThrow()
    },
  )

  it('throws where nobody listens', async () => {
    const authenticate = bearer({ ...settings(), keys: 'http://127.0.0.1:1/jwks.json' })
    await expect(ask(authenticate, await sign(claims))).rejects.toThrow()
  })

  it('keeps serving with the keys it has', async () => {
    const authenticate = remote()
    await ask(authenticate, await sign(claims))
    answer = { status: 500, body: '' }
    expect(await ask(authenticate, await sign(claims))).toHaveProperty('principal')
  })
})

describe('JWKS down: cached keys, then 503, never 401 and never through', () => {
  let server: Server
  let address: string
  let asked = 0
  let body: string | undefined
  let next: GenerateKeyPairResult

  beforeAll(async () => {
    next = await generateKeyPair('ES256', { extractable: true })
    server = createServer((_request, response) => {
      asked += 1
      if (body === undefined) response.destroy()
      else response.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`
  })
  afterAll(() => server.close())
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Keys that serve for 600 s, fetched at second 0 of a clock that the test sets. */
  async function start(): Promise<{ at: (second: number) => void; authenticate: Authenticator }> {
    vi.useFakeTimers({ toFake: ['Date'], now })
    asked = 0
    body = JSON.stringify(keys)
    const authenticate = bearer({
      ...settings(),
      keys: address,
      keyCache: { maxAge: 600, cooldown: 30, timeout: 1 },
    })
    expect(await ask(authenticate, await sign(claims))).toHaveProperty('principal')
    expect(asked).toBe(1)
    return { authenticate, at: (second) => vi.setSystemTime(now.getTime() + second * 1000) }
  }

  it('serves with the keys at hand until they are too old, and then throws', async () => {
    const { at, authenticate } = await start()
    body = undefined
    for (const second of [1, 299, 400, 599]) {
      at(second)
      expect(await ask(authenticate, await sign(claims))).toHaveProperty('principal')
    }
    at(601)
    await expect(ask(authenticate, await sign(claims))).rejects.toThrow()
    body = JSON.stringify(keys)
    at(603)
    expect(await ask(authenticate, await sign(claims))).toHaveProperty('principal')
  })

  it('fetches keys anew before they are too old, beside the requests', async () => {
    const { at, authenticate } = await start()
    at(301)
    expect(await ask(authenticate, await sign(claims))).toHaveProperty('principal')
    await vi.waitFor(() => expect(asked).toBe(2))
    body = undefined
    at(601)
    expect(await ask(authenticate, await sign(claims))).toHaveProperty('principal')
  })

  it('looks for a new key once in a while, and throws where it cannot', async () => {
    const { at, authenticate } = await start()
    const rotated = () => sign(claims, { kid: 'k2' }, next.privateKey)
    at(10)
    expect(await ask(authenticate, await rotated())).toMatchObject({ problem: 'invalid_token' })
    expect(asked).toBe(1)
    at(31)
    body = undefined
    await expect(ask(authenticate, await rotated())).rejects.toThrow()
    const key = { ...(await exportJWK(next.publicKey)), kid: 'k2', alg: 'ES256' }
    body = JSON.stringify({ keys: [...keys.keys, key] })
    at(33)
    expect(await ask(authenticate, await rotated())).toHaveProperty('principal')
    expect(await ask(authenticate, await sign(claims))).toHaveProperty('principal')
  })

  it('does not ask again at once after a failure', async () => {
    const { at, authenticate } = await start()
    body = undefined
    at(700)
    const token = await sign(claims)
    for (let i = 0; i < 20; i++) await expect(ask(authenticate, token)).rejects.toThrow()
    expect(asked).toBeLessThanOrEqual(2)
  })

  it('throws where the answer is endless', async () => {
    const { at, authenticate } = await start()
    body = JSON.stringify({ ...keys, padding: 'x'.repeat(2 * 1024 * 1024) })
    at(700)
    await expect(ask(authenticate, await sign(claims))).rejects.toThrow('more than 1 MiB')
  })

  it.each([
    [{ maxAge: 0 }],
    [{ maxAge: 90_000 }],
    [{ cooldown: 601 }],
    [{ timeout: 61 }],
    [{ maxAge: Number.NaN }],
  ])('refuses to start with %j', (keyCache) => {
    expect(() => bearer({ ...settings(), keys: address, keyCache })).toThrow('`keyCache`')
  })
})
