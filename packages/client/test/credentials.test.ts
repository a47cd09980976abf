import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '../src/clock.js'
import type { Credentials } from '../src/credentials/credentials.js'
import { refreshing } from '../src/credentials/refreshing.js'
import { createClient, fromAssumedRole, fromEnvironment, fromWebIdentity } from '../src/index.js'
import { allow, credentials, json, type Listener, listen } from './listener.js'

const roleArn = 'arn:aws:iam::111122223333:role/author'

function answerOf(action: string, id: string, expiration: Date): string {
  return `<${action}Response><${action}Result><Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>secret of ${id}</SecretAccessKey><SessionToken>a&amp;b==</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials></${action}Result></${action}Response>`
}

const inAnHour = () => new Date(Date.now() + 3_600_000)

describe('fromEnvironment', () => {
  it('reads iamkit’s variables before AWS’s', async () => {
    const aws = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' }
    const own = { IAMKIT_ACCESS_KEY_ID: 'x', IAMKIT_SECRET_ACCESS_KEY: 'y' }
    expect(await fromEnvironment({ ...aws, ...own })()).toEqual({
      accessKeyId: 'x',
      secretAccessKey: 'y',
    })
    expect(await fromEnvironment(aws)()).toEqual({
      accessKeyId: 'a',
      secretAccessKey: 'b',
      sessionToken: 'c',
    })
  })

  it('says which one is missing', async () => {
    await expect(fromEnvironment({})()).rejects.toThrow(
      'no credentials: `IAMKIT_ACCESS_KEY_ID` is not set in the environment',
    )
    await expect(fromEnvironment({ AWS_ACCESS_KEY_ID: 'a' })()).rejects.toThrow(
      '`AWS_SECRET_ACCESS_KEY`',
    )
  })
})

describe('credentials that are renewed', () => {
  const one = (id: number, expiration: Date): Credentials => ({
    accessKeyId: `key ${id}`,
    secretAccessKey: 's',
    expiration,
  })
  let now: number
  const scope = {
    iamkit: {
      endpoint: new URL('http://x'),
      region: 'r',
      fetch: globalThis.fetch,
      clock: createClock(() => now),
    },
  }
  beforeEach(() => {
    now = Date.UTC(2026, 4, 1)
  })
  const later = (minutes: number) => new Date(now + minutes * 60_000)

  it('are asked for once by all who wait', async () => {
    let asked = 0
    const provider = refreshing(async () => one(++asked, later(60)))
    const all = await Promise.all(Array.from({ length: 50 }, () => provider(scope)))
    expect(asked).toBe(1)
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['key 1']))
  })

  it('are renewed while the old ones still hold, and nobody waits', async () => {
    let asked = 0
    const provider = refreshing(async () => one(++asked, later(60)))
    await provider(scope)
    now = later(56).getTime()
    expect((await provider(scope)).accessKeyId).toBe('key 1')
    await Promise.resolve()
    expect((await provider(scope)).accessKeyId).toBe('key 2')
  })

  it('go on to be used when a renewal fails, until they expire', async () => {
    let asked = 0
    const provider = refreshing(async () => {
      asked += 1
      if (asked > 1) throw new Error('away')
      return one(asked, later(60))
    })
    await provider(scope)
    now = later(57).getTime()
    expect((await provider(scope)).accessKeyId).toBe('key 1')
    now = later(4).getTime()
    await expect(provider(scope)).rejects.toThrow('away')
  })

  it('are not given out when they have expired by the control plane’s clock', async () => {
    let asked = 0
    const provider = refreshing(async () => one(++asked, new Date(Date.UTC(2026, 4, 1, 1))))
    await provider(scope)
    scope.iamkit.clock.correct('Fri, 01 May 2026 01:30:00 GMT')
    expect((await provider(scope)).accessKeyId).toBe('key 2')
  })

  it('are refused when the provider gives none', async () => {
    const provider = refreshing(async () => ({ accessKeyId: '', secretAccessKey: '' }))
    await expect(provider(scope)).rejects.toThrow('no credentials: the provider gave none')
  })
})

describe('sessions', () => {
  let server: Listener
  let issued = 0
  beforeEach(async () => {
    issued = 0
    server = await listen(({ body, url }, response) => {
      if (url.startsWith('/v1/')) return json(response, allow)
      const action = new URLSearchParams(body).get('Action') ?? ''
      issued += 1
      response.writeHead(200).end(answerOf(action, `ASIA${issued}`, inAnHour()))
    })
  })
  afterEach(() => server.close())

  it('of a web identity are asked for without a signature, and sign what follows', async () => {
    const token = () => 'a.b.c'
    const client = createClient({
      endpoint: server.endpoint,
      credentials: fromWebIdentity({ roleArn, token, sessionName: 'ann', durationSeconds: 900 }),
    })
    await client.authorize({ action: 'docs:Get', resource: '*' })
    const [sts, call] = server.received
    expect(sts?.signedBy).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(sts?.body))).toEqual({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: roleArn,
      RoleSessionName: 'ann',
      DurationSeconds: '900',
      WebIdentityToken: 'a.b.c',
    })
    expect(call).toMatchObject({ signedBy: 'ASIA1', headers: { 'x-amz-security-token': 'a&b==' } })
  })

  it('of two people are never shared, though their tokens come from one function', async () => {
    let person = 'ann'
    const token = () => person
    const options = { roleArn, token, endpoint: server.endpoint }
    const ann = await fromWebIdentity(options)()
    person = 'bob'
    const bob = await fromWebIdentity(options)()
    expect([ann.accessKeyId, bob.accessKeyId]).toEqual(['ASIA1', 'ASIA2'])
  })

  it('of a role are asked for with the source’s signature, through a chain', async () => {
    const first = fromAssumedRole({
      roleArn,
      source: credentials,
      tags: { team: 'eng' },
      transitiveTagKeys: ['team'],
    })
    const second = fromAssumedRole({
      roleArn: `${roleArn}2`,
      source: first,
      externalId: 'x',
      sourceIdentity: 'ann',
    })
    const client = createClient({ endpoint: server.endpoint, credentials: second })
    await client.authorize({ action: 'docs:Get', resource: '*' })
    expect(server.received.map(({ signedBy }) => signedBy)).toEqual([
      'AKIDEXAMPLE',
      'ASIA1',
      'ASIA2',
    ])
    expect(Object.fromEntries(new URLSearchParams(server.received[0]?.body))).toMatchObject({
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'eng',
      'TransitiveTagKeys.member.1': 'team',
    })
    expect(Object.fromEntries(new URLSearchParams(server.received[1]?.body))).toMatchObject({
      ExternalId: 'x',
      SourceIdentity: 'ann',
    })
  })

  it('of one control plane are never shown to another', async () => {
    const other = await listen(({ url }, response) => {
      if (url.startsWith('/v1/')) return json(response, allow)
      response.writeHead(200).end(answerOf('AssumeRole', 'ASIAOTHER', inAnHour()))
    })
    const provider = fromAssumedRole({ source: { ...credentials }, roleArn })
    const scope = (endpoint: string) => ({
      iamkit: {
        endpoint: new URL(endpoint),
        region: 'r',
        fetch: globalThis.fetch,
        clock: createClock(),
      },
    })
    expect((await provider(scope(server.endpoint))).accessKeyId).toBe('ASIA1')
    expect((await provider(scope(other.endpoint))).accessKeyId).toBe('ASIAOTHER')
    expect((await provider(scope(server.endpoint))).accessKeyId).toBe('ASIA1')
    await other.close()
  })

  it('of the same role by the same source are shared in the process', async () => {
    const source = { ...credentials }
    const options = { roleArn, source, endpoint: server.endpoint }
    await fromAssumedRole(options)()
    await fromAssumedRole({ ...options })()
    await fromAssumedRole({ ...options, sessionName: 'other' })()
    expect(issued).toBe(2)
  })

  it('of other tags are others, those of a map too', async () => {
    const options = { roleArn, source: { ...credentials }, endpoint: server.endpoint }
    const tagged = (team: string) =>
      fromAssumedRole({ ...options, tags: new Map([['team', team]]) })()
    expect((await tagged('eng')).accessKeyId).toBe('ASIA1')
    expect((await tagged('ops')).accessKeyId).toBe('ASIA2')
    expect((await tagged('eng')).accessKeyId).toBe('ASIA1')
    expect(Object.fromEntries(new URLSearchParams(server.received[1]?.body))).toMatchObject({
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'ops',
    })
  })

  it('that are refused say why', async () => {
    server.answer = (_, response) =>
      void response
        .writeHead(403)
        .end(
          '<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not &lt;you&gt;</Message></Error></ErrorResponse>',
        )
    const provider = fromWebIdentity({ roleArn, token: () => 't', endpoint: server.endpoint })
    await expect(provider()).rejects.toMatchObject({
      name: 'CredentialsError',
      message: 'no credentials: AssumeRoleWithWebIdentity failed: AccessDenied: Not <you>',
      cause: { name: 'ServiceError', code: 'AccessDenied', status: 403 },
    })
  })

  it('that come cut off are none', async () => {
    server.answer = (_, response) =>
      void response.writeHead(200).end('<AccessKeyId>ASIA1</AccessKeyId><Secret')
    const provider = fromWebIdentity({ roleArn, token: () => 't', endpoint: server.endpoint })
    await expect(provider()).rejects.toThrow('the answer holds none')
  })

  it('cannot be asked for without an endpoint', async () => {
    await expect(fromWebIdentity({ roleArn, token: () => 't' })()).rejects.toThrow(
      'give `endpoint`',
    )
  })
})
