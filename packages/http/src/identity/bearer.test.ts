import { exportJWK, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { httpRequest } from '../../test/docs.js'
import {
  ask,
  audience,
  claims,
  issuer,
  keys,
  now,
  pair,
  principal,
  seconds,
  settings,
  sign,
  stranger,
} from '../../test/tokens.js'
import { type BearerOptions, bearer, sharedSecret } from './bearer.js'

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

  it.each([
    ['another audience', { aud: 'https://other.example.com' }, 'the token is for another audience'],
    ['no subject', { sub: undefined }, 'the token has no `sub`'],
    ['no expiry', { exp: undefined }, 'the token has no `exp`'],
  ])(
    'says so of a token with %s that the issuer has signed',
    async (...[, change, description]) => {
      const token = await sign({ ...claims, ...change } as JWTPayload)
      expect(await ask(bearer(settings()), token)).toMatchObject({ description })
      const forged = await sign({ ...claims, ...change } as JWTPayload, {}, stranger.privateKey)
      expect(await ask(bearer(settings()), forged)).toMatchObject({
        description: 'the token is not valid here',
      })
    },
  )

  it('says what is wrong with the key, the algorithm and the time of an honest token', async () => {
    const second = { ...keys.keys[0], kid: 'k2' }
    const several = { ...settings(), keys: { keys: [...keys.keys, second] } } as BearerOptions
    const unnamed = new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(pair.privateKey)
    expect(await ask(bearer(several), await unnamed)).toMatchObject({
      description: 'the token names no key, and its issuer has several: it needs a `kid`',
    })
    expect(await ask(bearer(settings()), await sign(claims, { kid: 'old' }))).toMatchObject({
      description: "the token is signed with a key that is none of its issuer's",
    })
    const other = bearer({ ...settings(), algorithms: ['RS256'] })
    expect(await ask(other, await sign(claims))).toMatchObject({
      description: 'the token is signed with an algorithm that is not taken here',
    })
    const early = await sign({ ...claims, nbf: seconds + 60 })
    expect(await ask(bearer(settings()), early)).toMatchObject({
      description: 'the token is not valid yet',
    })
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

  it.each([undefined, 'JWT', 'jwt', 'at+jwt', 'application/at+jwt'])(
    'takes the type %s where the app names none',
    async (typ) => {
      const token = await sign(claims, typ === undefined ? {} : { typ })
      expect(await ask(bearer(settings()), token)).toHaveProperty('principal')
    },
  )

  it.each([
    ['logout+jwt', {}],
    ['dpop+jwt', {}],
    ['secevent+jwt', {}],
    ['', {}],
    ['JWT', { at_hash: 'x' }],
    ['JWT', { c_hash: 'x' }],
  ])('refuses a token that opens no doors: type `%s` with %j', async (typ, more) => {
    const token = await sign({ ...claims, ...more }, { typ })
    expect(await ask(bearer(settings()), token)).toMatchObject({ problem: 'invalid_token' })
  })

  it('takes one of several types, and an absent one only as a JWT', async () => {
    const authenticate = bearer({ ...settings(), type: ['at+jwt', 'session+jwt'] })
    expect(await ask(authenticate, await sign(claims, { typ: 'session+jwt' }))).toHaveProperty(
      'principal',
    )
    expect(await ask(authenticate, await sign(claims))).toMatchObject({ problem: 'invalid_token' })
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
    ['type', []],
    ['type', ''],
  ])('refuses the option `%s` %j at start-up', (option, value) => {
    expect(() => bearer({ ...settings(), [option]: value } as BearerOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_OPTIONS_INVALID', option }),
    )
  })
})

describe('bearer, of several issuers', () => {
  const other = 'https://partner.example.com/'
  const several = async () => {
    const theirs = { ...(await exportJWK(stranger.publicKey)), kid: 'k1', alg: 'ES256' }
    const foreign: BearerOptions = {
      ...settings(),
      issuer: other,
      audience: 'partner',
      keys: { keys: [theirs] },
      principal: ({ sub }) => ({
        principal: { type: 'user', account: 'partner', arn: `arn:aws:iam::partner:user/${sub}` },
      }),
    }
    return bearer([settings(), foreign])
  }
  const foreign = { ...claims, iss: other, aud: 'partner' }

  it('takes each issuer’s tokens for its own callers', async () => {
    const authenticate = await several()
    expect(await ask(authenticate, await sign(claims))).toMatchObject({
      principal: { account: 'acme' },
    })
    expect(await ask(authenticate, await sign(foreign, {}, stranger.privateKey))).toMatchObject({
      principal: { account: 'partner' },
    })
  })

  it.each([
    ['the key of another issuer', foreign, false],
    ['the name of another issuer', claims, true],
    ['the audience of another issuer', { ...claims, aud: 'partner' }, false],
    ['an issuer that is a list', { ...claims, iss: [issuer] }, false],
    ['an issuer of the prototype', { ...claims, iss: 'constructor' }, false],
  ] as const)('refuses a token with %s', async (_title, payload, isStranger) => {
    const key = isStranger ? stranger.privateKey : pair.privateKey
    const token = await sign(payload as JWTPayload, {}, key)
    expect(await ask(await several(), token)).toMatchObject({ problem: 'invalid_token' })
  })

  it('refuses to start with none, or with one twice', () => {
    expect(() => bearer([settings(), settings()])).toThrow('invalid option `issuer`')
    expect(() => bearer([] as never)).toThrow('invalid option `issuer`')
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
