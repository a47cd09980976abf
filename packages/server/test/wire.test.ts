import { request as httpRequest } from 'node:http'
import { AccessAnalyzerClient, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
  ListOrganizationsFeaturesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { ListRootsCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { presign, sign } from '@iamkit/sigv4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, START, startServer, type TestServer } from './server.js'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
}, START)
afterAll(() => server.close())

const FORM = 'application/x-www-form-urlencoded; charset=utf-8'
const WHO = 'Action=GetCallerIdentity&Version=2011-06-15'

/** What came back: status and code, from XML or JSON. */
async function outcome(response: Response | Promise<Response>) {
  const { status, headers } = await response
  const text = await (await response).text()
  const code = /<Code>(.*)<\/Code>/.exec(text)?.[1] ?? headers.get('x-amzn-errortype')
  return { status, code }
}

function post(body: string, headers: Record<string, string> = {}): Request {
  return new Request(`${server.url}/`, {
    method: 'POST',
    body,
    headers: { 'content-type': FORM, ...headers },
  })
}

function signed(request: Request, service = 'sts'): Promise<Request> {
  return sign(request, ROOT, { region: 'us-east-1', service, date: new Date() })
}

describe('official clients', () => {
  it('learn who they are', async () => {
    const identity = await server.client(STSClient).send(new GetCallerIdentityCommand({}))
    expect(identity).toMatchObject({
      Account: '111122223333',
      Arn: 'arn:aws:iam::111122223333:root',
      UserId: '111122223333',
    })
    expect(identity.$metadata.requestId).toMatch(/^[\da-f-]{36}$/)
  })

  it('may sign for any region', async () => {
    const sts = server.client(STSClient, ROOT, 'eu-central-1')
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333')
  })

  it('reach IAM in its own region, whichever they sign for, and STS in that', async () => {
    const UserName = server.name('user')
    const iam = server.client(IAMClient)
    await iam.send(new CreateUserCommand({ UserName }))
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
        },
      ],
    })
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    const keys = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }
    const asked = { AccessKeyId: keys.accessKeyId }
    const from = (region: string) => server.client(STSClient, keys, region)
    await from('eu-central-1').send(new GetAccessKeyInfoCommand(asked))
    const refused = { name: 'AccessDenied' }
    await expect(from('us-east-1').send(new GetAccessKeyInfoCommand(asked))).rejects.toMatchObject(
      refused,
    )
    const user = server.client(IAMClient, keys, 'eu-central-1').send(new GetUserCommand({}))
    await expect(user).rejects.toMatchObject(refused)
  })

  it.each([
    ['iam', () => server.client(IAMClient).send(new ListOrganizationsFeaturesCommand({}))],
    ['organizations', () => server.client(OrganizationsClient).send(new ListRootsCommand({}))],
    [
      'access-analyzer',
      () => server.client(AccessAnalyzerClient).send(new ListAnalyzersCommand({})),
    ],
  ])('are told once what %s cannot do yet', async (_, call) => {
    const error = await call().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({
      name: expect.stringMatching(/^NotImplemented(Exception)?$/),
      message: expect.stringMatching(/^The operation \w+ is not implemented here\.$/),
      $metadata: { httpStatusCode: 501, attempts: 1 },
    })
  })

  it('do not try again what is not implemented', async () => {
    const config = { region: 'us-east-1', endpoint: server.url, credentials: ROOT, maxAttempts: 4 }
    const call = new IAMClient(config).send(new ListOrganizationsFeaturesCommand({}))
    await expect(call).rejects.toMatchObject({ $metadata: { attempts: 1 } })
  })

  it('do not learn the account with a wrong secret', async () => {
    const wrong = { ...ROOT, secretAccessKey: 'wrong' }
    const call = server.client(STSClient, wrong).send(new GetCallerIdentityCommand({}))
    await expect(call).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    })
  })
})

describe('presigned requests', () => {
  const scope = { region: 'us-east-1', service: 'sts', date: new Date(), expiresIn: 60 }

  it('are a GET with everything in the query', async () => {
    const url = await presign(new Request(`${server.url}/?${WHO}`), ROOT, scope)
    const response = await fetch(url)
    expect(response.headers.get('content-type')).toBe('text/xml')
    expect(await response.text()).toContain('<Arn>arn:aws:iam::111122223333:root</Arn>')
  })

  it('are a POST without a body', async () => {
    const request = new Request(`${server.url}/?${WHO}`, { method: 'POST' })
    const url = await presign(request, ROOT, scope)
    expect((await fetch(url, { method: 'POST' })).status).toBe(200)
  })
})

describe('hostile requests', () => {
  it('are refused without a signature', async () => {
    expect(await outcome(fetch(post(WHO)))).toEqual({
      status: 403,
      code: 'MissingAuthenticationToken',
    })
  })

  it('are refused when they were signed for another service', async () => {
    expect(await outcome(fetch(await signed(post(WHO), 'iam')))).toEqual({
      status: 403,
      code: 'SignatureDoesNotMatch',
    })
  })

  it.each([
    ['', 'MissingAction'],
    ['Action=Nothing&Version=2011-06-15', 'InvalidAction'],
    [`${WHO}&a=%ZZ`, 'MalformedQueryString'],
    [`${WHO}&__proto__.admin=1`, 'ValidationError'],
  ])('with the form `%s` are refused as %s', async (body, code) => {
    expect(await outcome(fetch(await signed(post(body))))).toEqual({ status: 400, code })
  })

  it.each([
    ['application/json', '{"Action":"GetCallerIdentity"}'],
    ['text/xml', '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'],
    ['multipart/form-data; boundary=a', '--a--'],
  ])('of type %s get an error of AWS', async (type, body) => {
    const request = await signed(post(body, { 'content-type': type }))
    expect(await outcome(fetch(request))).toEqual({ status: 400, code: 'MissingAction' })
  })

  it('with an unknown target get an error of AWS', async () => {
    const headers = {
      'x-amz-target': 'Nothing.ListRoots',
      'content-type': 'application/x-amz-json-1.1',
    }
    const request = await signed(post('{}', headers), 'organizations')
    expect(await outcome(fetch(request))).toEqual({
      status: 400,
      code: 'UnknownOperationException',
    })
  })

  it('with 1 MB of a policy are read, and with 5 MB are not', async () => {
    const body = (size: number) => `${WHO}&Policy=${'x'.repeat(size)}`
    expect(await outcome(fetch(await signed(post(body(1_000_000)))))).toEqual({
      status: 400,
      code: 'ValidationError',
    })
    expect(await outcome(fetch(await signed(post(body(5_000_000)))))).toEqual({
      status: 413,
      code: 'RequestEntityTooLarge',
    })
  })

  it('with a path that could be read in two ways are refused', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${server.url}/`, { path: '/a/../?x', method: 'GET' })
      request
        .on('response', (response) => resolve(response.statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(404)
  })

  it('leave no error behind on the server', () => {
    expect(server.errors).toEqual([])
  })
})

describe('a caller that calls too often', () => {
  it(
    'is told to come back, and its client does',
    async () => {
      const limited = await startServer({ rateLimit: { perSecond: 10, burst: 1 } })
      const config = { region: 'us-east-1', endpoint: limited.url, credentials: ROOT }
      const patient = new STSClient({ ...config, maxAttempts: 10 })
      const calls = [1, 2, 3].map(() => patient.send(new GetCallerIdentityCommand({})))
      const answers = await Promise.all(calls)
      expect(answers.map(({ Account }) => Account)).toEqual(Array(3).fill('111122223333'))
      const attempts = answers.reduce((sum, { $metadata }) => sum + ($metadata.attempts ?? 0), 0)
      expect(attempts).toBeGreaterThan(3)
      await limited.close()
    },
    START,
  )
})

describe('paths of the server itself', () => {
  it('say that it lives and is ready', async () => {
    expect((await fetch(`${server.url}/livez`)).status).toBe(200)
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({
      isReady: true,
      staleness: 0,
    })
  })

  it('have no metrics unless they are asked for', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
    expect(await server.controlPlane.metrics()).toMatch(
      /iamkit_calls_total\{service="sts",operation="GetCallerIdentity",status="200",code=""\} \d+/,
    )
  })
})

describe('the audit', () => {
  it('has who called what, and how it ended', async () => {
    const [event] = await server.controlPlane.findAudit({
      account: ROOT.account,
      eventName: 'ListOrganizationsFeatures',
      limit: 1,
    })
    expect(event).toMatchObject({
      account: '111122223333',
      eventSource: 'iam.amazonaws.com',
      eventName: 'ListOrganizationsFeatures',
      awsRegion: 'us-east-1',
      sourceIpAddress: '127.0.0.1',
      userIdentity: {
        type: 'Root',
        arn: 'arn:aws:iam::111122223333:root',
        accessKeyId: ROOT.accessKeyId,
      },
      errorCode: 'NotImplemented',
    })
  })
})
