import { queryPairs } from '../src/canonical-request.js'
import type { ReceivedRequest, Scope } from '../src/index.js'
import { createSignature } from '../src/signature.js'

export const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
export const scope: Scope = {
  service: 'docs',
  region: 'eu-west-1',
  date: new Date('2026-05-01T12:00:00Z'),
}
export const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export interface HandSigned {
  readonly method?: string
  readonly target?: string
  /** Beside `host` and `x-amz-date`, which are always there. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** All, if left out. */
  readonly signedHeaders?: readonly string[]
  readonly payloadHash?: string
  /** Of the credential scope. */
  readonly day?: string
  readonly timestamp?: string
  readonly service?: string
}

/** A request with a true signature over whatever a client may have thought of. */
export async function signByHand(options: HandSigned = {}): Promise<ReceivedRequest> {
  const { method = 'GET', target = '/documents/42?limit=1', body = '', service = 'docs' } = options
  const { timestamp = '20260501T120000Z', day = '20260501' } = options
  const headers = new Map([
    ['host', 'docs.example.com'],
    ['x-amz-date', timestamp],
    ...Object.entries(options.headers ?? {}),
  ])
  const signedHeaders = options.signedHeaders ?? [...headers.keys()].sort()
  const [path = '', query = ''] = target.split('?')
  const signature = await createSignature(
    {
      method,
      path,
      query: queryPairs(query),
      headers: new Map(signedHeaders.map((name) => [name, [headers.get(name) ?? '']])),
      payloadHash: options.payloadHash ?? (await hashOf(body)),
    },
    credentials,
    { ...scope, service },
  )
  const credential = `${credentials.accessKeyId}/${day}/eu-west-1/${service}/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
  return {
    method,
    target,
    headers: [...headers, ['authorization', authorization]],
    body: new TextEncoder().encode(body),
  }
}

async function hashOf(body: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))
  return Buffer.from(digest).toString('hex')
}
