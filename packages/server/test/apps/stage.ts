/** iamkit's own service over the wire: a server with one registered service, and a client that signs or bears a token. */
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { sign } from '@iamkit/sigv4'
import type { ControlPlaneOptions } from '../../src/control-plane.js'
import { ROOT, startServer, type TestCredentials, type TestServer } from '../server.js'

const ISSUER = 'https://iam.example.com'

export const definition = {
  resources: {
    document: { arn: 'folder/{folderId}/document/{documentId}', tags: true },
    vault: { arn: 'vault/{vaultId}', trust: 'explicit' },
  },
  conditionKeys: { 'docs:Classification': 'String' },
  actions: {
    GetDocument: { resource: 'document', access: 'Read' },
    PutDocument: {
      resource: 'document',
      access: 'Write',
      requestTags: true,
      keys: ['docs:Classification'],
    },
    OpenVault: { resource: 'vault', access: 'Read' },
    ListDocuments: { access: 'List' },
  },
}
export const document = (name: string) => `arn:aws:docs::${ROOT.account}:folder/f/document/${name}`

export const GET = { Effect: 'Allow', Action: 'docs:GetDocument', Resource: '*' }

export type Body = Readonly<Record<string, unknown>>

export interface Answer {
  readonly status: number
  readonly type: string | null
  readonly etag: string | null
  // biome-ignore lint/suspicious/noExplicitAny: each operation answers JSON of its own
  readonly json: any
}

interface Sent {
  readonly body?: Body
  readonly keys?: TestCredentials
  readonly token?: string
  readonly headers?: Record<string, string>
}

export type Stage = Awaited<ReturnType<typeof startStage>>

export async function startStage(options: Partial<ControlPlaneOptions> = {}) {
  const server = await startServer({ publicUrl: ISSUER, ...options })
  const stage = {
    server,
    ...client(server.url),
    newUser: (...statements: readonly object[]) => newUser(server, statements),
  }
  await stage.ask(['PUT', '/v1/services/docs'], { body: { definition } })
  return stage
}

function client(url: string) {
  const send = async (
    [method, path]: [string, string],
    { body, keys = ROOT, token, headers = {} }: Sent = {},
  ) => {
    const request = new Request(url + path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (token !== undefined) {
      request.headers.set('authorization', `Bearer ${token}`)
      return fetch(request)
    }
    const scope = { service: 'iamkit', region: 'us-east-1', date: new Date() }
    return fetch(await sign(request, keys, scope))
  }
  const ask = async (to: [string, string], sent: Sent = {}): Promise<Answer> => {
    const response = await send(to, sent)
    const text = await response.text()
    return {
      status: response.status,
      type: response.headers.get('x-amzn-errortype'),
      etag: response.headers.get('etag'),
      json: text === '' ? undefined : JSON.parse(text),
    }
  }
  const authorize = (body: Body, sent: Sent = {}) =>
    ask(['POST', '/v1/authorize'], { body, ...sent })
  return { send, ask, authorize }
}

/** A user with an inline policy of these statements, and its key. */
async function newUser(server: TestServer, Statement: readonly object[]) {
  const iam = server.client(IAMClient)
  const UserName = server.name('user')
  const { User } = await iam.send(new CreateUserCommand({ UserName }))
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  if (Statement.length > 0) {
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
  const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
  return { UserName, arn: User?.Arn ?? '', keys }
}
