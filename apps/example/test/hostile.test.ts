import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { AUDIENCE, ISSUER } from '../src/issuer.js'
import { type Answer, type Call, type Example, startExample } from './example.js'

describe.each(['express', 'koa'] as const)('on %s', (framework) => {
  const data = mkdtempSync(join(tmpdir(), 'iamkit-example-'))
  let example: Example
  beforeAll(async () => {
    example = await startExample({ framework, data })
  }, 60_000)
  afterAll(async () => {
    await example.close()
    rmSync(data, { recursive: true })
  })

  /** What was kept when last looked at. */
  let before: string | undefined

  /** Makes a call that must be answered with this status, and must leave everything as it was. */
  async function expectStatus(status: number, call: Call): Promise<Answer> {
    before ??= await example.kept()
    const answer = await example.call(call)
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status })
    expect(await example.kept()).toBe(before)
    return answer
  }

  const PLAN = '/folders/roadmap/documents/plan'
  const DOCUMENTS = '/folders/roadmap/documents'

  describe('a path', () => {
    const segments = [
      '*',
      '%2A',
      'pla%3F',
      '%3F',
      '..',
      '%2e%2e',
      '.',
      '%2F',
      '..%2F..%2Fledger%2Fdocuments%2Fsalaries',
      'plan%2F..%2Facquisition',
      '%5C',
      'plan%00',
      '%00',
      'pl%0Aan',
      'a:b',
      '$%7Baws:username%7D',
      '$%7B*%7D',
      '%7Bid%7D',
      '%252F',
      '%25%32%41',
      '%ZZ',
      '%ED%A0%80',
      'x'.repeat(2000),
    ]

    it.each(segments)('names nothing but one document, and never more: %s', async (segment) => {
      const { headers } = await expectStatus(400, {
        as: 'rita',
        method: 'GET',
        path: `${DOCUMENTS}/${segment}`,
      })
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
    })

    it.each([...segments, '%E2%80%A8', '-', 'Caf%C3%A9', 'a%20b', 'x'.repeat(64)])(
      'creates no folder of a strange name: %s',
      async (segment) => {
        await expectStatus(400, {
          as: 'ada',
          method: 'PUT',
          path: `/folders/${segment}`,
          body: { tags: { team: 'engineering' } },
        })
      },
    )

    it.each([
      '//folders/roadmap/documents/plan',
      '/folders//roadmap/documents/plan',
      '/folders/roadmap/documents/plan/x',
      '/folders;x=1/roadmap/documents/plan',
      '/%66olders/roadmap/documents/plan',
      '/x/../folders/roadmap/documents/plan',
      '/nowhere',
      '/sign-in/nobody',
      '/sign-in/__proto__',
    ])('that is no route is answered with 404: %s', async (path) => {
      const method = path.startsWith('/sign-in') ? 'POST' : 'GET'
      const { json } = await expectStatus(404, { as: 'rita', method, path })
      expect(json).toEqual({
        type: 'about:blank',
        title: 'Not found',
        status: 404,
        detail: 'there is no such route',
      })
    })

    it.each([
      '/FOLDERS/roadmap/documents/acquisition',
      '/folders/roadmap/documents/acquisition/',
      '/folders/roadmap/documents/acquisition?as=mona',
      '/folders/roadmap/documents/%61cquisition',
    ])('in another spelling meets the same guard: %s', async (path) => {
      await expectStatus(403, { as: 'ada', method: 'GET', path })
    })

    it.each(['HEAD', 'GET'])('meets the same guard with %s', async (method) => {
      await expectStatus(403, { as: 'finn', method, path: PLAN })
    })

    it.each(['PATCH', 'QUERY', 'PROPFIND', 'TRACE'])('has no route for %s', async (method) => {
      await expectStatus(404, { as: 'rita', method, path: PLAN })
    })

    it('is not another one because a header says so', async () => {
      const headers = {
        'x-original-url': '/health',
        'x-http-method-override': 'GET',
        'x-forwarded-for': '127.0.0.1',
      }
      await expectStatus(403, { as: 'finn', method: 'DELETE', path: PLAN, headers })
    })
  })

  describe('request tags', () => {
    const strange = [
      '{"tags":[]}',
      '{"tags":["team"]}',
      '{"tags":"team"}',
      '{"tags":7}',
      '{"tags":true}',
      '{"tags":{"team":["engineering"]}}',
      '{"tags":{"team":{"$ne":"x"}}}',
      '{"tags":{"team":null}}',
      '{"tags":{"team":7}}',
      '{"tags":{"team":"engineering","__proto__":"x"}}',
      '{"tags":{"team":"engineering","constructor":"x"}}',
      '{"tags":{"team":"engineering","prototype":"x"}}',
      '{"tags":{"team":"engineering","":"x"}}',
      '{"tags":{"team":"engineering","stage":"a","Stage":"b"}}',
      '{"tags":{"team":"engineering","stage":"\\u0000"}}',
      '{"tags":{"team":"engineering","stage":"\\ud800"}}',
      '{"tags":{"team":"engineering","stage":"*"}}',
      '{"tags":{"team":"${aws:PrincipalTag/team}"}}',
      `{"tags":{"team":"engineering","stage":"${'x'.repeat(257)}"}}`,
      `{"tags":{"team":"engineering","${'k'.repeat(129)}":"x"}}`,
      JSON.stringify({
        tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'x'])),
      }),
      `{"tags":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ]

    it.each(strange)('of a strange shape are answered with 400: %.60s', async (body) => {
      const create = `{"title":"New",${body.slice(1)}`
      await expectStatus(400, { as: 'ada', method: 'POST', path: DOCUMENTS, body: create })
      await expectStatus(400, { as: 'ada', method: 'PUT', path: '/folders/new', body })
      await expectStatus(400, { as: 'ada', method: 'POST', path: `${PLAN}/tags`, body })
    })

    it.each(['{}', '[]', '{"tags":null}', '{"tags":{}}'])(
      'that are none allow nothing: %s',
      async (body) => {
        await expectStatus(403, { as: 'ada', method: 'POST', path: `${PLAN}/tags`, body })
      },
    )

    it('behind a prototype allow nothing: the parser leaves them out, or refuses them', async () => {
      const body = '{"__proto__":{"tags":{"stage":"x"}}}'
      const status = framework === 'koa' ? 400 : 403
      await expectStatus(status, { as: 'ada', method: 'POST', path: `${PLAN}/tags`, body })
    })

    it.each(['toString', 'hasOwnProperty', 'aws:x', 'stage ', 'st\u0430ge'])(
      'with a key that no policy knows allow nothing: %s',
      async (key) => {
        const body = { tags: { [key]: 'x' } }
        await expectStatus(403, { as: 'ada', method: 'POST', path: `${PLAN}/tags`, body })
      },
    )

    it.each([
      ['__proto__', 400],
      ['constructor', 400],
      ['%2A', 400],
      ['stage%00', 400],
      ['%24%7Bx%7D', 400],
      ['Stage', 403],
      ['toString', 403],
    ])('in a path are no better: %s', async (key, status) => {
      await expectStatus(status, { as: 'ada', method: 'DELETE', path: `${PLAN}/tags/${key}` })
    })
  })

  describe('a body', () => {
    const put = (body: unknown, headers: Call['headers'] = {}): Call => ({
      as: 'ada',
      method: 'PUT',
      path: PLAN,
      body,
      headers,
    })

    it.each([
      '',
      '[]',
      'null',
      '7',
      '{',
      '{"title":7}',
      '{"title":""}',
      '{"title":" "}',
      '{"title":["x"]}',
      '{"title":"x","text":{}}',
      '{"title":"x","version":1}',
      '{"title":"x","__proto__":{}}',
      '{"title":"x\\u0000"}',
      '{"title":"x","text":"\\ud800"}',
      JSON.stringify({ title: 'x'.repeat(201) }),
      JSON.stringify({ title: 'x', text: 'x'.repeat(20_001) }),
    ])('of a strange shape is answered with 400: %.60s', async (body) => {
      await expectStatus(400, put(body))
    })

    it('that is no JSON is not read', async () => {
      await expectStatus(
        400,
        put('title=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      )
    })

    it('that is too large is answered with 413', async () => {
      const { json } = await expectStatus(413, put({ title: 'x', text: 'x'.repeat(70_000) }))
      expect(json).toMatchObject({ title: 'Too large', detail: 'a body has at most 64 KiB' })
    })

    it('in SQL is kept as it is', async () => {
      const title = `'; drop table document; --`
      expect(await example.call(put({ title, text: '$1' }))).toMatchObject({
        status: 200,
        json: { title, text: '$1' },
      })
      before = undefined
    })

    it.each([
      'limit=0',
      'limit=101',
      'limit=x',
      'limit=1&limit=2',
      'limit[]=1',
      'after=%00',
      'all=1',
    ])('is not the only thing that is read: ?%s', async (query) => {
      await expectStatus(400, { as: 'ada', method: 'GET', path: `${DOCUMENTS}?${query}` })
    })
  })

  describe('a token', () => {
    const call = (authorization: string | readonly string[]): Call => ({
      method: 'DELETE',
      path: '/folders/ledger/documents/salaries',
      headers: { authorization },
    })
    const claims = { account: '111122223333', role: 'author', tags: { team: 'finance' } }
    const later = () => Math.floor(Date.now() / 1000) + 60
    const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const whole = () => ({ ...claims, sub: 'finn', iss: ISSUER, aud: AUDIENCE, exp: later() })

    /** Signed by a stranger, who says to be the issuer. */
    async function stranger(kid?: string): Promise<string> {
      const { privateKey } = await generateKeyPair('ES256')
      const header = { alg: 'ES256', typ: 'at+jwt', ...(kid !== undefined && { kid }) }
      return new SignJWT(whole()).setProtectedHeader(header).sign(privateKey)
    }

    it('is asked for where there is none, without saying more', async () => {
      const { headers } = await expectStatus(401, { method: 'GET', path: PLAN })
      expect(headers['www-authenticate']).toBe(`Bearer realm="${AUDIENCE}"`)
    })

    it('of a stranger is refused, under the key id of the issuer too', async () => {
      const kid = example.issuer.keys.keys[0]?.kid
      for (const token of [await stranger(), await stranger(kid)]) {
        const { headers } = await expectStatus(401, call(`Bearer ${token}`))
        expect(headers['www-authenticate']).toContain('error="invalid_token"')
      }
    })

    it('without a signature is refused: alg none', async () => {
      for (const alg of ['none', 'None']) {
        const token = `${base64({ alg, typ: 'at+jwt' })}.${base64(whole())}.`
        await expectStatus(401, call(`Bearer ${token}`))
      }
    })

    it('signed with the public key as a secret is refused', async () => {
      const head = `${base64({ alg: 'HS256', typ: 'at+jwt' })}.${base64(whole())}`
      const secret = JSON.stringify(example.issuer.keys.keys[0])
      const signature = createHmac('sha256', secret).update(head).digest('base64url')
      await expectStatus(401, call(`Bearer ${head}.${signature}`))
    })

    it.each([
      ['of another issuer', { iss: 'https://evil.example' }],
      ['for another audience', { aud: 'urn:another' }],
      ['that has expired', { exp: 1 }],
      ['that never expires', { exp: undefined }],
      ['of nobody', { sub: undefined }],
      ['of nobody by name', { sub: '' }],
      ['without an account', { account: undefined }],
      ['with a role that is a path', { role: '../reviewer' }],
      ['with a role that is a pattern', { role: '*' }],
      ['with a list of roles', { role: ['author'] }],
      ['with tags that are a list', { tags: ['team'] }],
      ['with a tag that is a list', { tags: { team: ['finance'] } }],
      ['with tags that are text', { tags: 'team' }],
    ])('%s is refused, though the issuer signed it', async (_, change) => {
      await expectStatus(200, { ...call(`Bearer ${await signed(whole())}`), method: 'GET' })
      await expectStatus(401, call(`Bearer ${await signed({ ...whole(), ...change })}`))
    })

    it('of another type is refused', async () => {
      await expectStatus(401, call(`Bearer ${await signed(whole(), 'JWT')}`))
    })

    it('of no team is of no team', async () => {
      for (const tags of [{}, { team: '' }, { team: '*' }, { team: '${aws:ResourceTag/team}' }]) {
        await expectStatus(403, call(`Bearer ${await signed({ ...whole(), tags })}`))
      }
    })

    it.each([
      ['Basic ZmlubjpmaW5u', 401],
      ['Bearer', 400],
      ['Bearer a b', 400],
      ['Bearer <script>', 400],
      ['Bearer x', 401],
    ])('must be a bearer token: %s', async (header, status) => {
      const { headers } = await expectStatus(status, call(header))
      expect(headers['www-authenticate']).toMatch(/^Bearer realm="/)
    })

    it('must be the only one', async () => {
      const good = `Bearer ${await signed(whole())}`
      await expectStatus(400, call([good, good]))
    })
  })

  /** Signs anything with the issuer's own key, which lies in the data folder. */
  async function signed(claims: object, typ = 'at+jwt'): Promise<string> {
    const key = await importJWK(
      JSON.parse(readFileSync(join(data, 'issuer.json'), 'utf8')),
      'ES256',
    )
    const kid = example.issuer.keys.keys[0]?.kid ?? ''
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', kid, typ }).sign(key)
  }

  describe('a database that fails', () => {
    it('lets nobody in: 503 where the guard needs it', async () => {
      const report = vi.spyOn(console, 'error').mockImplementation(() => {})
      await example.store.close()
      const answer = await example.as('mona', `GET ${PLAN}`)
      expect(answer).toMatchObject({ status: 503, json: { title: 'No decision' } })
      expect(answer.text).not.toContain('PGlite')
      expect(report).toHaveBeenCalledOnce()
      report.mockRestore()
    })
  })
})
