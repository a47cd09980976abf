/** What the README says of faults, over real sockets with the control plane itself. */
import { setTimeout } from 'node:timers/promises'
import { isAllowed, type RequestPrincipal } from '@iamkit/core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type Credentials,
  createClient,
  fromAssumedRole,
  type KeptCopy,
  type RemoteOptions,
  type RemotePolicies,
  remotePolicies,
  reportActivity,
} from '../src/index.js'
import { account, documentArn, type RealServer, root, startControlPlane } from './control-plane.js'
import { openWay, type Way } from './way.js'

let server: RealServer
let way: Way
let reader: RequestPrincipal
const open: RemotePolicies[] = []

beforeAll(async () => {
  server = await startControlPlane()
  reader = await server.newReader('reader')
  await client(root).registerService({
    prefix: 'docs',
    definition: {
      resources: { document: { arn: 'document/{documentId}', tags: true } },
      actions: { GetDocument: { resource: 'document', access: 'Read' } },
    },
  } as never)
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const source of open.splice(0)) source.close()
  await way?.close().catch(() => undefined)
})
afterAll(() => server.close())

function client(credentials: Credentials | ReturnType<typeof fromAssumedRole>, endpoint?: string) {
  const to = endpoint ?? server.endpoint
  return createClient({ endpoint: to, credentials, attempts: 1, timeout: 5_000 })
}

/** Follows by way of one that can be cut, or is from the beginning. */
async function follow(credentials: Credentials, options: RemoteOptions = {}, spoil = noFault) {
  way = await openWay(server.endpoint)
  spoil(way)
  const source = remotePolicies(client(credentials, way.endpoint), { pollEvery: 100, ...options })
  open.push(source)
  return source
}

function may(source: RemotePolicies, name = 'd1'): boolean {
  const request = { principal: reader, resource: documentArn(name) }
  const asked = { ...request, action: 'docs:GetDocument', resourceAccount: account }
  return isAllowed(source(request), asked)
}

const noFault = (_way: Way): void => {}

const soon = { timeout: 15_000, interval: 20 }

describe('a control plane that is away', () => {
  it('at the start is waited for, and nothing is decided before it is there', async () => {
    const source = await follow(root, {}, ({ cut }) => cut())
    await vi.waitFor(() => expect(source.status().counts.problems).toBeGreaterThan(1), soon)
    expect(() => may(source)).toThrow(/^no policies to decide by: none were fetched yet: /)
    way.mend()
    await source.ready()
    expect(may(source)).toBe(true)
  })

  it('at the start is stood in for by a kept copy, within the limit and no longer', async () => {
    let copy: string | undefined
    const keep: KeptCopy = {
      read: async () => copy,
      write: async (text) => {
        copy = text
      },
    }
    const before = await follow(root, { keep })
    await vi.waitFor(() => expect(copy).toBeDefined(), soon)
    before.close()
    await way.close()
    await forbid('copied')
    const source = await follow(root, { keep, stalenessLimit: 3_000 }, ({ cut }) => cut())
    await source.ready()
    expect(may(source, 'copied')).toBe(true)
    await vi.waitFor(() => expect(() => may(source, 'copied')).toThrow('last confirmed'), soon)
    way.mend()
    await source.ready()
    expect(may(source, 'copied')).toBe(false)
  })

  it('is not missed for the limit; then nothing is decided, until it is back with all that is new', async () => {
    const source = await follow(root, { stalenessLimit: 3_000 })
    await vi.waitFor(() => expect(source.status().isLive).toBe(true), soon)
    way.cut()
    await forbid('away')
    expect(may(source, 'away')).toBe(true)
    await vi.waitFor(() => expect(() => may(source, 'away')).toThrow('last confirmed'), soon)
    const refused = performance.now()
    while (performance.now() - refused < 500) {
      expect(() => may(source, 'away')).toThrow('last confirmed')
      await setTimeout(50)
    }
    way.mend()
    await source.ready()
    expect([may(source, 'away'), may(source, 'other')]).toEqual([false, true])
  })
})

describe('a line that is cut', () => {
  it('in the middle of a snapshot brings nothing, and the next one all', async () => {
    const source = await follow(root, {}, ({ cutWithin }) => cutWithin('"principals"'))
    await source.ready()
    expect(source.status().counts).toMatchObject({ snapshots: 1, problems: 1 })
    expect(may(source)).toBe(true)
  })

  it('in the middle of a change brings nothing of it, and then all', async () => {
    const source = await follow(root)
    await vi.waitFor(() => expect(source.status().isLive).toBe(true), soon)
    way.cutWithin('event: change')
    await forbid('halved')
    await vi.waitFor(() => expect(may(source, 'halved')).toBe(false), soon)
    expect(source.status().counts).toMatchObject({ changes: 0, problems: 1, snapshots: 2 })
  })
})

describe('credentials that are revoked', () => {
  it('end calls at once and policies at the staleness limit, and are taken again', async () => {
    const keys = await server.newUser('revoked')
    const source = await follow(keys, { stalenessLimit: 6_000 })
    await vi.waitFor(() => expect(source.status().isLive).toBe(true), soon)
    await server.setKey('revoked', keys.accessKeyId, 'Inactive')
    await expect(
      client(keys).authorize({ action: 'docs:GetDocument', resource: documentArn('d1') }),
    ).rejects.toMatchObject({ code: 'UnrecognizedClientException', status: 403 })
    expect(may(source)).toBe(true)
    await vi.waitFor(
      () => expect(() => may(source)).toThrow(/last confirmed \d+ s ago: UnrecognizedClient/),
      soon,
    )
    await server.setKey('revoked', keys.accessKeyId, 'Active')
    await vi.waitFor(() => expect(may(source)).toBe(true), soon)
  })
})

describe('a flood of denials', () => {
  it('is counted together, cut at a bound, told, and in nobody’s way', async () => {
    const activity = reportActivity(client(root), { app: 'flooded', capacity: 2_000 })
    const principal = { arn: `arn:aws:iam::${account}:user/flood` }
    for (let i = 0; i < 20_000; i += 1) {
      const request = {
        principal,
        action: 'docs:GetDocument',
        resource: documentArn(`${i % 4_000}`),
      }
      activity.onDecision({
        time: new Date(),
        decision: { answer: 'ImplicitDeny', request },
      })
    }
    expect(activity.status()).toEqual({ held: 2_000, sent: 0, dropped: 10_000 })
    const [decision] = await Promise.all([
      client(root).authorize({ action: 'docs:GetDocument', resource: documentArn('d1') }),
      activity.close(),
    ])
    expect(decision.allowed).toBe(true)
    expect(activity.status()).toEqual({ held: 0, sent: 10_000, dropped: 10_000 })
    const reported = await server.controlPlane.findAudit({
      account,
      eventName: 'GetDocument',
      principalArn: principal.arn,
      limit: 10_000,
    })
    const counts = reported.map(({ requestParameters }) => Number(requestParameters?.['count']))
    expect([counts.length, counts.reduce((sum, count) => sum + count, 0)]).toEqual([2_000, 10_000])
    const batches = await server.controlPlane.findAudit({ account, eventName: 'ReportActivity' })
    const dropped = batches.map(({ requestParameters }) => Number(requestParameters?.['dropped']))
    expect(dropped.reduce((sum, count) => sum + count, 0)).toBe(10_000)
  })
})

describe('a slow consumer', () => {
  it('is let go, and has missed nothing once it reads on', async () => {
    const source = await follow(root)
    await vi.waitFor(() => expect(source.status().isLive).toBe(true), soon)
    const { reconnects } = source.status().counts
    way.stall()
    const names = Array.from({ length: 400 }, (_, i) => `slow-${i}`)
    // A few at a time: on a busy machine a hundred take longer than a call may.
    for (let i = 0; i < names.length; i += 20) {
      await Promise.all(names.slice(i, i + 20).map((name) => forbid(name, 150)))
    }
    await forbid('last')
    expect([may(source, 'slow-0'), may(source, 'last')]).toEqual([true, true])
    way.resume()
    // One is looked at, not all: who decides 400 times over leaves the follower no time. Changes come in their order.
    await vi.waitFor(() => expect(may(source, 'last')).toBe(false), { ...soon, timeout: 60_000 })
    expect(names.filter((name) => may(source, name))).toEqual([])
    expect(source.status().counts.reconnects).toBeGreaterThan(reconnects)
  }, 120_000)
})

describe('a clock that is wrong by an hour', () => {
  it.each([3_600_000, -3_600_000])('is set right by the answer (%i ms)', async (offset) => {
    const rightly = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => rightly() + offset)
    const roleArn = `arn:aws:iam::${account}:role/reader`
    const source = await server.newUser(`clock${offset}`)
    const session = fromAssumedRole({ roleArn, source, endpoint: server.endpoint })
    const wrong = client(session)
    const asked = { action: 'docs:GetDocument', resource: documentArn('d1') }
    expect(await wrong.authorize(asked)).toMatchObject({ allowed: true })
    const policies = remotePolicies(wrong)
    open.push(policies)
    await policies.ready()
    expect(may(policies)).toBe(true)
    await vi.waitFor(() => expect(policies.status().isLive).toBe(true), soon)
  })
})

function denyOf(name: string): object {
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: 'docs:GetDocument',
    Resource: documentArn(name),
  }
}

/** Forbids everybody to read a document, if need be at such length that no buffer on the way holds some hundreds. */
async function forbid(name: string, others = 0): Promise<void> {
  const rest = Array.from({ length: others }, (_, i) => denyOf(`nobody/${i}`))
  const policy = { Version: '2012-10-17', Statement: [denyOf(name), ...rest] }
  await client(root).putResourcePolicy({ resource: documentArn(name), policy } as never)
}
