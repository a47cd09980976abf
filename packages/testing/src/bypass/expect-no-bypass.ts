/**
 * The search for ways around the guards of an app.
 *
 * Shape   every route × every method × every spelling of its path, and the requests of `header-variants`
 *         and `attack`, over raw connections to a server of its own. A handler that runs although no
 *         guard allowed the request, or a request that is answered with 2xx, is a bypass.
 * Units   `timeLimit` and `patience` count milliseconds.
 * Errors  {@link BypassError} (`ERR_BYPASS_FOUND`); {@link BypassOptionsError}
 *         (`ERR_BYPASS_OPTIONS_INVALID`); {@link UnfinishedError} (`ERR_BYPASS_UNFINISHED`).
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import { BypassError, BypassOptionsError, UnfinishedError } from '../errors.js'
import { attack, type Target } from './attack.js'
import type { Bypass, Exchange } from './bypass.js'
import { openRange, type Range } from './connection.js'
import { type Listener, observe, type SearchedApp } from './observe.js'
import type { ObservedApp } from './observed-app.js'
import { type PathParams, samplePaths } from './sample-path.js'
import type { Observer } from './watch.js'

export interface BypassOptions {
  /**
   * Paths to aim at, such as `/documents/:documentId`, beside those that the framework tells. For an app that
   * cannot be looked into they are all there are.
   */
  readonly routes?: readonly string[]
  /** Values for parameters by their names: those of things that are there. Absent: `1`. */
  readonly params?: PathParams
  /** Header lines of a caller who may do nothing, such as `Authorization: Bearer …`. Absent: nobody. */
  readonly headers?: readonly string[]
  /** What serves the app, where that is not the app itself: Hono's needs `getRequestListener(app.fetch)`. */
  readonly listener?: Listener
  /**
   * False: only handlers count that were seen to run, or that told so by `handlerRan`; for an app that
   * answers 200 to whatever it does not know. Absent: an answer of 2xx without a decision counts as well.
   */
  readonly answers?: boolean
  /**
   * False: a spelling other than the app's own is sent with the methods of its route, `GET` and `HEAD` alone. That takes
   * a seventh of the time, and proves less. Absent: with every method.
   */
  readonly thorough?: boolean
  /** At most so many requests. Absent: 200000. */
  readonly limit?: number
  /** Milliseconds for the whole search. Absent: 120000. */
  readonly timeLimit?: number
  /** Milliseconds without a byte, after which a connection is given up. Absent: 1000. */
  readonly patience?: number
}

/** What was tried, where nothing was found. */
export interface BypassReport {
  /** Connections made. */
  readonly sent: number
  /** Requests that Node's parser let through to the app. */
  readonly arrived: number
  /** The routes as the app wrote them. */
  readonly routes: readonly string[]
  /** Routes of which nothing ran, and that answered 404 to everything: their path may be wrong. */
  readonly unreached: readonly string[]
}

/** Where an app often lets everybody pass, and where a pattern too wide may take another path for it. */
const OTHERS = ['/health', '/public']
const MAX_OTHERS = 4
const AT_ONCE = 16
/** Milliseconds in which a handler that nobody waits for may still begin. */
const AFTERMATH = 50

/** Throws where a request comes past the guards of an app. */
export async function expectNoBypass(
  app: SearchedApp,
  options: BypassOptions = {},
): Promise<BypassReport> {
  checkHeaders(options.headers ?? [])
  const { params = {} } = options
  const { observed, listener } = await observe(app, params, options.listener)
  const bypasses: Bypass[] = []
  const reached = new Set<string>()
  const observer: Observer = {
    answers: options.answers ?? true,
    onBypass: (bypass) => bypasses.push(bypass),
    onReach: ({ route }) => reached.add(route),
  }
  try {
    const targets = targetsOf(observed, options)
    const others = [...new Set([...OTHERS, ...(observed?.publicPaths ?? [])])].slice(0, MAX_OTHERS)
    const range = await openRange(listener, observer, options.patience ?? 1000)
    const progress = await search(range, exchanges(targets, others, options), options)
    await wait(AFTERMATH)
    await range.close()
    if (bypasses.length > 0) throw new BypassError(bypasses)
    const problem = observed?.problem?.()
    if (problem !== undefined) throw new BypassOptionsError(problem)
    if (progress.limit) throw new UnfinishedError(progress.sent, progress.limit)
    const routes = [...new Set(targets.map(({ route }) => route))]
    const unreached = routes.filter((route) => !reached.has(route))
    return { sent: progress.sent, arrived: range.arrived(), routes, unreached }
  } finally {
    observed?.restore()
  }
}

const NO_ROUTES =
  'no routes: name them in `routes`, or on Fastify call `assertCovered` before the first one'

/** A line that ends itself would be two. */
function checkHeaders(headers: readonly string[]): void {
  const bad = headers.find((line) => !/^[^:\s]+:[^\r\n]*$/.test(line))
  if (bad !== undefined) {
    throw new BypassOptionsError('a header is a line such as `Authorization: Bearer …`')
  }
}

function targetsOf(observed: ObservedApp | undefined, options: BypassOptions): readonly Target[] {
  const { routes = [], params = {} } = options
  const named = routes.flatMap((route) =>
    (samplePaths(route, params) ?? []).map((path) => ({ route, path, methods: ['GET', 'POST'] })),
  )
  const wrong = named.find(({ path }) => !/^\/[^\s]*$/.test(path))
  if (wrong) throw new BypassOptionsError(`\`${wrong.route}\` is not a path that begins with \`/\``)
  if (observed && observed.unknown.length > 0 && routes.length === 0) {
    const list = observed.unknown.map((text) => `\`${text}\``).join(', ')
    throw new BypassOptionsError(
      `name paths of ${list} in \`routes\`: the router does not tell them`,
    )
  }
  const all = merged([...(observed?.targets ?? []), ...named])
  if (all.length === 0) throw new BypassOptionsError(NO_ROUTES)
  return all
}

/** One target a path, with the methods of all routes that have it. */
function merged(targets: readonly Target[]): readonly Target[] {
  const byPath = new Map<string, Target>()
  for (const target of targets) {
    const before = byPath.get(target.path)
    const methods = [...new Set([...(before?.methods ?? []), ...target.methods])]
    byPath.set(target.path, { ...target, ...before, methods })
  }
  return [...byPath.values()]
}

function* exchanges(
  targets: readonly Target[],
  others: readonly string[],
  { headers = [], thorough = true }: BypassOptions,
): Generator<Exchange> {
  for (const target of targets) {
    const elsewhere = others.filter((one) => one !== target.path)
    yield* attack(target, { headers, others: elsewhere, thorough })
  }
}

interface Progress {
  readonly sent: number
  /** The limit that ended the search before its end. */
  readonly limit?: string
}

async function search(
  range: Range,
  todo: Generator<Exchange>,
  { limit = 200_000, timeLimit = 120_000 }: BypassOptions,
): Promise<Progress> {
  const end = performance.now() + timeLimit
  let sent = 0
  let cut: string | undefined
  const worker = async () => {
    // A loop over `todo` would end it for the others when one of them stops.
    for (let next = todo.next(); !next.done; next = todo.next()) {
      if (sent >= limit) cut = `the limit is ${limit} requests`
      if (performance.now() > end) cut = `the limit is ${timeLimit} milliseconds`
      if (cut !== undefined) return
      sent += 1
      await range.send(next.value)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { sent, ...(cut !== undefined && { limit: cut }) }
}
