/**
 * The proof at start-up that every route of an app decides.
 *
 * Shape   an `onRoute` hook hears of every route, those of plugins and of HEAD included; when the app is
 *         ready, one row a method and path.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`): called too late or in a plugin; a guard's ARN needs what
 *         its path does not bind. {@link CoverageError} (`ERR_ROUTE_UNGUARDED`) names each open route.
 *         Both keep the app from becoming ready.
 *
 * @module
 */
import {
  type CoverageFinding,
  type CoverageRow,
  checkKinds,
  findingOn,
  type KeptRoute,
  type KindsOf,
  keepRoutes,
  markOf,
  RouteError,
  refuseOpenRoutes,
  renderCoverage,
  rowFinding,
} from '@iamkit/http'
import { boundNames } from './path.js'
import { type Hooked, methodsOf, preHandlersOf, type RouteRecord } from './route-record.js'

export interface CoverageOptions {
  /** Takes the table. Absent: standard output. */
  readonly print?: (table: string) => void
}

const KINDS: KindsOf<CoverageOptions> = { print: 'function' }

/**
 * Checks, when the app is ready, that a guard, or a reason to have none, stands first on every route.
 *
 * Call it on the app itself, before the first route and the first plugin: what was added before is not
 * heard of.
 */
export function assertCovered(app: Hooked, options: CoverageOptions = {}): void {
  checkKinds('`assertCovered`', options, KINDS)
  checkTime(app)
  const routes: Added[] = []
  const kept: KeptRoute[] = []
  keepRoutes(app, kept)
  let isReady = false
  app.addHook('onRoute', (route) => {
    // Fastify would add it without its hooks.
    if (isReady) throw new RouteError(route.url, 'add it before the app is ready')
    routes.push({ route, url: route.url })
    const methods = methodsOf(route)
    kept.push({ methods, path: route.url, preHandlers: () => preHandlersOf(route) })
  })
  app.addHook('onReady', async () => {
    isReady = true
    const rows = coverageRows(routes)
    const print = options.print ?? ((table) => process.stdout.write(`${table}\n`))
    print(renderCoverage(rows))
    // None can follow: an app without routes is no danger here.
    if (rows.length > 0) refuseOpenRoutes(rows)
  })
}

/** A route, and its path when it was added: Fastify then uses the object for a second one with a slash. */
interface Added {
  readonly route: RouteRecord
  readonly url: string
}

/** A plugin's instance has the app for its prototype, and hears nothing of the routes beside it. */
function checkTime(app: Hooked): void {
  if ('prefix' in Object.getPrototypeOf(app)) {
    throw new RouteError('app', 'call `assertCovered` on the app itself, outside of plugins')
  }
  if (!app.printRoutes().startsWith('(empty')) {
    throw new RouteError('app', 'call `assertCovered` before the first route')
  }
}

/** Methods of a path of which the same is true share a row. */
function coverageRows(routes: readonly Added[]): readonly CoverageRow[] {
  const rows = new Map<string, CoverageRow & { methods: string[] }>()
  for (const { route, url } of routes) {
    for (const method of methodsOf(route)) {
      const finding = findingFor(method, { route, url })
      const key = `${url} ${finding.state} ${finding.note}`
      const row = rows.get(key) ?? { methods: [], path: url, ...finding }
      if (!row.methods.includes(method)) row.methods.push(method)
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}

/** What the hooks on the route itself say. Rows of the table are among them, and stand first. */
function findingFor(method: string, { route, url }: Added): CoverageFinding {
  const bound = boundNames(url)
  const hooks = preHandlersOf(route)
  const rows = hooks.map(markOf).flatMap((mark) => (mark?.kind === 'row' ? [mark.row] : []))
  const tabled = rows.flatMap((row) => rowFinding(row, method, bound) ?? [])
  const [first] = tabled
  if (first) return tabled.find(({ state }) => state === 'broken') ?? first
  const stations = [...hooks, route.handler].map((handler) => ({ handler, name: nameOf(handler) }))
  return findingOn(stations, bound)
}

function nameOf(handler: unknown): string {
  return typeof handler === 'function' ? handler.name : ''
}
