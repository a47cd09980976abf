import { presign } from '@iamkit/sigv4'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuditEvent } from '../src/audit/audit-event.js'
import { createAuthenticate } from '../src/authenticate/authenticate.js'
import { Fault } from '../src/fault.js'
import { createGate } from '../src/gate.js'
import { install } from '../src/installation.js'
import { createLimiter } from '../src/limiter.js'
import { errorFields } from '../src/log.js'
import type { ServiceModel } from '../src/model.js'
import { Pipeline, type PipelineParts } from '../src/pipeline.js'
import type { ListedService, Operations } from '../src/services.js'
import { openWriter, type Writer } from '../src/state/writer.js'
import type { Store } from '../src/store/store.js'
import { purposeOf } from '../src/vault/sealed-field.js'
import { createVault, type Vault } from '../src/vault/vault.js'
import { createVaultKey, parseVaultKeys } from '../src/vault/vault-key.js'
import { wireRequest } from '../src/wire/received.js'
import { ROOT, START, type TestCredentials } from './server.js'
import { openMemory } from './store/databases.js'

const { account } = ROOT
const ADA: TestCredentials = {
  accessKeyId: 'AKIAADA0000000000000',
  secretAccessKey: 'ada-secret',
}

const model: ServiceModel = {
  name: 'iam',
  protocol: 'awsQuery',
  version: '2010-05-08',
  signingName: 'iam',
  xmlNamespace: 'urn:test',
  unsigned: ['Greet'],
  operations: {
    Fail: ['FailInput', ''],
    MakeGroups: ['', 'MakeGroupsOutput'],
    Later: ['', ''],
    Greet: ['', 'GreetOutput'],
    ReadGroup: ['ReadGroupInput', ''],
  },
  shapes: {
    FailInput: { Password: 'string' },
    MakeGroupsOutput: { Groups: 'number!' },
    GreetOutput: { Caller: 'string!' },
    ReadGroupInput: { GroupName: 'string!' },
  },
  errors: {},
}

const group = { createDate: '2026-01-01T00:00:00.000Z', path: '/', attached: [], inline: {} }
const everything =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'

const operations: Operations = {
  Fail: {
    mode: 'read',
    access: 'none',
    run: ({ Password }: { Password: string }) => {
      throw new TypeError(`${Password} is no password`)
    },
  },
  MakeGroups: {
    mode: 'write',
    access: () => ({ resource: `arn:aws:iam::${account}:group/one` }),
    prepare: async (_, { view }) => view.count('group'),
    run: (_, { draft, prepared }) => {
      draft.put('group', { ...group, id: `AGPA${prepared}`, name: `one-${prepared}` })
      if (draft.count('group') > 2) throw new Fault('LimitExceeded', 'too many', 409)
      return { Groups: draft.count('group') }
    },
  },
  Greet: {
    mode: 'read',
    access: 'none',
    run: (_, { call }) => ({ Caller: call.caller.principal.type }),
  },
  ReadGroup: {
    mode: 'read',
    access: ({ GroupName }: { GroupName: string }) => ({
      resource: `arn:aws:iam::${account}:group/${GroupName}`,
    }),
    run: () => undefined,
  },
}

const listed: ListedService = { ...model, load: async () => ({ model, operations }) }

let store: Store
let writer: Writer
let vault: Vault
let pipeline: Pipeline
let events: AuditEvent[]
let errors: object[]
const parts = (): PipelineParts => ({
  services: [listed],
  authenticate: createAuthenticate({ world: writer.world, vault }),
  writer,
  vault,
  limiter: createLimiter({ perSecond: 1000, burst: 1000 }),
  gate: createGate({ limit: { perSecond: 1000, burst: 1000 }, namesKnown: async () => false }),
  maxBodySize: 1000,
  now: () => new Date(),
  onEvent: (event) => events.push(event),
  onCall: () => {},
  onError: (error) => errors.push(errorFields(error)),
})

beforeAll(async () => {
  store = await openMemory()
  writer = await openWriter(store)
  vault = createVault(parseVaultKeys(createVaultKey()))
  await install({ writer, vault, now: () => new Date() }, ROOT)
  await writer.write(account, (draft) => {
    const { createDate } = group
    const id = ADA.accessKeyId
    const secret = vault.seal(ADA.secretAccessKey, purposeOf('access-key', id))
    draft.put('user', { ...group, id: 'AIDAADA', name: 'ada', tags: [], groups: [] })
    draft.put('access-key', { id, createDate, user: 'AIDAADA', status: 'Active', secret })
  })
}, START)
beforeEach(() => {
  events = []
  errors = []
  pipeline = new Pipeline(parts())
})
afterAll(async () => {
  await writer.close()
  await store.close()
})

async function call(query: string, credentials?: TestCredentials, on = pipeline) {
  const plain = new Request(`http://iam/?${query}&Version=2010-05-08`)
  const scope = { region: 'us-east-1', service: 'iam', date: new Date(), expiresIn: 60 }
  const url = credentials ? await presign(plain, credentials, scope) : new URL(plain.url)
  const request = wireRequest({
    method: 'GET',
    target: url.pathname + url.search,
    headers: [['host', 'iam']],
    body: new Uint8Array(),
    sourceIp: '::ffff:192.0.2.1',
    isSecure: true,
  })
  const { status, body } = await on.receive(request)
  const text = body as string
  return { status, text, code: /<Code>(.*)<\/Code>/.exec(text)?.[1] }
}

describe('a call', () => {
  it('that fails in the server is told nothing, and the log has no secret', async () => {
    const reply = await call('Action=Fail&Password=hunter2-hunter2', ROOT)
    expect(reply).toMatchObject({ status: 500, code: 'InternalFailure' })
    expect(reply.text).not.toContain('hunter2')
    expect(errors).toEqual([{ error: 'TypeError', stack: expect.stringContaining('at ') }])
    expect(JSON.stringify([errors, events])).not.toContain('hunter2')
    expect(events[0]?.errorCode).toBe('InternalFailure')
  })

  it('of an operation that is not there is told so, by name', async () => {
    expect(await call('Action=Later', ROOT)).toMatchObject({
      status: 501,
      code: 'NotImplemented',
      text: expect.stringContaining('The operation Later is not implemented here.'),
    })
  })

  it('that nobody signs is made by nobody', async () => {
    const { text } = await call('Action=Greet')
    expect(text).toContain('<Caller>anonymous</Caller>')
    expect(events).toEqual([])
  })

  it('of a user without policies is refused, and the audit has the decision', async () => {
    const reply = await call('Action=ReadGroup&GroupName=one', ADA)
    expect(reply).toMatchObject({ status: 403, code: 'AccessDenied' })
    expect(reply.text).toContain(
      'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: iam:ReadGroup on resource: ' +
        'arn:aws:iam::111122223333:group/one because no identity-based policy allows the iam:ReadGroup action',
    )
    expect(events[0]).toMatchObject({
      eventName: 'ReadGroup',
      readOnly: true,
      sourceIpAddress: '192.0.2.1',
      requestParameters: { groupName: 'one' },
      errorCode: 'AccessDenied',
      decision: { answer: 'ImplicitDeny', action: 'iam:ReadGroup', type: 'identity' },
      userIdentity: { type: 'IAMUser', principalId: 'AIDAADA', accountId: account },
    })
  })

  it('that writes leaves nothing behind when it is refused', async () => {
    expect((await call('Action=MakeGroups', ROOT)).text).toContain('<Groups>1</Groups>')
    expect((await call('Action=MakeGroups', ROOT)).text).toContain('<Groups>2</Groups>')
    expect(await call('Action=MakeGroups', ROOT)).toMatchObject({
      status: 409,
      code: 'LimitExceeded',
    })
    expect(writer.world.account(account)?.count('group')).toBe(2)
    expect(events.map(({ readOnly }) => readOnly)).toEqual([false, false, false])
  })

  it('that writes is decided again in its transaction', async () => {
    const policy = (inline: Record<string, string>) =>
      writer.write(account, (draft) => {
        const user = draft.get('user', 'AIDAADA')
        if (user) draft.put('user', { ...user, inline })
      })
    await policy({ all: everything })
    const taken = policy({})
    const late: typeof writer.write = async (number, run) => {
      await taken
      return writer.write(number, run)
    }
    const slow = new Pipeline({ ...parts(), writer: { world: writer.world, write: late } })
    expect(await call('Action=MakeGroups', ADA, slow)).toMatchObject({ code: 'AccessDenied' })
  })

  it('too many of a caller are told to come back', async () => {
    const limiter = createLimiter({ perSecond: 0.001, burst: 1 })
    const limited = new Pipeline({ ...parts(), limiter })
    expect((await call('Action=Greet', undefined, limited)).status).toBe(200)
    expect(await call('Action=Greet', undefined, limited)).toMatchObject({
      status: 400,
      code: 'Throttling',
    })
    expect((await call('Action=ReadGroup&GroupName=a', ROOT, limited)).status).toBe(200)
  })

  it('all sessions of a role are one caller, whatever they call themselves', async () => {
    const limiter = createLimiter({ perSecond: 0.001, burst: 1 })
    const session = (name: string, id = 'AROAOPS') => ({
      account,
      userId: `${id}:${name}`,
      principal: {
        type: 'role-session' as const,
        account,
        arn: `arn:aws:sts::${account}:assumed-role/ops/${name}`,
        roleArn: `arn:aws:iam::${account}:role/ops`,
        id,
      },
    })
    const calls = [session('one'), session('two'), session('one', 'AROAOTHER')]
    const statuses: number[] = []
    for (const caller of calls) {
      const authenticate = async () => ({ caller })
      const limited = new Pipeline({ ...parts(), limiter, authenticate })
      statuses.push((await call('Action=Greet', undefined, limited)).status)
    }
    expect(statuses).toEqual([200, 400, 200])
  })
})
