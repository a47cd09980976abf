import { getRequestListener } from '@hono/node-server'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bypass, type BypassError, type BypassOptions, expectNoBypass } from '../src/index.js'
import { EXPRESS_HOLES, expressAppWithHoles } from './express-holes.js'
import { FASTIFY_HOLES, fastifyAppWithHoles } from './fastify-holes.js'
import { HONO_HOLES, honoAppWithHoles } from './hono-holes.js'
import { KOA_HOLES, koaAppWithHoles } from './koa-holes.js'
import { thorough } from './thorough.js'

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

interface Planted {
  readonly framework: string
  readonly holes: readonly string[]
  /** Where the framework lets another request through. */
  readonly shown?: typeof SHOWN
  readonly search: (options: BypassOptions) => Promise<unknown>
}

const PLANTED: readonly Planted[] = [
  {
    framework: 'Express',
    holes: Object.keys(EXPRESS_HOLES),
    search: (options) => expectNoBypass(expressAppWithHoles(), options),
  },
  {
    framework: 'Koa',
    holes: Object.keys(KOA_HOLES),
    search: (options) => expectNoBypass(koaAppWithHoles(), options),
  },
  {
    framework: 'Fastify',
    holes: Object.keys(FASTIFY_HOLES),
    search: ({ routes = [], ...options }) => {
      const { app, routes: own } = fastifyAppWithHoles()
      return expectNoBypass(app, { ...options, routes: [...own, ...routes] })
    },
  },
  {
    framework: 'Hono',
    holes: Object.keys(HONO_HOLES),
    shown: { table: ['GET /table/secret', 'GET /table/secret/ HTTP/1.1\r\n'] },
    search: (options) => {
      const app = honoAppWithHoles()
      return expectNoBypass(app, { ...options, listener: getRequestListener(app.fetch) })
    },
  },
]

describe.each(PLANTED)('expectNoBypass on an app of $framework with holes', (planted) => {
  const { holes, shown = {}, search } = planted
  const isPlanted = (hole: string) => holes.includes(hole)
  let error: BypassError
  const through = (hole: string) =>
    error.bypasses.filter(({ what }) => what.includes(`\`${hole}\``))

  beforeAll(async () => {
    const found = search({
      params: { area: 'admin' },
      routes: ['/files/express-holes.ts'],
      timeLimit: 230_000,
      thorough,
    })
    error = await found.then(
      () => expect.unreachable('nothing was found'),
      (thrown: unknown) => thrown as BypassError,
    )
  }, 240_000)

  it.each(holes)('finds `%s`', (hole) => {
    expect(through(hole)).not.toEqual([])
  })

  const made = Object.entries({ ...SHOWN, ...shown }).filter(([hole]) => isPlanted(hole))
  it.each(made)('finds `%s` by what it is made of', (hole, [what, bytes]) => {
    const one = through(hole).find((bypass) => bypass.bytes.includes(bytes))
    expect(one?.what).toBe(`handler \`${hole}\` of \`${what}\` ran`)
  })

  const shy = ['table', 'unless', 'encoded', 'override', 'header', 'secret', 'twice', 'absolute']
  it.each(shy.filter(isPlanted))('finds `%s`, which refuses what is written plainly', (hole) => {
    const isPlain = ({ title, method }: Bypass) => title === 'as it is' && method === 'GET'
    expect(through(hole).filter(isPlain)).toEqual([])
  })

  it('finds files that are served to everybody', () => {
    const files = error.bypasses.filter(({ route }) => route === '/files/express-holes.ts')
    expect(files.map(({ what }) => what)).toContain('answered 200 to `GET` without a decision')
  })

  it('lists each hole with the bytes that go through it', () => {
    expect(error.code).toBe('ERR_BYPASS_FOUND')
    expect(error.message).toMatch(/^\d+ requests came past the guard\n\n/)
    expect(error.message).toMatch(
      /\nhandler `secret` of `GET [/]secret[/]secret` ran \(`undefined` for a token/,
    )
    expect(error.message).toContain(
      [
        '  "GET /secret/secret HTTP/1.1\\r\\n"',
        '  "Host: 127.0.0.1\\r\\n"',
        '  "Authorization: Bearer undefined\\r\\n"',
        '  "Connection: close\\r\\n"',
        '  "\\r\\n"',
      ].join('\n'),
    )
  })
})
