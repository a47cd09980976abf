/**
 * The typed client of the control plane.
 *
 * Shape   a method a task. What is asked is typed by the app's services; what is answered is checked.
 * Errors  `ServiceError`, `TransportError`, `CredentialsError` from every method; `ClientOptionsError` from {@link createClient}.
 *
 * @module
 */
import type { AnyService, ResourceFilter } from '@iamkit/core'
import type { Credentials } from './credentials/credentials.js'
import {
  type ItemResult,
  type RemoteDecision,
  type RemoteExplanation,
  readDecision,
  readItem,
} from './decision.js'
import { ServiceError, TransportError } from './errors.js'
import { createRegistry, type Registry } from './registry.js'
import {
  type CallOptions,
  createTransport,
  type Outgoing,
  type Transport,
  type TransportOptions,
} from './transport.js'
import type { AuthorizeRequest, FilterRequest } from './typed-request.js'

export type ClientOptions = TransportOptions

/** An action as the control plane knows it. */
export interface ListedAction {
  readonly action: string
  readonly access: string
  readonly resource?: string
}

/** What a token is for, and how long it lasts. */
export interface TokenRequest {
  readonly audience: string
  /** Seconds; never longer than the session itself. */
  readonly durationSeconds?: number
}

export interface IssuedToken {
  readonly token: string
  readonly expires: Date
}

/** What the official AWS clients take: `new IAMClient(client.awsConfig())`. */
export interface AwsConfig {
  readonly endpoint: string
  readonly region: string
  readonly credentials: () => Promise<AwsCredentials>
}

/** As AWS's clients have them: what is not there is left out. */
interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

export interface Client<S extends AnyService = AnyService> extends Registry<S> {
  /** Decides one request. A denial is a value; no answer is an error, never a denial and never an allow. */
  authorize(request: AuthorizeRequest<S>, options?: CallOptions): Promise<RemoteDecision>
  /** Decides many, in their order; each has its decision or its own error. */
  authorizeMany(
    requests: readonly AuthorizeRequest<S>[],
    options?: CallOptions,
  ): Promise<readonly ItemResult[]>
  /** Decides one request and says why, statement by statement. */
  explain(request: AuthorizeRequest<S>, options?: CallOptions): Promise<RemoteExplanation>
  /** What resources of a type must be for an action to be allowed: all, none, or a condition. */
  filter(request: FilterRequest<S>, options?: CallOptions): Promise<ResourceFilter>
  /** Every action of a service, or of all that are registered. */
  listActions(
    request?: { service?: S['prefix'] },
    options?: CallOptions,
  ): AsyncIterable<ListedAction>
  /** Tells the control plane of an app's service, as `defineService` made it. */
  registerService(service: S, options?: CallOptions): Promise<void>
  /** A signed token of the calling session, for an app to know it by. */
  issueToken(request: TokenRequest, options?: CallOptions): Promise<IssuedToken>
  awsConfig(): AwsConfig
}

/** A client, whatever its services. */
export type AnyClient = Pick<Client, 'awsConfig'>

/** So that two copies of this package know each other's clients. */
const TRANSPORT = Symbol.for('iamkit.transport')

/** What a client sends by: for parts of this package that have requests of their own. */
export function transportOf(client: AnyClient): Transport {
  return (client as AnyClient & { readonly [TRANSPORT]: Transport })[TRANSPORT]
}

const BATCH = 100
const FILTERS: readonly unknown[] = ['all', 'none', 'where']

/**
 * Makes a client.
 *
 * @example
 * ```ts
 * const client = createClient<typeof docs>({ endpoint: 'https://iam.example.com', credentials: fromEnvironment() })
 * const { allowed } = await client.authorize({ action: 'docs:GetDocument', resource: arn })
 * ```
 */
export function createClient<S extends AnyService = AnyService>(options: ClientOptions): Client<S> {
  const transport = createTransport(options)
  const { call } = transport
  const send = async (request: Outgoing): Promise<void> => void (await call(request))
  const get = async (path: string, query: Outgoing['query'], options?: CallOptions) =>
    (await call({ method: 'GET', path, query: query ?? {}, ...options })) as Readonly<
      Record<string, unknown>
    >
  const post = (path: string, body: unknown, options?: CallOptions): Outgoing => ({
    method: 'POST',
    path,
    body,
    ...options,
  })

  const client: Client<S> & { readonly [TRANSPORT]: Transport } = {
    [TRANSPORT]: transport,
    authorize: async (request, options) =>
      readDecision(await call(post('/v1/authorize', request, options))),
    authorizeMany: async (requests, options) => {
      const results: ItemResult[] = []
      for (let start = 0; start < requests.length; start += BATCH) {
        const batch = requests.slice(start, start + BATCH)
        results.push(...(await authorizeBatch(transport, batch, options)))
      }
      return results
    },
    explain: async (request, options) =>
      readDecision(await call(post('/v1/explain', request, options))),
    filter: async (request, options) => {
      const { filter } = (await call(post('/v1/filter', request, options))) as {
        filter?: ResourceFilter
      }
      // What is no filter must not be taken for one that lets everything through.
      if (filter && FILTERS.includes(filter.kind)) return filter
      throw new TransportError('unreadable answer', 'a filter that is none')
    },
    ...createRegistry<S>(transport),
    listActions: ({ service } = {}, options) =>
      pagesOf(async (nextToken) => {
        const page = await get('/v1/actions', { service, nextToken }, options)
        return {
          items: page.actions as readonly ListedAction[],
          nextToken: page.nextToken as string | undefined,
        }
      }),
    registerService: ({ prefix, definition }, options) =>
      send({
        ...post(`/v1/services/${encodeURIComponent(prefix)}`, { definition }, options),
        method: 'PUT',
      }),
    issueToken: async (request, options) => {
      const { token, expires } = (await call(post('/v1/token', request, options))) as Record<
        string,
        string
      >
      return { token: String(token), expires: new Date(String(expires)) }
    },
    awsConfig: () => ({
      endpoint: transport.endpoint.href,
      region: transport.region,
      credentials: async () => forAws(await transport.credentials()),
    }),
  }
  return client
}

function forAws({ accessKeyId, secretAccessKey, ...session }: Credentials): AwsCredentials {
  const { sessionToken, expiration } = session
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration && { expiration }),
  }
}

async function authorizeBatch(
  { call }: Transport,
  requests: readonly unknown[],
  options: CallOptions | undefined,
): Promise<readonly ItemResult[]> {
  try {
    const body = await call({
      method: 'POST',
      path: '/v1/authorize-batch',
      body: { requests },
      ...options,
    })
    const { results } = body as { results?: unknown }
    if (!Array.isArray(results) || results.length !== requests.length) {
      throw new TransportError('unreadable answer', 'another number of decisions than was asked')
    }
    return results.map(readItem)
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof TransportError)) throw error
    return requests.map(() => ({ error }))
  }
}

/** Asks for page after page, and no further than is read. */
async function* pagesOf<Item>(
  read: (
    nextToken: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly nextToken: string | undefined }>,
): AsyncIterable<Item> {
  let nextToken: string | undefined
  do {
    const page = await read(nextToken)
    yield* page.items
    nextToken = page.nextToken
  } while (nextToken !== undefined)
}
