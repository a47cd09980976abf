/** AssumeRoleWithWebIdentity as the official clients see it, with an issuer on this machine. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { START, startServer, type TestServer } from './server.js'

/** An issuer whose answers a test can change. */
interface Issuer {
  readonly url: string
  readonly server: Server
  /** How often its keys were asked for. */
  asked: number
  answer: (path: string) => { status: number; body: string } | undefined
}

let server: TestServer
let issuer: Issuer
let signer: Awaited<ReturnType<typeof generateKeyPair>>
let role: string

async function startIssuer(jwks: object): Promise<Issuer> {
  const http = createServer((req, res) => {
    const path = req.url ?? ''
    if (path.endsWith('/jwks')) made.asked += 1
    const own = path.endsWith('/jwks') ? jwks : { issuer: made.url, jwks_uri: `${made.url}/jwks` }
    const { status, body } = made.answer(path) ?? { status: 200, body: JSON.stringify(own) }
    res.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const made: Issuer = { url, server: http, asked: 0, answer: () => undefined }
  return made
}

function register(where: TestServer) {
  const Url = issuer.url.replace('http:', 'https:')
  const command = new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['app'] })
  return where.client(IAMClient).send(command)
}

beforeAll(async () => {
  server = await startServer()
  signer = await generateKeyPair('ES256', { extractable: true })
}, START)

beforeEach(async () => {
  const key = { ...(await exportJWK(signer.publicKey)), kid: 'one', alg: 'ES256' }
  issuer = await startIssuer({ keys: [key] })
  const iam = server.client(IAMClient)
  const { OpenIDConnectProviderArn } = await register(server)
  const id = issuer.url.replace('http://', '')
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: OpenIDConnectProviderArn },
        Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: {
          StringEquals: { [`${id}:aud`]: 'app' },
          StringLike: { [`${id}:sub`]: 'ada*' },
        },
      },
    ],
  }
  const RoleName = server.name('web')
  const AssumeRolePolicyDocument = JSON.stringify(document)
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  role = Role?.Arn ?? ''
  return () => void issuer.server.close()
})

afterAll(() => server.close())

async function token(claims: JWTPayload = {}, header: { kid?: string } = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: issuer.url,
    sub: 'ada',
    aud: 'app',
    iat: now,
    exp: now + 300,
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
    .sign(signer.privateKey)
}

async function assume(WebIdentityToken: string, more: { RoleArn?: string } = {}) {
  const sts = server.client(STSClient)
  const input = { RoleArn: role, RoleSessionName: 'web', WebIdentityToken, ...more }
  return sts.send(new AssumeRoleWithWebIdentityCommand(input))
}

describe('AssumeRoleWithWebIdentity', () => {
  it('makes a session of a role for whom a provider vouches', async () => {
    const answer = await assume(await token())
    expect(answer).toMatchObject({
      SubjectFromWebIdentityToken: 'ada',
      Audience: 'app',
      Provider: issuer.url,
      AssumedRoleUser: {
        Arn: role.replace('iam', 'sts').replace('role', 'assumed-role').concat('/web'),
      },
    })
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {}
    const keys = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    }
    const who = await server.client(STSClient, keys).send(new GetCallerIdentityCommand({}))
    expect(who.Arn).toBe(answer.AssumedRoleUser?.Arn)
    await assume(await token())
    expect(issuer.asked).toBe(1)
  })

  it('takes tags and a source identity that the provider says', async () => {
    const answer = await assume(
      await token({
        'https://aws.amazon.com/tags': {
          principal_tags: { team: ['red'] },
          transitive_tag_keys: ['team'],
        },
        'https://aws.amazon.com/source_identity': 'ada',
      }),
    )
    expect(answer.SourceIdentity).toBe('ada')
    expect(answer.PackedPolicySize).toBeGreaterThan(0)
  })

  it.each<[string, JWTPayload, string]>([
    [
      'of another subject',
      { sub: 'bob' },
      'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    ],
    ['for another audience', { aud: 'other' }, 'InvalidIdentityToken: Incorrect token audience'],
    ['made for another party', { azp: 'other' }, 'InvalidIdentityToken: Incorrect token audience'],
    [
      'that has expired',
      { exp: 1_700_000_000 },
      'ExpiredTokenException: Token expired: current date/time must be before the expiration date/time',
    ],
    [
      'of another issuer',
      { iss: 'https://login.example.com' },
      'InvalidIdentityToken: No OpenIDConnect provider found in your account for https://login.example.com',
    ],
    [
      'whose subject is no text',
      { sub: 42 as never },
      'InvalidIdentityToken: The token must have one text for sub',
    ],
    [
      'whose subject is a list',
      { sub: ['ada'] as never },
      'InvalidIdentityToken: The token must have one text for sub',
    ],
    [
      'whose party is no text',
      { azp: ['app'] as never },
      'InvalidIdentityToken: Incorrect token audience',
    ],
    [
      'whose audience is no text',
      { aud: { 0: 'app' } as never },
      'InvalidIdentityToken: Incorrect token audience',
    ],
    [
      'with tags that are no tags',
      { 'https://aws.amazon.com/tags': 'team' },
      'InvalidIdentityToken: The session tags of the token are not well formed',
    ],
  ])('refuses a token %s', async (_, claims, said) => {
    const [Code = '', ...message] = said.split(': ')
    await expect(assume(await token(claims))).rejects.toMatchObject({
      Code,
      message: message.join(': '),
    })
  })

  it('refuses what is no token, and a token that is not signed or signed with another key', async () => {
    const [header, body] = (await token()).split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const text of ['text', `${none}.${body}.`, `${header}.${body}.${'A'.repeat(86)}`]) {
      await expect(assume(text)).rejects.toMatchObject({ Code: 'InvalidIdentityToken' })
    }
    await expect(assume(await token({}, { kid: 'two' }))).rejects.toThrow(
      "Couldn't retrieve verification key from your identity provider",
    )
  })

  it('leaves its trace in the audit of the account that it names, if there is one', async () => {
    for (const account of [server.account, '999999999999']) {
      const RoleArn = `arn:aws:iam::${account}:role/none`
      await expect(assume(await token(), { RoleArn })).rejects.toMatchObject({
        Code: expect.stringMatching(/^(?:AccessDenied|InvalidIdentityToken)$/),
      })
    }
    const eventName = 'AssumeRoleWithWebIdentity'
    const found = (account: string) => server.controlPlane.findAudit({ account, eventName })
    expect((await found(server.account)).length).toBeGreaterThan(0)
    expect(await found('999999999999')).toEqual([])
  })

  it('tells nobody which roles there are', async () => {
    await expect(assume(await token(), { RoleArn: `${role}-gone` })).rejects.toMatchObject({
      Code: 'AccessDenied',
    })
  })

  it('reaches nothing inside that no option names, and says so in the same words', async () => {
    const own = await startServer({ testMode: false })
    const stay = await startServer({ testMode: false, innerIssuers: [issuer.url] })
    try {
      for (const [where, words] of [
        [own, 'Could not retrieve the keys of the identity provider.'],
        [stay, 'Not authorized to perform sts:AssumeRoleWithWebIdentity'],
      ] as const) {
        await register(where)
        const input = { RoleSessionName: 'web', WebIdentityToken: await token() }
        const RoleArn = `${role}-elsewhere`
        const command = new AssumeRoleWithWebIdentityCommand({ ...input, RoleArn })
        await expect(where.client(STSClient).send(command)).rejects.toMatchObject({
          message: words,
        })
      }
      expect(issuer.asked).toBe(1)
    } finally {
      await own.close()
      await stay.close()
    }
  })

  it.each([
    ['cannot answer', { status: 500, body: '' }],
    ['answers without end', { status: 200, body: ' '.repeat(2 ** 20 + 1) }],
    [
      'speaks for another',
      { status: 200, body: '{"issuer":"https://other","jwks_uri":"https://other"}' },
    ],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['sends elsewhere', { status: 302, body: '' }],
  ])('says of an issuer that %s no more than that it could not be asked', async (_, answer) => {
    issuer.answer = () => answer
    await expect(assume(await token())).rejects.toMatchObject({
      Code: 'IDPCommunicationError',
      message: 'Could not retrieve the keys of the identity provider.',
    })
  })
})
