/** Many calls that nobody has signed well, from one address. */
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { sign } from '@iamkit/sigv4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, START, startServer, type TestCredentials, type TestServer } from './server.js'

const UNKNOWN = { accessKeyId: 'AKIANOBODY0000000000', secretAccessKey: 'none' }

let server: TestServer
let session: TestCredentials
let token: string

beforeAll(async () => {
  server = await startServer({ failureLimit: { perSecond: 0.001, burst: 3 } })
  const { Credentials } = await server.client(STSClient).send(new GetSessionTokenCommand({}))
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {}
  session = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken !== undefined && { sessionToken: SessionToken }),
  }
  const body = JSON.stringify({ audience: 'https://iamkit.localhost' })
  const plain = new Request(`${server.url}/v1/token`, { method: 'POST', body })
  const scope = { service: 'iamkit', region: 'us-east-1', date: new Date() }
  const response = await fetch(await sign(plain, ROOT, scope))
  token = ((await response.json()) as { token: string }).token
}, START)

afterAll(() => server.close())

const who = (credentials: TestCredentials) =>
  server.client(STSClient, credentials).send(new GetCallerIdentityCommand({}))

/** From an address of the test's own. */
async function unsigned(sourceIp: string | undefined, Action = 'ListUsers'): Promise<string> {
  const body = new URLSearchParams({ Action, Version: '2010-05-08' })
  const request = new Request('http://iam/', { method: 'POST', body })
  const response = await server.controlPlane.fetch(request, { sourceIp })
  return /<Code>(.*)<\/Code>/.exec(await response.text())?.[1] ?? `${response.status}`
}

describe('an address that fails too often', () => {
  it('is told so before its body is read, and others are not', async () => {
    const codes: string[] = []
    for (let i = 0; i < 5; i++) codes.push(await unsigned('203.0.113.7'))
    expect(codes).toEqual([
      ...Array.from({ length: 3 }, () => 'MissingAuthenticationToken'),
      'Throttling',
      'Throttling',
    ])
    expect(await unsigned('203.0.113.8')).toBe('MissingAuthenticationToken')
    let isRead = false
    const body = new ReadableStream(
      {
        pull: (controller) => {
          isRead = true
          controller.error(new Error('nobody should ask'))
        },
      },
      { highWaterMark: 0 },
    )
    const request = new Request('http://iam/', { method: 'POST', body, duplex: 'half' } as object)
    const { status } = await server.controlPlane.fetch(request, { sourceIp: '203.0.113.7' })
    expect([status, isRead]).toEqual([400, false])
  })

  it('is all that somebody has of IPv6', async () => {
    for (const host of ['::1', ':0:0:0:2', ':a:b:c:d']) {
      expect(await unsigned(`2001:db8:0:1${host}`)).toBe('MissingAuthenticationToken')
    }
    expect(await unsigned('2001:db8:0:1::9')).toBe('Throttling')
    expect(await unsigned('2001:db8::1:0:0:0:9')).toBe('Throttling')
    expect(await unsigned('2001:db8:0:2::9')).toBe('MissingAuthenticationToken')
  })

  it('is not counted where nobody knows it', async () => {
    for (let i = 0; i < 5; i++) {
      expect(await unsigned(undefined)).toBe('MissingAuthenticationToken')
    }
  })

  it('locks out nobody who is known here', async () => {
    for (let i = 0; i < 3; i++) {
      await expect(who(UNKNOWN)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    }
    await expect(who(UNKNOWN)).rejects.toMatchObject({ name: 'Throttling' })
    const wrong = { ...ROOT, secretAccessKey: 'wrong' }
    await expect(who(wrong)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
    const foreign = { ...session, accessKeyId: 'ASIANOBODY0000000000' }
    await expect(who(foreign)).rejects.toMatchObject({ name: 'Throttling' })
    for (const credentials of [ROOT, session]) {
      expect((await who(credentials)).Account).toBe(ROOT.account)
    }
    const ask = async (path: string, bearer?: string) => {
      const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
      return (await fetch(server.url + path, { headers })).status
    }
    expect(await ask('/v1/services', token)).toBe(200)
    expect(await ask('/v1/services', `${token}x`)).toBe(429)
    expect([await ask('/.well-known/jwks.json'), await ask('/livez')]).toEqual([200, 200])
    const web = { RoleArn: `arn:aws:iam::${ROOT.account}:role/web`, RoleSessionName: 'web' }
    const command = new AssumeRoleWithWebIdentityCommand({ ...web, WebIdentityToken: 'text' })
    await expect(server.client(STSClient).send(command)).rejects.toMatchObject({
      name: 'Throttling',
    })
  })
})

describe('a call by fetch', () => {
  it('has the address that it is given, and else none', async () => {
    const iam = server.client(IAMClient)
    const UserName = server.name('ann')
    await iam.send(new CreateUserCommand({ UserName }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
    const ask = async (sourceIp?: string) => {
      const plain = new Request('http://iam/?Action=ListUsers&Version=2010-05-08')
      const scope = { service: 'iam', region: 'us-east-1', date: new Date() }
      const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
      return (await server.controlPlane.fetch(await sign(plain, keys, scope), { sourceIp })).status
    }
    const put = (...Statement: readonly object[]) => {
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
      return iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
    }
    const list = { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' }
    const range = { 'aws:SourceIp': '203.0.113.0/24' }
    await put({ ...list, Condition: { IpAddress: range } })
    expect([await ask('203.0.113.9'), await ask('198.51.100.1'), await ask()]).toEqual([
      200, 403, 403,
    ])
    await put(list, { ...list, Effect: 'Deny', Condition: { NotIpAddress: range } })
    expect([await ask('203.0.113.9'), await ask(), await ask('203.0.113.9, 10.0.0.1')]).toEqual([
      200, 403, 400,
    ])
  })
})
