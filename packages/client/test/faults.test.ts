/** What the README says of faults, over real sockets with the control plane itself. */
import { isAllowed, type RequestPrincipal } from '@iamkit/core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type Credentials,
  createClient,
  fromAssumedRole,
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

/** Follows by way of one that can be cut. */
async function follow(credentials: Credentials, options: RemoteOptions = {}) {
  way = await openWay(server.endpoint)
  const source = remotePolicies(client(credentials, way.endpoint), { pollEvery: 100, ...options })
  open.push(source)
  return source
}

function may(source: RemotePolicies, name = 'd1'): boolean {
  const request = { principal: reader, resource: documentArn(name) }
  const asked = { ...request, action: 'docs:GetDocument', resourceAccount: account }
  return isAllowed(source(request), asked)
}

const soon = { timeout: 15_000, interval: 20 }

describe('a control plane that is away', () => {
  it('at the start is waited for, and nothing is decided before it is there', async () => {
    const source = await follow(root)
    way.cut()
    expect(() => may(source)).toThrow('no policies to decide by')
    way.mend()
    await source.ready()
    expect(may(source)).toBe(true)
  })

  it('is followed again when it is back, and what it decided meanwhile holds', async () => {
    const source = await follow(root)
    await vi.waitFor(() => expect(source.status().isLive).toBe(true), soon)
    way.cut()
    const policy = { Version: '2012-10-17', Statement: denyOf('away') }
    await client(root).putResourcePolicy({ resource: documentArn('away'), policy } as never)
    expect(may(source, 'away')).toBe(true)
    way.mend()
    await vi.waitFor(() => expect(may(source, 'away')).toBe(false), soon)
    expect(may(source, 'other')).toBe(true)
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
    for (let i = 0; i < names.length; i += 100) {
      await Promise.all(names.slice(i, i + 100).map(putLongPolicy))
    }
    expect(may(source, 'slow-0')).toBe(true)
    way.resume()
    await vi.waitFor(() => expect(names.filter((name) => may(source, name))).toEqual([]), {
      ...soon,
      timeout: 60_000,
    })
    expect(source.status().counts.reconnects).toBeGreaterThan(reconnects)
  }, 90_000)
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

/** As long as a policy may be, so that some hundreds are more than any buffer on the way holds. */
async function putLongPolicy(name: string): Promise<void> {
  const others = Array.from({ length: 150 }, (_, i) => denyOf(`nobody/${i}`))
  const policy = { Version: '2012-10-17', Statement: [denyOf(name), ...others] }
  await client(root).putResourcePolicy({ resource: documentArn(name), policy } as never)
}
