/**
 * The proof at start-up that every route of an app decides.
 *
 * Shape   Hono keeps one list of what stands where, routes of other apps included; what stands on the same
 *         method and path, one behind the other, is one route.
 * Errors  {@link CoverageError} (`ERR_ROUTE_UNGUARDED`) names each open route;
 *         {@link RouteError} (`ERR_ROUTE_INVALID`): a guard's ARN needs what its path does not bind, or a route is
 *         added later.
 *
 * @module
 */
import {
  type CoverageFinding,
  type CoverageRow,
  checkKinds,
  findingOn,
  type KindsOf,
  markOf,
  RouteError,
  refuseOpenRoutes,
  renderCoverage,
  rowFinding,
  sealRoutes,
  type TableRow,
} from '@iamkit/http'
import { boundNames, samePath } from './path.js'

export interface CoverageOptions {
  /** Takes the table. Absent: `console.log`. */
  readonly print?: (table: string) => void
}

const KINDS: KindsOf<CoverageOptions> = { print: 'function' }

/** Anything with Hono's list of routes, whatever its types say of them. */
export interface Routed {
  readonly routes: readonly {
    readonly method: string
    readonly path: string
    readonly handler: unknown
  }[]
  /** Where Hono adds a route first, and what it matches by. */
  readonly router: object
}

/**
 * Checks that a guard, or a reason to have none, stands first on every route.
 *
 * Call it when every route and all middleware has been added: from then on the app takes no more.
 */
export function assertCovered(app: Routed, options: CoverageOptions = {}): readonly CoverageRow[] {
  checkKinds('`assertCovered`', options, KINDS)
  if (!Array.isArray(Object(app).routes)) throw new RouteError('app', 'not a Hono app')
  const routes = gather(app)
  const rows = routes.flatMap((route, i) => coverageRow(route, routes.slice(0, i)))
  // biome-ignore lint/suspicious/noConsole: the only output that every runtime has
  const print = options.print ?? ((table) => console.log(table))
  print(renderCoverage(rows))
  refuseOpenRoutes(rows)
  sealRoutes(app.router, 'add')
  return rows
}

interface GatheredRoute {
  readonly method: string
  readonly path: string
  readonly handlers: unknown[]
}

/** A row of the route table stands by itself. */
function gather({ routes }: Routed): readonly GatheredRoute[] {
  const gathered: GatheredRoute[] = []
  for (const { method, path, handler } of routes) {
    const inner = innerHandler(handler)
    const last = gathered.at(-1)
    const isSame = last?.method === method && last.path === path
    if (last && isSame && !rowIn(last) && markOf(inner)?.kind !== 'row') last.handlers.push(inner)
    else gathered.push({ method, path, handlers: [inner] })
  }
  return gathered
}

/** What Hono wraps where a mounted app has an error handler of its own. */
function innerHandler(handler: unknown): unknown {
  const inner = (handler as { readonly __COMPOSED_HANDLER?: unknown }).__COMPOSED_HANDLER
  return inner === undefined ? handler : innerHandler(inner)
}

function rowIn({ handlers }: GatheredRoute): TableRow | undefined {
  const mark = markOf(handlers[0])
  return mark?.kind === 'row' ? mark.row : undefined
}

function coverageRow(
  route: GatheredRoute,
  before: readonly GatheredRoute[],
): readonly CoverageRow[] {
  const { method, path, handlers } = route
  if (rowIn(route) || handlers.every((handler) => markOf(handler)?.kind === 'unguarded')) return []
  const own = ownFinding(route)
  const finding = own.state === 'open' ? (tableFinding(route, before) ?? own) : own
  const methods = method === 'ALL' ? ['*'] : method === 'GET' ? ['GET', 'HEAD'] : [method]
  return [{ methods, path, ...finding }]
}

function ownFinding({ method, path, handlers }: GatheredRoute): CoverageFinding {
  const stations = handlers.map((handler) => ({ handler, name: nameOf(handler) }))
  const finding = findingOn(stations, boundNames(path))
  if (finding.state === 'guarded' && markOf(handlers.at(-1))?.kind === 'guard') {
    return { state: 'broken', note: '`can` stands alone: put it on the route, before its handler' }
  }
  if (finding.state !== 'open' || method !== 'ALL' || finding.note !== 'no guard') return finding
  const [name] = stations.map((station) => station.name || '<anonymous>')
  const note = `no guard: if \`${name}\` only passes on, say why it may: \`unguarded\``
  return { state: 'open', note }
}

/** What the route table has said of the same method and path before. */
function tableFinding(
  { method, path }: GatheredRoute,
  before: readonly GatheredRoute[],
): CoverageFinding | undefined {
  const name = method === 'ALL' ? '*' : method
  return before
    .filter((route) => samePath(route.path, path))
    .map((route) => {
      const row = rowIn(route)
      return row && rowFinding(row, name, boundNames(route.path))
    })
    .find((finding) => finding)
}

function nameOf(handler: unknown): string {
  return typeof handler === 'function' ? handler.name : ''
}
