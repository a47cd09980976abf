import { beforeAll, describe, expect, it } from 'vitest'
import { type Bypass, type BypassError, expectNoBypass } from '../src/index.js'
import { EXPRESS_HOLES, expressAppWithHoles } from './express-holes.js'
import { KOA_HOLES, koaAppWithHoles } from './koa-holes.js'

/** The plainest of the requests that are known to go through; there may be others. */
const SHOWN: Readonly<Record<string, readonly [what: string, bytes: string]>> = {
  table: ['GET /table/secret', 'GET /TABLE/SECRET HTTP/1.1\r\n'],
  unless: ['GET /unless/secret', 'GET /unless/secret?next=/health HTTP/1.1\r\n'],
  encoded: ['GET /encoded/:area', 'GET /encoded/admi%6E HTTP/1.1\r\n'],
  head: ['HEAD /head/:noteId', 'HEAD /head/1 HTTP/1.1\r\n'],
  all: ['* /all/:noteId', 'QUERY /all/1 HTTP/1.1\r\n'],
  absolute: ['GET /absolute/secret', 'GET https://example.com/absolute/secret HTTP/1.1\r\n'],
  secret: ['GET /secret/secret', 'Authorization: Bearer undefined\r\n'],
  override: ['DELETE /override/:noteId', 'POST /override/1 HTTP/1.1\r\n'],
}

describe.each([
  ['Express', expressAppWithHoles, Object.keys(EXPRESS_HOLES)],
  ['Koa', koaAppWithHoles, Object.keys(KOA_HOLES)],
] as const)('expectNoBypass on an app of %s with holes', (_framework, appWithHoles, holes) => {
  let error: BypassError
  const through = (hole: string) =>
    error.bypasses.filter(({ what }) => what.includes(`\`${hole}\``))

  beforeAll(async () => {
    const options = {
      params: { area: 'admin' },
      routes: ['/files/express-holes.ts'],
      timeLimit: 230_000,
    }
    const search = expectNoBypass(appWithHoles(), options)
    error = await search.then(
      () => expect.unreachable('nothing was found'),
      (thrown: unknown) => thrown as BypassError,
    )
  }, 240_000)

  it.each(holes)('finds `%s`', (hole) => {
    expect(through(hole)).not.toEqual([])
  })

  it.each(Object.entries(SHOWN))('finds `%s` by what it is made of', (hole, [what, bytes]) => {
    const one = through(hole).find((bypass) => bypass.bytes.includes(bytes))
    expect(one?.what).toBe(`handler \`${hole}\` of \`${what}\` ran`)
  })

  it.each(['table', 'unless', 'encoded', 'override', 'header', 'secret', 'twice', 'absolute'])(
    'finds `%s`, which refuses what is written plainly',
    (hole) => {
      const isPlain = ({ title, method }: Bypass) => title === 'as it is' && method === 'GET'
      expect(through(hole).filter(isPlain)).toEqual([])
    },
  )

  it('finds files that are served to everybody', () => {
    const files = error.bypasses.filter(({ route }) => route === '/files/express-holes.ts')
    expect(files.map(({ what }) => what)).toContain('answered 200 to `GET` without a decision')
  })

  it('lists each hole with the bytes that go through it', () => {
    expect(error.code).toBe('ERR_BYPASS_FOUND')
    expect(error.message).toMatch(/^\d+ requests came past the guard\n\n/)
    expect(error.message).toContain(
      [
        'handler `override` of `DELETE /override/:noteId` ran (POST with `X-HTTP-Method-Override`)',
        '  "POST /override/1 HTTP/1.1\\r\\n"',
        '  "Host: 127.0.0.1\\r\\n"',
        '  "X-HTTP-Method-Override: DELETE\\r\\n"',
        '  "Connection: close\\r\\n"',
        '  "\\r\\n"',
      ].join('\n'),
    )
  })
})
