import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import { type Credentials, presign, type ReceivedRequest, readRequest, sign } from '../src/index.js'
import { fetchRequest, type PlainRequest, scope, writeTarget } from './requests.js'

/** Something that signs, and what a server then gets from it. */
export interface Client {
  readonly name: string
  readonly sign: (plain: PlainRequest, credentials: Credentials) => Promise<ReceivedRequest>
  readonly presign: (plain: PlainRequest, credentials: Credentials) => Promise<ReceivedRequest>
}

const expiresIn = 900

/** AWS's own, in its SDK for JavaScript. */
export const smithy: Client = {
  name: '@smithy/signature-v4',
  sign: async (plain, credentials) => {
    const options = { signingDate: scope.date }
    return fromSmithy(await smithySigner(credentials).sign(smithyRequest(plain), options), plain)
  },
  presign: async (plain, credentials) => {
    const options = { signingDate: scope.date, expiresIn }
    return fromSmithy(await smithySigner(credentials).presign(smithyRequest(plain), options), plain)
  },
}

/** The most used one beside it. */
export const other: Client = {
  name: 'aws4',
  sign: async (plain, credentials) => aws4Request(plain, credentials, false),
  presign: async (plain, credentials) => aws4Request(plain, credentials, true),
}

export const own: Client = {
  name: '@iamkit/sigv4',
  sign: async (plain, credentials) =>
    readRequest(await sign(fetchRequest(plain), credentials, scope)),
  presign: async (plain, credentials) => {
    const url = await presign(fetchRequest(plain), credentials, { ...scope, expiresIn })
    const kept = Object.entries(plain.headers).filter(([name]) => !name.startsWith('x-amz-'))
    return {
      method: plain.method,
      target: url.pathname + url.search,
      headers: [['host', plain.host], ...kept],
      body: plain.body,
    }
  },
}

function smithySigner(credentials: Credentials): SignatureV4 {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  return new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    region: scope.region,
    service: scope.service,
    sha256: Sha256,
  })
}

function smithyRequest(plain: PlainRequest) {
  const lists = Object.entries(plain.query)
  return {
    method: plain.method,
    protocol: 'https:',
    hostname: plain.host,
    path: plain.path,
    query: Object.fromEntries(lists.map(([name, list]) => [name, [...list]])),
    headers: { host: plain.host, ...plain.headers },
    body: plain.body,
  }
}

type SmithyRequest = Awaited<ReturnType<SignatureV4['presign']>>

function fromSmithy(request: SmithyRequest, { method, path, body }: PlainRequest): ReceivedRequest {
  const lists = Object.entries(request.query ?? {}).map(([name, value]) => [
    name,
    [value ?? ''].flat(),
  ])
  const target = writeTarget({ path, query: Object.fromEntries(lists) })
  return { method, target, headers: Object.entries(request.headers), body }
}

function aws4Request(
  plain: PlainRequest,
  credentials: Credentials,
  signQuery: boolean,
): ReceivedRequest {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const date = scope.date.toISOString().replace(/[:-]|\.\d{3}/g, '')
  const target = writeTarget(plain)
  const signed = aws4.sign(
    {
      host: plain.host,
      method: plain.method,
      service: scope.service,
      region: scope.region,
      signQuery,
      path: signQuery ? withParameters(target, date) : target,
      headers: { host: plain.host, ...plain.headers, ...(!signQuery && { 'x-amz-date': date }) },
      ...(plain.body.length > 0 && { body: Buffer.from(plain.body) }),
    },
    { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
  )
  const headers = Object.entries(signed.headers ?? {})
  return {
    method: plain.method,
    target: signed.path ?? '',
    headers: headers.map(([name, value]) => [name, String(value)]),
    body: plain.body,
  }
}

function withParameters(target: string, date: string): string {
  const mark = target.includes('?') ? '&' : '?'
  return `${target}${mark}X-Amz-Date=${date}&X-Amz-Expires=${expiresIn}`
}
