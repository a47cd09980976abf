/**
 * Signed requests to the control plane, and their answers.
 *
 * Shape   a request is signed anew for each attempt; a clock that is wrong is set right once. An answer that is not what
 *         it should be is a failure: nothing is ever read into it.
 * Units   time limits in milliseconds; an answer has at most 64 MiB.
 * Errors  `ServiceError` with the wire's code; `TransportError` (`ERR_TRANSPORT`); `CredentialsError` (`ERR_CREDENTIALS`).
 *
 * @module
 */
import { sign } from '@iamkit/sigv4'
import { createClock } from './clock.js'
import {
  type CredentialProvider,
  type Credentials,
  isCredentials,
} from './credentials/credentials.js'
import { ClientOptionsError, CredentialsError, ServiceError, TransportError } from './errors.js'
import { checkNames, type NamesOf } from './option-names.js'
import { isRetryable, pauseBefore, sleep } from './retry.js'

export interface TransportOptions {
  /** Where the control plane is, such as `https://iam.example.com`. */
  readonly endpoint: string | URL
  readonly credentials: Credentials | CredentialProvider
  /** Absent: `us-east-1`. */
  readonly region?: string
  /** Absent: the platform's. */
  readonly fetch?: typeof fetch
  /** How often a request is made at the most. Absent: 3. */
  readonly attempts?: number
  /** Milliseconds that one attempt may take. Absent: 10,000. */
  readonly timeout?: number
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Milliseconds for one attempt. Absent: the client's. */
  readonly timeout?: number
}

export interface Outgoing extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/v1/authorize`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** True: the answer is read as it comes, and the time limit is for its head alone. */
  readonly isStream?: boolean
}

export interface Transport {
  readonly endpoint: URL
  readonly region: string
  readonly credentials: () => Promise<Credentials>
  /** The answer's JSON. */
  readonly call: (request: Outgoing) => Promise<unknown>
  /** The answer itself, also where it is 304. */
  readonly open: (request: Outgoing) => Promise<Response>
}

const NAMES: NamesOf<TransportOptions> = {
  endpoint: true,
  credentials: true,
  region: true,
  fetch: true,
  attempts: true,
  timeout: true,
}

const LONGEST_ANSWER = 64 * 1024 * 1024

export function createTransport(options: TransportOptions): Transport {
  checkNames('createClient', options, NAMES)
  const { attempts = 3, timeout = 10_000, region = 'us-east-1' } = options
  const endpoint = readEndpoint(options.endpoint)
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis)
  const clock = createClock()
  const scope = { endpoint, region, fetch, clock }
  const credentials = providerOf(options.credentials)

  const attempt = async (request: Outgoing): Promise<Response> => {
    const signer = await credentials({ iamkit: scope })
    const date = new Date(clock.now())
    const signed = await sign(toRequest(endpoint, request), signer, {
      service: 'iamkit',
      region,
      date,
    })
    return withTimeLimit(fetch, signed, { timeout, ...request })
  }

  const open = async (request: Outgoing): Promise<Response> => {
    let isCorrected = false
    for (let count = 1; ; count += 1) {
      // Not by `instanceof`: Hono's server puts a class of its own in the place of `Response`.
      const { answer, error } = await attempt(request).then(
        (answer) => ({ answer, error: undefined }),
        (error: unknown) => ({ answer: undefined, error }),
      )
      if (answer?.ok || answer?.status === 304) return answer
      const failure = answer ? await refusalIn(answer) : error
      const headers = answer?.headers
      if (!isCorrected && isSkewed(failure) && clock.correct(headers?.get('date') ?? null)) {
        isCorrected = true
        continue
      }
      const pause = mayRetry(failure)
        ? pauseBefore(count, headers?.get('retry-after') ?? null, clock.now())
        : undefined
      if (pause === undefined || count >= attempts) throw failure
      await sleep(pause, request.signal).catch((cause: unknown) => {
        throw new TransportError('aborted', request.path, cause)
      })
    }
  }
  return {
    endpoint,
    region,
    credentials: () => credentials({ iamkit: scope }),
    open,
    call: async (request) => readJson(await open(request), request.path),
  }
}

function readEndpoint(endpoint: string | URL): URL {
  const text = String(endpoint)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url
  throw new ClientOptionsError('endpoint', 'must be an address such as `https://iam.example.com`')
}

function providerOf(credentials: TransportOptions['credentials']): CredentialProvider {
  if (typeof credentials === 'function') {
    return async (scope) => {
      const found = await credentials(scope)
      if (!isCredentials(found)) throw new CredentialsError('the provider gave none')
      return found
    }
  }
  if (isCredentials(credentials)) return async () => credentials
  throw new ClientOptionsError(
    'credentials',
    'must be an access key or a provider, such as `fromEnvironment()`',
  )
}

function toRequest(endpoint: URL, { method, path, query = {}, body, headers }: Outgoing): Request {
  const url = new URL(endpoint.pathname.replace(/\/$/, '') + path, endpoint)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  const content = body === undefined ? undefined : JSON.stringify(body, plain)
  const type = content === undefined ? {} : { 'content-type': 'application/json' }
  return new Request(url, {
    method,
    headers: { ...type, ...headers },
    body: content ?? null,
    redirect: 'manual',
  })
}

/** JSON has no maps: one would be written as if nothing were in it. */
function plain(_: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value
}

async function withTimeLimit(
  fetch: typeof globalThis.fetch,
  request: Request,
  { signal, timeout, path, isStream }: Outgoing,
): Promise<Response> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), timeout)
  const forward = () => limit.abort(signal?.reason)
  if (signal?.aborted) forward()
  signal?.addEventListener('abort', forward, { once: true })
  try {
    const answer = await fetch(request, { signal: limit.signal })
    if (isStream && answer.ok) {
      clearTimeout(timer)
      return answer
    }
    const body = await answer.arrayBuffer()
    if (body.byteLength > LONGEST_ANSWER)
      throw new TransportError('unreadable answer', `${path} is too long`)
    const isEmpty = body.byteLength === 0 || answer.status === 304
    return new Response(isEmpty ? null : body, { status: answer.status, headers: answer.headers })
  } catch (error) {
    if (error instanceof TransportError) throw error
    const reason = signal?.aborted ? 'aborted' : limit.signal.aborted ? 'timeout' : 'network'
    throw new TransportError(reason, path, error)
  } finally {
    clearTimeout(timer)
    if (!isStream) signal?.removeEventListener('abort', forward)
  }
}

async function refusalIn(answer: Response): Promise<ServiceError> {
  const { status, headers } = answer
  const body = (await answer.json().catch(() => undefined)) as
    | { message?: unknown; __type?: unknown }
    | null
    | undefined
  const written = typeof body?.__type === 'string' ? body.__type : `HTTP${status}`
  const type = headers.get('x-amzn-errortype') ?? written
  const code = type.replace(/^.*#/, '').replace(/:.*$/, '')
  const message = typeof body?.message === 'string' ? body.message : `status ${status}`
  return new ServiceError(code, message, {
    status,
    requestId: headers.get('x-amzn-requestid') ?? undefined,
  })
}

function mayRetry(failure: unknown): boolean {
  if (failure instanceof ServiceError) return isRetryable(failure.status)
  return (
    failure instanceof TransportError &&
    failure.reason !== 'aborted' &&
    failure.reason !== 'unreadable answer'
  )
}

/** A signature is refused for its time, too, where the clock here is wrong. */
function isSkewed(failure: unknown): boolean {
  return (
    failure instanceof ServiceError && failure.status === 403 && failure.code !== 'AccessDenied'
  )
}

async function readJson(answer: Response, path: string): Promise<unknown> {
  try {
    return await answer.json()
  } catch (cause) {
    throw new TransportError('unreadable answer', path, cause)
  }
}
