import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { presign, sign } from '@iamkit/sigv4'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { allowAll, ann, docsIam, httpRequest } from '../../test/docs.js'
import { nodeRequest } from '../node/request.js'
import { type AccessKey, keepBody, type SignedOptions, signed } from './signed.js'

const now = new Date('2026-05-01T12:00:00Z')
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret that nobody knows' }
const scope = { service: 'docs', region: 'eu-west-1', date: now }
const keys = new Map<string, AccessKey>([
  ['AKIDEXAMPLE', { secretAccessKey: credentials.secretAccessKey, identity: ann }],
  ['ASIAEXAMPLE', { secretAccessKey: credentials.secretAccessKey, identity: ann, expiration: now }],
])

/** How the server keeps bodies, and what it takes. */
let options: Partial<SignedOptions> & { readonly forgetsBody?: boolean }
let origin: string

const server = createServer((req, res) => void answer(req).then((text) => res.end(text)))

async function answer(req: IncomingMessage): Promise<string> {
  const { forgetsBody, ...signing } = options
  const chunks: Uint8Array[] = []
  for await (const chunk of req) chunks.push(chunk as Uint8Array)
  if (!forgetsBody && chunks.length > 0) keepBody(req, {}, Buffer.concat(chunks))
  const { searchParams } = new URL(req.url ?? '/', origin)
  const request = nodeRequest(req, { params: {}, query: () => Object.fromEntries(searchParams) })
  const identify = signed({
    service: 'docs',
    credentials: (id) => keys.get(id),
    clock: () => now,
    ...signing,
  })
  const { iam } = docsIam(allowAll, { identify })
  const outcome = await iam.guard(iam.route('docs:ReadStatus'), request)
  if (outcome.kind === 'allowed') return outcome.access.principal.type
  if (outcome.kind !== 'unauthenticated') return outcome.kind
  return `${outcome.challenge}: ${outcome.credentials?.description ?? 'no credentials'}`
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  options = {}
})
afterAll(() => server.close())

async function send(request: Request): Promise<string> {
  return (await fetch(request)).text()
}

const post = (headers = {}) =>
  new Request(`${origin}/documents?x=1`, { method: 'POST', body: '{"tags":{}}', headers })

describe('signed', () => {
  it('knows who has signed, with a body and without', async () => {
    expect(await send(await sign(post(), credentials, scope))).toBe('user')
    expect(await send(await sign(new Request(`${origin}/`), credentials, scope))).toBe('user')
  })

  it('knows who has presigned an address, unless the app takes none', async () => {
    const url = await presign(new Request(`${origin}/d`), credentials, { ...scope, expiresIn: 60 })
    expect(await send(new Request(url))).toBe('user')
    options = { allowPresigned: false }
    expect(await send(new Request(url))).toContain('presigned addresses are not taken here')
  })

  it('finds nobody where there is no signature', async () => {
    const none = 'AWS4-HMAC-SHA256: no credentials'
    expect(await send(post())).toBe(none)
    expect(await send(post({ authorization: 'Bearer ann' }))).toBe(none)
  })

  it.each<[string, (signed: Request) => Request, string]>([
    ['another path', (it) => new Request(`${origin}/other`, it), 'not valid here'],
    ['another query', (it) => new Request(`${it.url}&admin=1`, it), 'not valid here'],
    ['another body', (it) => new Request(it, { body: '{}' }), 'not valid here'],
    ['another method', (it) => new Request(it, { method: 'PUT' }), 'not valid here'],
    [
      'half a signature',
      (it) => new Request(it, { headers: { authorization: 'AWS4-HMAC-SHA256 x' } }),
      'not well formed',
    ],
  ])('refuses a signature with %s', async (_title, change, text) => {
    const request = await sign(post(), credentials, scope)
    expect(await send(change(request))).toContain(text)
  })

  it.each<[string, object, object, string]>([
    ['an unknown key', { accessKeyId: 'AKIDOTHER' }, {}, 'not valid here'],
    ['another secret', { secretAccessKey: 'another' }, {}, 'not valid here'],
    ['credentials that have ended', { accessKeyId: 'ASIAEXAMPLE' }, {}, 'credentials have expired'],
    ['another service', {}, { service: 'files' }, 'not valid here'],
    ['an old date', {}, { date: new Date('2026-05-01T11:00:00Z') }, 'signature has expired'],
  ])('refuses %s', async (...[, key, place, text]) => {
    const request = await sign(post(), { ...credentials, ...key }, { ...scope, ...place })
    expect(await send(request)).toContain(text)
  })

  it('wants the tags of a header under the signature', async () => {
    const request = await sign(post(), credentials, scope)
    request.headers.set('x-iam-tags', 'team=ops')
    expect(await send(request)).toContain('the header x-iam-tags is not signed')
    const whole = await sign(post({ 'x-iam-tags': 'team=eng' }), credentials, scope)
    expect(await send(whole)).toBe('user')
  })

  it('cannot tell where nobody has kept the body, or where keys cannot be found', async () => {
    const send503 = async (own: typeof options) => {
      options = own
      return send(await sign(post(), credentials, scope))
    }
    expect(await send503({ forgetsBody: true })).toBe('unavailable')
    const down = () => Promise.reject(new Error('down'))
    expect(await send503({ credentials: down })).toBe('unavailable')
  })

  it('knows nobody by a key that is nobody’s', async () => {
    const { secretAccessKey } = credentials
    options = { credentials: () => ({ secretAccessKey }) as AccessKey }
    expect(await send(await sign(post(), credentials, scope))).toContain('is nobody')
  })

  it('holds a HEAD to its own signature, though it is decided about as the GET that it is', async () => {
    const request = await sign(new Request(`${origin}/d`, { method: 'HEAD' }), credentials, scope)
    const url = new URL(request.url)
    const headers = Object.fromEntries([...request.headers, ['host', url.host]])
    const sent = (method: string) => ({
      method,
      url: url.pathname,
      headersDistinct: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, [v]])),
    })
    const authenticate = signed({
      service: 'docs',
      credentials: (id) => keys.get(id),
      clock: () => now,
    })
    const ask = (source: object) => authenticate(httpRequest({ method: 'GET', headers, source }))
    expect(await ask(sent('HEAD'))).toBe(ann)
    expect(await ask(sent('GET'))).toMatchObject({ problem: 'invalid_token' })
  })

  it('reads the `Request` of fetch', async () => {
    const request = await sign(post(), credentials, scope)
    const authenticate = signed({
      service: 'docs',
      credentials: (id) => keys.get(id),
      clock: () => now,
    })
    const headers = Object.fromEntries(request.headers)
    const found = await authenticate(httpRequest({ method: 'POST', headers, source: request }))
    expect(found).toBe(ann)
    expect(await request.text()).toBe('{"tags":{}}')
  })

  it('reads what Hono hands on, with a body that the guard has read and with one that nobody has', async () => {
    const request = await sign(post(), credentials, scope)
    const authenticate = signed({
      service: 'docs',
      credentials: (id) => keys.get(id),
      clock: () => now,
    })
    const headers = Object.fromEntries(request.headers)
    const ask = (raw: Request, body?: string) => {
      const source = { req: { raw, text: async () => body ?? raw.text() } }
      return authenticate(httpRequest({ method: 'POST', headers, source }))
    }
    expect(await ask(request)).toBe(ann)
    expect(await request.text()).toBe('{"tags":{}}')
    expect(await ask(request, '{"tags":{}}')).toBe(ann)
    expect(await ask(request, '{"tags":[]}')).toMatchObject({ problem: 'invalid_token' })
    await expect(ask(request)).rejects.toThrow()
  })

  it.each<[string, object]>([
    ['service', { credentials: () => undefined }],
    ['service', { service: [], credentials: () => undefined }],
    ['credentials', { service: 'docs' }],
  ])('refuses to start with a wrong `%s`', (option, wrong) => {
    expect(() => signed(wrong as never)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_OPTIONS_INVALID', option }),
    )
  })
})
