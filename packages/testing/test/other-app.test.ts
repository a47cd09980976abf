import { METHODS, type RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type BypassError, expectNoBypass, handlerRan } from '../src/index.js'

const closed: RequestListener = (req, res) => {
  const isOpen = req.url === '/' || req.url === '/health' || req.method === 'OPTIONS'
  res.writeHead(isOpen ? 200 : 401).end()
}

async function bypassesOf(...search: Parameters<typeof expectNoBypass>): Promise<BypassError> {
  return expectNoBypass(...search).then(
    () => expect.unreachable('nothing was found'),
    (error: unknown) => error as BypassError,
  )
}

describe('expectNoBypass on a listener that it cannot look into', { timeout: 60_000 }, () => {
  it('finds nothing where nothing is served', async () => {
    const report = await expectNoBypass(closed, { routes: ['/notes/:noteId'] })
    expect(report).toMatchObject({ routes: ['/notes/:noteId'], unreached: [] })
    expect(report.arrived).toBeGreaterThan(1000)
  })

  it('takes an answer for a bypass', async () => {
    const app: RequestListener = (req, res) => {
      res.writeHead(req.url?.startsWith('/notes') ? 401 : 200).end()
    }
    const { code, message, bypasses } = await bypassesOf(app, { routes: ['/notes'] })
    expect(code).toBe('ERR_BYPASS_FOUND')
    expect(message).toContain('answered 200 to `GET` without a decision')
    expect(bypasses).toContainEqual({
      title: 'two leading slashes',
      route: '/notes',
      method: 'GET',
      what: 'answered 200 to `GET` without a decision',
      bytes: 'GET //notes HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    })
    expect(bypasses.filter(({ title }) => title === 'as it is')).toEqual([])
  })

  it('hears of a handler that hides what it does behind a refusal', async () => {
    const app: RequestListener = (req, res) => {
      if (req.method === 'PROPFIND') handlerRan(req, 'find')
      res.writeHead(403).end()
    }
    const { bypasses, message } = await bypassesOf(app, { routes: ['/notes'] })
    expect(message).toContain(
      'handler `find` ran (as it is, ', // the plainest of them is shown
    )
    expect(message).toContain('"PROPFIND /notes HTTP/1.1\\r\\n"')
    expect(new Set(bypasses.map(({ method }) => method))).toEqual(new Set(['PROPFIND']))
  })

  it('leaves answers alone where they prove nothing', async () => {
    const app: RequestListener = (_req, res) => {
      res.end('the page')
    }
    const report = await expectNoBypass(app, { routes: ['/notes'], answers: false })
    expect(report.unreached).toEqual([])
  })

  it('sends every method that Node knows, and some that it does not', async () => {
    const arrived = new Set<string>()
    const app: RequestListener = (req, res) => {
      arrived.add(req.method ?? '')
      res.writeHead(404).end()
    }
    const report = await expectNoBypass(app, { routes: ['/notes'] })
    // Node gives CONNECT to listeners of `connect`, and nothing else.
    expect([...arrived].sort()).toEqual(METHODS.filter((name) => name !== 'CONNECT').sort())
    expect(report.unreached).toEqual(['/notes'])
  })

  it('sends other spellings with fewer methods where that is enough', async () => {
    const arrived = new Map<string, Set<string>>()
    const app: RequestListener = (req, res) => {
      const { url = '', method = '' } = req
      arrived.set(url, (arrived.get(url) ?? new Set()).add(method))
      res.writeHead(404).end()
    }
    const report = await expectNoBypass(app, { routes: ['/notes'], thorough: false })
    expect(report.arrived).toBeLessThan(600)
    expect(arrived.get('/notes')).toContain('PROPFIND')
    expect(arrived.get('/NOTES')).toEqual(new Set(['GET', 'POST', 'HEAD']))
    expect(arrived.get('/notes/')).toEqual(new Set(['GET', 'POST', 'HEAD']))
    expect(arrived.size).toBeGreaterThan(60)
  })

  it('gives up a connection that is never answered, and says that it did not finish', async () => {
    const app: RequestListener = () => {}
    const search = expectNoBypass(app, { routes: ['/notes'], patience: 20, timeLimit: 200 })
    await expect(search).rejects.toMatchObject({
      code: 'ERR_BYPASS_UNFINISHED',
      message: expect.stringMatching(/ended after \d+ requests: the limit is 200 milliseconds$/),
    })
  })

  it('says that it did not finish within its number of requests', async () => {
    const search = expectNoBypass(closed, { routes: ['/notes'], limit: 10 })
    await expect(search).rejects.toMatchObject({
      message: 'the search for bypasses ended after 10 requests: the limit is 10 requests',
      sent: 10,
    })
  })

  it.each([
    [
      {},
      'no routes: name them in `routes`, or on Fastify call `assertCovered` before the first one',
    ],
    [{ routes: ['notes'] }, '`notes` is not a path that begins with `/`'],
    [{ routes: ['/a b'] }, '`/a b` is not a path that begins with `/`'],
    [
      { routes: ['/'], headers: ['Authorization: x\r\nX: y'] },
      'a header is a line such as `Authorization: Bearer …`',
    ],
  ])('refuses %j', async (options, problem) => {
    await expect(expectNoBypass(closed, options)).rejects.toMatchObject({
      code: 'ERR_BYPASS_OPTIONS_INVALID',
      message: `cannot look for bypasses: ${problem}`,
    })
  })
})
