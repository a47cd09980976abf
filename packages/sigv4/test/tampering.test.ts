import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Credentials, type Digests, type ReceivedRequest, verify } from '../src/index.js'
import { credentials as hand, signByHand } from './by-hand.js'
import { type Client, own } from './clients.js'
import { anyRequest, scope } from './requests.js'

const { service, region, date: now } = scope

/** Which letter takes the place of which of the signed request's characters. */
const tampering = fc.record({ place: fc.nat(), letter: fc.stringMatching(/^[0-9A-Za-z]$/) })

async function refuses(request: ReceivedRequest, { accessKeyId, secretAccessKey }: Credentials) {
  const secretFor = (id: string) => (id === accessKeyId ? secretAccessKey : undefined)
  const asked = verify(request, { secretFor, service, region, now })
  await expect(asked).rejects.toHaveProperty('name', 'SignatureError')
}

const digests: Digests = {
  sha256: (content) => createHash('sha256').update(content).digest('hex'),
  hmac: (key, text) => createHmac('sha256', key).update(text).digest(),
}

function problemOf(error: unknown): unknown {
  const { code, message } = error as { readonly code: string; readonly message: string }
  return { code, message }
}

/** A request as lines, so that any one character of it can be changed. */
function write({ method, target, headers, body }: ReceivedRequest): string {
  const lines = [...headers].map(([name, value]) => `${name}\t${String(value)}`)
  return [method, target, Buffer.from(body).toString('latin1'), ...lines].join('\u2028')
}

function read(text: string): ReceivedRequest {
  const [method = '', target = '', body = '', ...lines] = text.split('\u2028')
  const headers = lines
    .map((line) => line.split('\t'))
    .map(([name = '', value = '']) => [name, value])
  return {
    method,
    target,
    headers: headers as [string, string][],
    body: new Uint8Array(Buffer.from(body, 'latin1')),
  }
}

/** The request with one character replaced; undefined where that says the same, or breaks our own lines. */
function tamper(request: ReceivedRequest, { place, letter }: { place: number; letter: string }) {
  const text = write(request)
  const at = place % text.length
  const before = text[at] ?? ''
  const isSame = before.toLowerCase() === letter.toLowerCase()
  if (isSame || before === '\u2028' || before === '\t') return undefined
  return read(text.slice(0, at) + letter + text.slice(at + 1))
}

describe('verify', () => {
  it('is not misled by how these tests write a request down', async () => {
    const property = fc.asyncProperty(anyRequest, async ({ plain, credentials }) => {
      const request = read(write(await own.sign(plain, credentials)))
      const secretFor = () => credentials.secretAccessKey
      await verify(request, { secretFor, service, region, now })
    })
    await fc.assert(property)
  })

  it('takes the same by the hashes of `node:crypto`, for every request and its neighbours', async () => {
    const property = fc.asyncProperty(anyRequest, tampering, async (made, change) => {
      const { plain, credentials } = made
      const request = await own.sign(plain, credentials)
      const secretFor = () => credentials.secretAccessKey
      const options = { secretFor, service, region, now }
      expect(await verify(request, { ...options, digests })).toEqual(await verify(request, options))
      const other = tamper(request, change)
      const refused = other && (await verify(other, options).catch(problemOf))
      const again = other && (await verify(other, { ...options, digests }).catch(problemOf))
      expect(again).toEqual(refused)
    })
    await fc.assert(property)
  })

  it.each<[string, keyof Client & ('sign' | 'presign')]>([
    ['signed', 'sign'],
    ['presigned', 'presign'],
  ])(
    'refuses a change of any character that is %s, for every request',
    async (_, form) => {
      const property = fc.asyncProperty(anyRequest, tampering, async (signed, change) => {
        const { plain, credentials } = signed
        const tampered = tamper(await own[form](plain, credentials), change)
        fc.pre(tampered !== undefined)
        await refuses(tampered, credentials)
      })
      await fc.assert(property, { numRuns: 500 })
    },
    30_000,
  )

  it('refuses what is added or taken away, for every request', async () => {
    const change = fc.constantFrom<(request: ReceivedRequest) => ReceivedRequest>(
      (request) => ({ ...request, body: Uint8Array.of(...request.body, 0) }),
      (request) => ({ ...request, target: addParameter(request.target, 'added=1') }),
      (request) => ({ ...request, target: `${request.target.replace('?', '/added?')}&added` }),
      (request) => ({ ...request, headers: [...request.headers, ['X-Amz-Added', '1']] }),
      (request) => ({ ...request, headers: [...request.headers, ['Host', 'other.example.com']] }),
      (request) => ({ ...request, headers: [...request.headers].slice(1) }),
      (request) => ({ ...request, headers: [...request.headers].slice(0, -1) }),
    )
    const property = fc.asyncProperty(anyRequest, change, async (signed, apply) => {
      const { plain, credentials } = signed
      await refuses(apply(await own.sign(plain, credentials)), credentials)
    })
    await fc.assert(property, { numRuns: 200 })
  })

  it('refuses another secret, for every request', async () => {
    const property = fc.asyncProperty(anyRequest, fc.string(), async (signed, secret) => {
      const { plain, credentials } = signed
      fc.pre(secret !== credentials.secretAccessKey)
      const request = await own.sign(plain, credentials)
      await refuses(request, { ...credentials, secretAccessKey: secret })
    })
    await fc.assert(property, { numRuns: 100 })
  })

  it('throws nothing but its own error, for every near miss', async () => {
    const part = fc.constantFrom(
      'AWS4-HMAC-SHA256',
      'Credential=',
      'A/20260501/eu-west-1/docs/aws4_request',
      'SignedHeaders=host;x-amz-date',
      'Signature=',
      '0'.repeat(64),
      ', ',
      ' ',
      'ä',
      '\u0000',
    )
    const authorization = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
    const target = fc.stringMatching(
      /^\/[a%?&=#/.]{0,8}(X-Amz-(Date|Signature|Expires)=[%2=]{0,4})?$/,
    )
    const near = fc.record({ authorization, target, date: fc.string() })
    const property = fc.asyncProperty(near, async ({ authorization, target, date }) => {
      const headers = Object.entries({ host: 'a', authorization, 'x-amz-date': date })
      const request = { method: 'GET', target, headers, body: new Uint8Array() }
      await refuses(request, { accessKeyId: 'A', secretAccessKey: 'a' })
    })
    await fc.assert(property, { numRuns: 500 })
  })
})

describe('verify, on more than anybody sends', () => {
  const long = (unit: string) => unit.repeat(Math.floor(65_000 / unit.length))

  it.each<[string, Partial<ReceivedRequest>]>([
    ['spaces in the Authorization header', { headers: [['authorization', `AWS4-${long(' ')}x`]] }],
    ['commas', { headers: [['authorization', `AWS4-HMAC-SHA256 ${long(',')}`]] }],
    [
      'signed headers',
      {
        headers: [
          [
            'authorization',
            `AWS4-HMAC-SHA256 Credential=A/20260501/a/docs/aws4_request, SignedHeaders=${long('a;')}, Signature=${'0'.repeat(64)}`,
          ],
          ['x-amz-date', '20260501T120000Z'],
        ],
      },
    ],
    ['parameters', { target: `/?${long('a&')}X-Amz-Signature=0` }],
    [
      'parameters of AWS',
      { target: `/?${Array.from({ length: 4000 }, (_, i) => `x-amz-${i}`).join('&')}` },
    ],
    ['slashes', { target: long('/') }],
    ['dots', { target: long('/..') }],
    ['backslashes', { target: `/?${long('\\')}` }],
    ['escapes', { target: `/?${long('%41')}` }],
    ['one header again and again', { headers: Array.from({ length: 60_000 }, () => ['a', '']) }],
    ['headers', { headers: Array.from({ length: 5000 }, (_, i) => [`x-amz-${i}`, '']) }],
  ])('answers within a moment: %s', async (_, changes) => {
    const request = { method: 'GET', target: '/', headers: [], body: new Uint8Array(), ...changes }
    const start = performance.now()
    await refuses(request, { accessKeyId: 'A', secretAccessKey: 'a' })
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('verify, on as much as may be sent', () => {
  it('holds within a moment', async () => {
    const headers = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`x-amz-${i}`, 'a']))
    const target = `/${'a/'.repeat(2000)}?${Array.from({ length: 8000 }, (_, i) => `a${i % 9}`).join('&')}`
    const request = await signByHand({ headers, target })
    const start = performance.now()
    await verify(request, { secretFor: () => hand.secretAccessKey, service, now })
    expect(performance.now() - start).toBeLessThan(500)
  })
})

function addParameter(target: string, parameter: string): string {
  return `${target}${target.includes('?') ? '&' : '?'}${parameter}`
}
