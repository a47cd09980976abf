import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAllowed, type RequestPrincipal } from '@iamkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createCan,
  createClient,
  type RemoteOptions,
  type RemotePolicies,
  remotePolicies,
} from '../src/index.js'
import { fileCopy } from '../src/node/file-copy.js'
import type { Snapshot } from '../src/policies/snapshot.js'
import { credentials, json, type Listener, listen, refuse } from './listener.js'
import {
  account,
  author,
  documentArn,
  documentsOf,
  nameOf,
  reads,
  roleArn,
  snapshot,
  writes,
} from './snapshots.js'

let server: Listener
let current: Snapshot
let streams: ServerResponse[]
const open: RemotePolicies[] = []

beforeEach(async () => {
  current = snapshot(5)
  streams = []
  server = await listen(({ url, headers }, response) => {
    if (url.startsWith('/v1/changes')) {
      streams.push(response.writeHead(200, { 'content-type': 'text/event-stream' }))
      return void response.write(': staleness=0.000 at=1\n\n')
    }
    const etag = `"${current.seq}"`
    if (headers['if-none-match'] === etag) return void response.writeHead(304).end()
    response.setHeader('etag', etag)
    json(response, current)
  })
})
afterEach(async () => {
  for (const source of open.splice(0)) source.close()
  await server.close()
})

function follow(options: RemoteOptions = {}): RemotePolicies {
  const client = createClient({
    endpoint: server.endpoint,
    credentials,
    attempts: 1,
    timeout: 1_000,
  })
  const source = remotePolicies(client, { pollEvery: 100, ...options })
  open.push(source)
  return source
}

function may(
  source: RemotePolicies,
  action: string,
  principal: RequestPrincipal = author,
): boolean {
  const request = { principal, resource: documentArn }
  return isAllowed(source(request), { ...request, action, resourceAccount: account })
}

const change = (previous: number, seq: number) => ({
  account,
  previous,
  seq,
  principals: { [roleArn]: { type: 'role', id: 'AROA1', tags: {}, identity: [nameOf(writes)] } },
  documents: documentsOf(writes),
})

function tell(event: string, data: unknown): void {
  streams.at(-1)?.write(`id: 1\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

const streamed = (count = 1) =>
  vi.waitFor(() => expect(streams.length).toBeGreaterThanOrEqual(count))

describe('remotePolicies', () => {
  it('decides by the snapshot', async () => {
    const source = follow()
    await source.ready()
    expect([may(source, 'docs:GetDocument'), may(source, 'docs:PutDocument')]).toEqual([
      true,
      false,
    ])
    expect(source.status()).toMatchObject({ seq: 5, isReady: true, lastProblem: undefined })
  })

  it('refuses to decide before there is one', () => {
    expect(() => may(follow(), 'docs:GetDocument')).toThrow(
      'no policies to decide by: none were fetched yet',
    )
  })

  it('takes over a change as it comes', async () => {
    const source = follow()
    await streamed()
    tell('change', change(5, 6))
    await vi.waitFor(() => expect(source.status().seq).toBe(6))
    expect([may(source, 'docs:GetDocument'), may(source, 'docs:PutDocument')]).toEqual([
      false,
      true,
    ])
  })

  it('takes it over where something else stands in the place of `Response`', async () => {
    vi.stubGlobal('Response', class extends Response {})
    try {
      const source = follow()
      await streamed()
      tell('change', change(5, 6))
      await vi.waitFor(() => expect(source.status().seq).toBe(6))
    } finally {
      vi.unstubAllGlobals()
    }
  })

  it('resumes from where it was when the stream is cut', async () => {
    const source = follow()
    await streamed()
    tell('change', change(5, 6))
    await vi.waitFor(() => expect(source.status().seq).toBe(6))
    current = snapshot(6, [writes])
    streams[0]?.destroy()
    await streamed(2)
    const last = server.received.filter(({ url }) => url.startsWith('/v1/changes')).at(-1)
    expect(last).toMatchObject({ url: '/v1/changes?since=6', headers: { 'last-event-id': '6' } })
  })

  it('forgets the half of an event that was cut off', async () => {
    const source = follow()
    await streamed()
    streams[0]?.write(`event: change\ndata: ${JSON.stringify(change(5, 6))}\n`)
    streams[0]?.end()
    await streamed(2)
    expect(source.status().seq).toBe(5)
    expect(may(source, 'docs:PutDocument')).toBe(false)
  })

  it('fetches the snapshot again when it missed something, or is told to', async () => {
    const source = follow()
    await streamed()
    current = snapshot(9, [writes])
    tell('change', change(7, 8))
    await vi.waitFor(() => expect(source.status().seq).toBe(9))
    await streamed(2)
    current = snapshot(11)
    tell('reset', { seq: 11 })
    await vi.waitFor(() => expect(source.status().seq).toBe(11))
    expect(may(source, 'docs:GetDocument')).toBe(true)
  })

  it('polls where there is no stream, and asks only for what is new', async () => {
    server.answer = ((whole) => (received, response) => {
      if (received.url.startsWith('/v1/changes')) return refuse(response, 501, 'NotImplemented')
      return whole(received, response)
    })(server.answer)
    const source = follow()
    await source.ready()
    current = snapshot(8, [writes])
    await vi.waitFor(() => expect(source.status()).toMatchObject({ seq: 8, isLive: false }))
    expect(may(source, 'docs:PutDocument')).toBe(true)
    expect(source.status().counts.snapshots).toBe(2)
  })

  it('gives a role that was made again under its old name nothing of the sessions before', async () => {
    const source = follow()
    await streamed()
    current = snapshot(6)
    const before = current.principals[roleArn]
    const Statement = { Effect: 'Allow', Principal: { AWS: roleArn }, Action: '*', Resource: '*' }
    const text = JSON.stringify({ Version: '2012-10-17', Statement })
    const shared = { type: 'resource', name: documentArn, text } as const
    current = {
      ...current,
      principals: { [roleArn]: { ...before, id: 'AROA2' } as never },
      resources: { [documentArn]: { tags: {}, policy: nameOf(shared) } },
      documents: { ...current.documents, ...documentsOf(shared) },
    }
    tell('reset', {})
    await vi.waitFor(() => expect(source.status().seq).toBe(6))
    expect(may(source, 'docs:GetDocument')).toBe(false)
    expect(may(source, 'docs:GetDocument', { ...author, id: 'AROA2' } as RequestPrincipal)).toBe(
      true,
    )
  })

  it('takes every policy that the control plane takes, however long', async () => {
    const Statement = Array.from({ length: 90 }, (_, i) => ({
      Effect: 'Allow',
      Action: i === 0 ? 'docs:Get*' : `other:Action${i}`,
      Resource: `arn:aws:${i === 0 ? 'docs' : 'other'}::${account}:*`,
    }))
    const text = JSON.stringify({ Version: '2012-10-17', Statement })
    expect(text.length).toBeGreaterThan(6144)
    current = snapshot(5, [{ type: 'identity', name: 'arn:aws:iam::aws:policy/Long', text }])
    const source = follow()
    await source.ready()
    expect(may(source, 'docs:GetDocument')).toBe(true)
    const request = { principal: author, resource: documentArn, session: [text] }
    const asked = { ...request, action: 'docs:GetDocument', resourceAccount: account }
    expect(isAllowed(source(request), asked)).toBe(true)
    const can = createCan(source.snapshotOf(request))
    expect(can('docs:GetDocument', documentArn)).toBe('yes')
  })

  it('narrows a session by the policies that it was made with', async () => {
    const source = follow()
    await source.ready()
    const request = { principal: author, resource: documentArn, session: [writes.text] }
    const asked = { ...request, action: 'docs:GetDocument', resourceAccount: account }
    expect(isAllowed(source(request), asked)).toBe(false)
    expect(isAllowed(source({ ...request, session: [reads.text] }), asked)).toBe(true)
  })
})

describe('remotePolicies, where something is wrong', () => {
  const kept = (source: RemotePolicies) => [source.status().seq, may(source, 'docs:GetDocument')]

  it.each<[string, () => unknown, string]>([
    [
      'older than the one in hand',
      () => snapshot(4, [writes]),
      'older (4) than the one in hand (5)',
    ],
    [
      'for another account',
      () => ({ ...snapshot(6), account: '999900001111' }),
      'of another account',
    ],
    [
      'of a format to come',
      () => ({ ...snapshot(6), format: 2 }),
      'a format that is not known: `2`',
    ],
    ['without a document', () => ({ ...snapshot(6), documents: {} }), 'is missing'],
    [
      'with a document that is not what its name says',
      () => ({ ...snapshot(6), documents: { [nameOf(reads)]: writes } }),
      'is not what its name says',
    ],
    ['with a policy that is none', () => brokenPolicy(), 'is no policy'],
    ['that is no object', () => [], 'expected an object'],
    ['with a principal of no known type', () => oddPrincipal(), 'type is not known'],
  ])('keeps what it has when a snapshot comes %s', async (_title, make, problem) => {
    const source = follow()
    await streamed()
    current = make() as Snapshot
    streams[0]?.destroy()
    await vi.waitFor(() => expect(source.status().lastProblem ?? '').toContain(problem))
    expect(kept(source)).toEqual([5, true])
  })

  it('keeps what it has when a snapshot is cut off', async () => {
    const source = follow()
    await streamed()
    server.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"format":1,')
      setTimeout(() => response.destroy(), 10)
    }
    streams[0]?.destroy()
    await vi.waitFor(() => expect(source.status().counts.problems).toBeGreaterThan(0))
    expect(kept(source)).toEqual([5, true])
  })

  it.each<[string, unknown]>([
    ['for another account', { ...change(5, 6), account: '999900001111' }],
    ['whose document is missing', { ...change(5, 6), documents: {} }],
    ['that is no change', { seq: 6 }],
  ])('keeps what it has when a change comes %s', async (_title, data) => {
    const source = follow()
    await streamed()
    tell('change', data)
    await vi.waitFor(() => expect(source.status().counts.problems).toBeGreaterThan(0))
    expect(kept(source)).toEqual([5, true])
  })

  it('goes on while the control plane is away, and then refuses', async () => {
    const source = follow({ stalenessLimit: 400 })
    await streamed()
    await server.close()
    expect(may(source, 'docs:GetDocument')).toBe(true)
    await vi.waitFor(
      () => expect(() => may(source, 'docs:GetDocument')).toThrow('they were last confirmed'),
      {
        timeout: 5_000,
      },
    )
    expect(source.status().isReady).toBe(false)
  })

  it('goes on for ever where the app chose so', async () => {
    const source = follow({ stalenessLimit: 100, whenStale: 'continue' })
    await streamed()
    await server.close()
    await vi.waitFor(() => expect(source.status().staleness).toBeGreaterThan(300))
    expect(may(source, 'docs:GetDocument')).toBe(true)
  })

  it('counts what the control plane says of its own staleness', async () => {
    const source = follow({ stalenessLimit: 60_000 })
    await streamed()
    streams[0]?.write(': staleness=120.500 at=2\n')
    await vi.waitFor(() => expect(source.status().staleness).toBeGreaterThan(120_000))
    expect(() => may(source, 'docs:GetDocument')).toThrow('they were last confirmed')
  })

  it('is not harmed by a listener that throws', async () => {
    const source = follow({
      onChange: () => {
        throw new Error('mine')
      },
    })
    await source.ready()
    expect(may(source, 'docs:GetDocument')).toBe(true)
  })

  it('ends those who wait when it is closed', async () => {
    await server.close()
    const source = follow()
    const waiting = source.ready()
    source.close()
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_POLICIES_UNAVAILABLE' })
  })
})

describe('a kept copy', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'iamkit-copy-'))
    path = join(folder, 'deep', 'policies.json')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const keepOne = async () => {
    const source = follow({ keep: fileCopy(path) })
    await source.ready()
    await vi.waitFor(() => expect(JSON.parse(readFileSync(path, 'utf8')).snapshot.seq).toBe(5))
    source.close()
    await server.close()
  }

  it('answers after a restart without the control plane, and only its owner may read it', async () => {
    await keepOne()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const source = follow({ keep: fileCopy(path) })
    await source.ready()
    expect(may(source, 'docs:GetDocument')).toBe(true)
  })

  it.each<[string, (confirmed: number) => number]>([
    ['too old', (confirmed) => confirmed - 600_000],
    ['from a clock that ran ahead', (confirmed) => confirmed + 3_600_000],
  ])('that is %s does not answer', async (_title, shift) => {
    await keepOne()
    const copy = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...copy, confirmed: shift(copy.confirmed) }))
    const source = follow({ keep: fileCopy(path) })
    await vi.waitFor(() => expect(source.status().seq).toBe(5))
    expect(() => may(source, 'docs:GetDocument')).toThrow('no policies to decide by')
  })

  it.each(['', '{', '{"snapshot":{"format":1}}', '[]'])(
    'that is broken (`%s`) is not used',
    async (text) => {
      await keepOne()
      writeFileSync(path, text)
      const source = follow({ keep: fileCopy(path) })
      await vi.waitFor(() => expect(source.status().counts.problems).toBeGreaterThan(0))
      expect(source.status().seq).toBeUndefined()
    },
  )
})

function brokenPolicy(): Snapshot {
  const broken = { ...reads, text: '{"Version":"2012-10-17","Statement":[{"Effect":"Permit"}]}' }
  return snapshot(6, [broken])
}

function oddPrincipal(): unknown {
  const one = snapshot(6)
  return { ...one, principals: { [roleArn]: { ...one.principals[roleArn], type: 'robot' } } }
}
