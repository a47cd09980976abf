/**
 * The control plane: a store and a vault → something that answers AWS's clients.
 *
 * Units   bytes; seconds; days.
 * Errors  `StoreError`, `VaultError` and, for an option that is none, `TypeError` from {@link createControlPlane}. A call
 *         never throws: what fails is a reply.
 *
 * @module
 */

import { createApps } from './apps/apps.js'
import { createBearer } from './apps/bearer.js'
import { ChangeLog } from './apps/change-log.js'
import type { FollowLimit } from './apps/replicas.js'
import { createTokenKeys } from './apps/token-keys.js'
import { issuerOf } from './apps/tokens.js'
import type { AuditEvent, AuditQuery } from './audit/audit-event.js'
import { AuditTrail } from './audit/audit-trail.js'
import type { Trace } from './audit/event-of.js'
import { createAuthenticate } from './authenticate/authenticate.js'
import { createNamesKnown } from './authenticate/names-known.js'
import { loadManagedPolicies } from './authorize/managed-policies.js'
import { withCors } from './cors.js'
import { type FetchOrigin, headOf, readAtMost, toResponse } from './fetch.js'
import { createGate } from './gate.js'
import { addAccount, install, type RootCredentials, reset } from './installation.js'
import { LastUsed } from './last-used.js'
import { createLimiter, type RateLimit } from './limiter.js'
import { callFields, createLog, errorFields, type Log } from './log.js'
import { createMetrics, type Metrics } from './metrics.js'
import { type Health, ownReply } from './own-paths.js'
import { Pipeline } from './pipeline.js'
import { createServices } from './services.js'
import { openWriter, type Writer } from './state/writer.js'
import type { Store } from './store/store.js'
import type { Vault } from './vault/vault.js'
import { checkVault } from './vault/vault-mark.js'
import { type Received, wireRequest } from './wire/received.js'
import type { Reply } from './wire/reply.js'

export interface ControlPlaneOptions {
  /** It is closed with the control plane. */
  readonly store: Store
  readonly vault: Vault
  /** Of a new installation. Absent: made up, and told once as `newRoot`. */
  readonly root?: RootCredentials
  /** What each caller may call. Absent: 2,000 a second and 4,000 at once. */
  readonly rateLimit?: RateLimit
  /** How often each address may fail to say who calls. Absent: 10 times a second and 100 at once. */
  readonly failureLimit?: RateLimit
  /** How many apps may follow changes at once. Absent: 200 streams of each user or role, 1,000 in all. */
  readonly followLimit?: FollowLimit
  /** `iss` of the tokens for apps, and where those look for the keys. Absent: `https://iamkit.localhost`. */
  readonly publicUrl?: string
  /** Origins whose pages may call iamkit's own service, such as `https://app.example.com`. Absent: none. */
  readonly corsOrigins?: readonly string[]
  /**
   * Origins of OpenID Connect issuers, and of their keys, that may be on inner addresses or do without TLS, such as
   * `https://login.corp.example`. Absent: none.
   */
  readonly innerIssuers?: readonly string[]
  /** Absent: 4 MiB. */
  readonly maxBodySize?: number
  /** Days that audit events are kept. Absent: 90. */
  readonly auditRetention?: number
  /** Seconds by which a signer's clock may be off. Absent: 900. */
  readonly clockTolerance?: number
  /** Whether `/metrics` is there for everybody who reaches the server. Absent: false. */
  readonly exposeMetrics?: boolean
  /**
   * For tests only: takes `POST /_iamkit/reset` from everybody who reaches the server, where `root` is given, and OpenID
   * Connect issuers on this machine without TLS.
   */
  readonly testMode?: boolean
  /** Absent: warnings and errors as JSON lines on standard error. */
  readonly log?: Log
  readonly now?: () => Date
}

export interface ControlPlane {
  /** The credentials of a new installation; nobody can ask for them again. */
  readonly newRoot?: RootCredentials
  /** Makes a further account with these root credentials; `undefined` where it is there already. Nobody can over the wire. */
  readonly addAccount: (root: RootCredentials) => Promise<RootCredentials | undefined>
  /** Bytes of a body that are taken; a server need read no more than one beyond. */
  readonly maxBodySize: number
  /** 400 where the origin has an address that is none. */
  readonly fetch: (request: Request, origin?: FetchOrigin) => Promise<Response>
  /** For servers that have the request as it was on the wire: only so are all its bytes checked. */
  readonly receive: (request: Received) => Promise<Reply>
  /** What an address hears that has failed too often, before a body is read; undefined: go on. */
  readonly turnAway: (head: Omit<Received, 'body'>) => Promise<Reply | undefined> | undefined
  readonly health: () => Health
  readonly metrics: () => Promise<string>
  readonly findAudit: (query: AuditQuery) => Promise<readonly AuditEvent[]>
  /** Answers what is under way, writes what waits, and closes the store. */
  readonly close: () => Promise<void>
}

const MAX_BODY = 4 * 1024 * 1024
const NO_BODY = new Uint8Array()
const FAILURES: RateLimit = { perSecond: 10, burst: 100 }
const RATE: RateLimit = { perSecond: 2000, burst: 4000 }
const DAY = 24 * 60 * 60 * 1000
const MINUTE = 60 * 1000
/** Days that changes are kept for servers that were away. */
const CHANGES_RETENTION = 7

export async function createControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { store, vault, log = createLog(), now = () => new Date(), root } = options
  const { maxBodySize = MAX_BODY } = options
  await checkVault(store, vault)
  const metrics: Metrics = createMetrics({
    staleness: () => writer.staleness(),
    queuedWrites: () => writer.queued,
    lostAuditEvents: () => trail.lost,
  })
  const writer: Writer = await openWriter(store, {
    onError: (error) => log.error(errorFields(error), 'the store failed'),
    onCommit: metrics.commit,
  })
  const trail = new AuditTrail(store, (error) => log.warn(errorFields(error), 'audit waits'))
  const lastUsed = new LastUsed(writer, (error) => log.warn(errorFields(error), 'use not noted'))
  const pipeline = createPipeline({ ...options, writer, trail, lastUsed, metrics, log })
  loadManagedPolicies().catch((error: unknown) => {
    log.warn(errorFields(error), 'the managed policies of AWS cannot be read')
  })
  const health = () => ({ isReady: true, staleness: writer.staleness() })
  const own = {
    health,
    metrics: options.exposeMetrics ? metrics.text : undefined,
    reset: options.testMode && root ? () => reset({ writer, vault, now }, root) : undefined,
  }
  const receive = withCors(options.corsOrigins ?? [], async (received) => {
    const request = wireRequest(received)
    return (await ownReply(request, own)) ?? pipeline.receive(request)
  })
  // Last of all: who is told of a wrong option is not told the credentials, and nobody is ever again.
  const newRoot = await install({ writer, vault, now }, root)
  const stopTending = tend({ ...options, lastUsed, log, now })
  return {
    ...(newRoot && { newRoot }),
    addAccount: (root) => addAccount({ writer, vault, now }, root),
    maxBodySize,
    receive,
    turnAway: (head) => pipeline.turnAway(head),
    fetch: async (request, origin = {}) => {
      const head = headOf(request, origin)
      if (!head) return new Response(null, { status: 400 })
      const refused = request.body ? await pipeline.turnAway(head) : undefined
      const body = refused ? NO_BODY : await readAtMost(request.body ?? [], maxBodySize + 1)
      return toResponse(refused ?? (await receive({ ...head, body })))
    },
    health,
    metrics: metrics.text,
    findAudit: async (query) => {
      await trail.flush()
      return store.findAudit(query)
    },
    close: async () => {
      stopTending()
      await lastUsed.flush()
      await writer.close()
      await trail.flush()
      await store.close()
    },
  }
}

interface Tools {
  readonly writer: Writer
  readonly trail: AuditTrail
  readonly lastUsed: LastUsed
  readonly metrics: Metrics
  readonly log: Log
}

function createPipeline(options: ControlPlaneOptions & Tools): Pipeline {
  const { vault, writer, trail, lastUsed, metrics, log, clockTolerance } = options
  const { world } = writer
  const tolerance = clockTolerance === undefined ? {} : { clockTolerance }
  const tokens = { keys: createTokenKeys(vault), issuer: issuerOf(options.publicUrl) }
  const bearer = { signingName: 'iamkit', read: createBearer({ ...tokens, world }) }
  const apps = createApps({
    log: new ChangeLog(writer),
    tokens,
    followLimit: options.followLimit,
    onActivity: (event) => trail.add(event),
  })
  return new Pipeline({
    services: createServices({
      allowLoopback: options.testMode,
      innerIssuers: options.innerIssuers,
      apps,
    }),
    authenticate: createAuthenticate({ world, vault, bearer, ...tolerance }),
    gate: createGate({
      limit: options.failureLimit ?? FAILURES,
      namesKnown: createNamesKnown({ world, vault, bearer }),
    }),
    writer,
    vault,
    limiter: createLimiter(options.rateLimit ?? RATE),
    maxBodySize: options.maxBodySize ?? MAX_BODY,
    now: options.now ?? (() => new Date()),
    onEvent: (event) => trail.add(event),
    onCall: (trace, status) => {
      const seconds = (performance.now() - trace.start) / 1000
      metrics.call(trace, status, seconds)
      log.debug({ ...callFields(trace), status, seconds }, 'call')
      const reason = trace.fault?.cause
      if (reason)
        log.info({ ...callFields(trace), ...errorFields(reason) }, 'an issuer could not be asked')
      noteUse(trace, lastUsed)
    },
    onError: (error, trace) => {
      log.error({ ...callFields(trace), ...errorFields(error) }, 'a call failed')
    },
  })
}

function noteUse({ caller, target, now, region = '' }: Trace, lastUsed: LastUsed): void {
  if (caller && target) lastUsed.note({ caller, now, region }, target.model.signingName)
}

/** What is done once in a while, until it is stopped. */
function tend({
  store,
  auditRetention = 90,
  lastUsed,
  log,
  now,
}: ControlPlaneOptions & Pick<Tools, 'lastUsed' | 'log'> & { now: () => Date }): () => void {
  const noting = setInterval(() => void lastUsed.flush(), MINUTE)
  const pruning = setInterval(() => {
    const before = (days: number) => new Date(now().getTime() - days * DAY)
    store
      .prune({ auditBefore: before(auditRetention), changesBefore: before(CHANGES_RETENTION) })
      .catch((error: unknown) => log.warn(errorFields(error), 'old records stay'))
  }, 60 * MINUTE)
  for (const timer of [noting, pruning]) timer.unref()
  return () => {
    clearInterval(noting)
    clearInterval(pruning)
  }
}
