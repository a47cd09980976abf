/**
 * What is asked of the control plane, as bytes that are signed ahead.
 *
 * Errors  None.
 *
 * @module
 */
import { type Credentials, sign } from '@iamkit/sigv4'

export const OPERATIONS = [
  'GetCallerIdentity',
  'AssumeRole',
  'CreateRole',
  'Authorize',
  'BatchAuthorize of 100',
] as const
export type OperationName = (typeof OPERATIONS)[number]

/** Whoever asks, and what it may work with. */
export interface Asker {
  readonly keys: Credentials
  readonly account: string
  /** Of a role that it may assume. */
  readonly roleArn: string
}

const HOST = 'iam.bench'
const BATCH = 100
const DOCUMENTS = 256

/** The trust of roles that are made, and of the one that is assumed. */
export function trustOf(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole',
    },
  })
}

let made = 0

/** Requests that differ; only CreateRole's may not be sent twice. */
export function signedRequests(
  name: OperationName,
  asker: Asker,
  count: number,
): Promise<readonly Buffer[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => signedRequest(name, asker, i)))
}

function signedRequest(name: OperationName, asker: Asker, i: number): Promise<Buffer> {
  const { account, roleArn } = asker
  switch (name) {
    case 'GetCallerIdentity':
      return query(asker, 'sts', { Action: name })
    case 'AssumeRole':
      return query(asker, 'sts', { Action: name, RoleArn: roleArn, RoleSessionName: `bench-${i}` })
    case 'CreateRole':
      made += 1
      return query(asker, 'iam', {
        Action: name,
        RoleName: `bench-${made}`,
        AssumeRolePolicyDocument: trustOf(account),
      })
    case 'Authorize':
      return json(asker, '/v1/authorize', question(account, i))
    case 'BatchAuthorize of 100': {
      const requests = Array.from({ length: BATCH }, (_, n) => question(account, i * BATCH + n))
      return json(asker, '/v1/authorize-batch', { requests })
    }
  }
}

/** About the asker itself: whether it may read a document, by the document's tags and an address. */
function question(account: string, i: number): object {
  return {
    action: 'docs:GetDocument',
    resource: `arn:aws:docs::${account}:document/d${i % DOCUMENTS}`,
    resourceTags: { team: i % 2 === 0 ? 'eng' : 'ops' },
    context: { 'aws:SourceIp': '192.0.2.7' },
  }
}

const VERSIONS = { iam: '2010-05-08', sts: '2011-06-15' } as const

function query(
  asker: Asker,
  service: keyof typeof VERSIONS,
  parameters: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const body = new URLSearchParams({ Version: VERSIONS[service], ...parameters }).toString()
  const type = 'application/x-www-form-urlencoded; charset=utf-8'
  return signed(asker.keys, service, { path: '/', type, body })
}

function json(asker: Asker, path: string, value: object): Promise<Buffer> {
  const type = 'application/json'
  return signed(asker.keys, 'iamkit', { path, type, body: JSON.stringify(value) })
}

interface Content {
  readonly path: string
  readonly type: string
  readonly body: string
}

async function signed(
  keys: Credentials,
  service: string,
  { path, type, body }: Content,
): Promise<Buffer> {
  const headers = { 'content-type': type, 'user-agent': 'iamkit-bench' }
  const plain = new Request(`http://${HOST}${path}`, { method: 'POST', headers, body })
  const request = await sign(plain, keys, { service, region: 'us-east-1', date: new Date() })
  const lines = [...request.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const length = Buffer.byteLength(body)
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: ${HOST}\r\n${lines}content-length: ${length}\r\n\r\n${body}`,
  )
}
