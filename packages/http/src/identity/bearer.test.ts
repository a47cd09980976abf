import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  exportJWK,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JSONWebKeySet,
  type JWTPayload,
  SignJWT,
} from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { httpRequest } from '../../test/docs.js'
import { type BearerOptions, bearer, sharedSecret, type TokenClaims } from './bearer.js'
import type { Authenticator, Identity } from './identity.js'

const issuer = 'https://login.example.com/'
const audience = 'https://api.example.com'
const now = new Date('2026-05-01T12:00:00Z')
const seconds = now.getTime() / 1000

let pair: GenerateKeyPairResult
let stranger: GenerateKeyPairResult
let keys: JSONWebKeySet

beforeAll(async () => {
  pair = await generateKeyPair('ES256', { extractable: true })
  stranger = await generateKeyPair('ES256')
  keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }] }
})

const principal = ({ sub, team }: TokenClaims): Identity => ({
  principal: { type: 'user', account: 'acme', arn: `arn:aws:iam::acme:user/${sub}` },
  tags: { team: String(team) },
})
const settings = (): BearerOptions => ({
  issuer,
  audience,
  algorithms: ['ES256'],
  keys,
  principal,
  clock: () => now,
})

const claims = { iss: issuer, aud: audience, sub: 'ann', team: 'eng', exp: seconds + 60 }

function sign(payload: JWTPayload, header = {}, key = pair.privateKey): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(key)
}

async function ask(authenticate: Authenticator, token: string) {
  return authenticate(httpRequest({ headers: { authorization: `Bearer ${token}` } }))
}

describe('bearer', () => {
  it('makes a caller of a token', async () => {
    expect(await ask(bearer(settings()), await sign(claims))).toEqual({
      principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ann' },
      tags: { team: 'eng' },
    })
  })

  it('finds nobody where there is no token', async () => {
    expect(await bearer(settings())(httpRequest())).toBeUndefined()
  })

  it('names its realm in the challenge', () => {
    expect(bearer(settings()).challenge).toBe('Bearer realm="https://api.example.com"')
    expect(bearer({ ...settings(), realm: 'docs' }).challenge).toBe('Bearer realm="docs"')
  })

  it.each([
    ['another issuer', { iss: 'https://evil.example.com/' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'https://other.example.com' }],
    ['no audience', { aud: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['no expiry', { exp: undefined }],
    ['an expiry past the tolerance', { exp: seconds - 6 }],
    ['a start in the future', { nbf: seconds + 6 }],
  ])('refuses a token with %s', async (_title, change) => {
    const token = await sign({ ...claims, ...change } as JWTPayload)
    expect(await ask(bearer(settings()), token)).toMatchObject({ problem: 'invalid_token' })
  })

  it('lets clocks differ by five seconds, or by what the app says', async () => {
    const token = await sign({ ...claims, exp: seconds - 3 })
    expect(await ask(bearer(settings()), token)).toHaveProperty('principal')
    const strict = bearer({ ...settings(), clockTolerance: 0 })
    expect(await ask(strict, token)).toMatchObject({ description: 'the token has expired' })
  })

  it('refuses a signature of anybody else', async () => {
    const token = await sign(claims, {}, stranger.privateKey)
    expect(await ask(bearer(settings()), token)).toMatchObject({ problem: 'invalid_token' })
  })

  it('refuses a token whose claims were changed', async () => {
    const [header, , signature] = (await sign(claims)).split('.')
    const changed = Buffer.from(JSON.stringify({ ...claims, team: 'ops' })).toString('base64url')
    const token = [header, changed, signature].join('.')
    expect(await ask(bearer(settings()), token)).toMatchObject({ problem: 'invalid_token' })
  })

  it('refuses a token without a signature', async () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const alg of ['none', 'None', 'NONE']) {
      const token = `${encode({ alg, typ: 'JWT' })}.${encode(claims)}.`
      expect(await ask(bearer(settings()), token)).toMatchObject({ problem: 'invalid_token' })
    }
  })

  it('refuses HMAC with the public key as its secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(keys.keys[0]))
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(secret)
    expect(await ask(bearer(settings()), token)).toMatchObject({ problem: 'invalid_token' })
  })

  it('refuses an algorithm that the app did not name', async () => {
    const authenticate = bearer({ ...settings(), algorithms: ['RS256'] })
    expect(await ask(authenticate, await sign(claims))).toMatchObject({ problem: 'invalid_token' })
  })

  it('holds tokens to their type where the app names one', async () => {
    const authenticate = bearer({ ...settings(), type: 'at+jwt' })
    expect(await ask(authenticate, await sign(claims, { typ: 'at+jwt' }))).toHaveProperty(
      'principal',
    )
    expect(await ask(authenticate, await sign(claims, { typ: 'JWT' }))).toMatchObject({
      problem: 'invalid_token',
    })
  })

  it.each(['abc', 'a.b', 'a.b.c', '....', 'eyJhbGciOiJFUzI1NiJ9.eyJ9.x'])(
    'refuses the gibberish `%s`',
    async (token) => {
      expect(await ask(bearer(settings()), token)).toMatchObject({ problem: 'invalid_token' })
    },
  )

  it('refuses a token whose bearer the app does not know', async () => {
    const authenticate = bearer({ ...settings(), principal: () => undefined })
    expect(await ask(authenticate, await sign(claims))).toMatchObject({ problem: 'invalid_token' })
  })

  it('takes no claim for a problem', async () => {
    const token = await sign({ ...claims, problem: 'invalid_request' })
    expect(await ask(bearer(settings()), token)).toHaveProperty('principal')
  })

  it.each([
    ['issuer', ''],
    ['issuer', undefined],
    ['audience', undefined],
    ['algorithms', undefined],
    ['algorithms', []],
    ['algorithms', ['HS256']],
    ['algorithms', ['ES256', 'HS256']],
    ['algorithms', ['none']],
    ['keys', undefined],
    ['keys', { keys: [] }],
    ['keys', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }],
    ['keys', { keys: [{ kty: 'EC', crv: 'P-256', d: 'AA' }] }],
    ['keys', 'http://login.example.com/jwks.json'],
    ['keys', 'http://localhost.example.com/jwks.json'],
    ['keys', 'file:///etc/passwd'],
    ['keys', 'jwks.json'],
    ['realm', 'a"b'],
    ['clockTolerance', 61],
    ['clockTolerance', -1],
    ['principal', undefined],
  ])('refuses the option `%s` %j at start-up', (option, value) => {
    expect(() => bearer({ ...settings(), [option]: value } as BearerOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_OPTIONS_INVALID', option }),
    )
  })
})

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

describe('sharedSecret', () => {
  const secret = new Uint8Array(32).fill(7)
  const shared = () =>
    sharedSecret({ issuer, audience, algorithms: ['HS256'], secret, principal, clock: () => now })
  const signed = (key: Uint8Array, alg = 'HS256') =>
    new SignJWT(claims).setProtectedHeader({ alg }).sign(key)

  it('makes a caller of a token', async () => {
    expect(await ask(shared(), await signed(secret))).toHaveProperty('principal')
  })

  it('refuses another secret, and another algorithm', async () => {
    expect(await ask(shared(), await signed(new Uint8Array(32)))).toMatchObject({
      problem: 'invalid_token',
    })
    expect(await ask(shared(), await signed(new Uint8Array(64).fill(7), 'HS512'))).toMatchObject({
      problem: 'invalid_token',
    })
    expect(await ask(shared(), await sign(claims))).toMatchObject({ problem: 'invalid_token' })
  })

  it.each([
    ['algorithms', ['ES256'], secret],
    ['algorithms', ['HS256', 'RS256'], secret],
    ['secret', ['HS256'], new Uint8Array(31)],
    ['secret', ['HS256', 'HS512'], secret],
    ['secret', ['HS256'], 'a secret of more than thirty-two characters'],
  ])('refuses a wrong `%s` at start-up: %j', (option, algorithms, key) => {
    const options = { issuer, audience, algorithms, secret: key, principal }
    expect(() => sharedSecret(options as never)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_OPTIONS_INVALID', option }),
    )
  })
})
