/**
 * The proof at start-up that every route of an app decides.
 *
 * Shape   walks the app's routers as Express keeps them; one row a method and path.
 * Errors  {@link CoverageError} (`ERR_ROUTE_UNGUARDED`) names each open route;
 *         {@link RouteError} (`ERR_ROUTE_INVALID`): a guard's ARN needs what its path does not bind, `errors()`
 *         stands before the routes, or a route is added later.
 *
 * @module
 */
import {
  type BoundNames,
  type CoverageRow,
  checkKinds,
  type KindsOf,
  markOf,
  RouteError,
  refuseOpenRoutes,
  renderCoverage,
  rowFinding,
  type Station,
  sealRoutes,
  type TableRow,
} from '@iamkit/http'
import type { Express, Router } from 'express'
import {
  both,
  boundNames,
  type Layer,
  pathText,
  type RouterRecord,
  routerIn,
  samePath,
} from './layer.js'
import { isBodyParser, isErrorHandler, nameOf, paramStations, routeRows } from './route-coverage.js'

export interface CoverageOptions {
  /** Takes the table. Absent: standard output. */
  readonly print?: (table: string) => void
}

const KINDS: KindsOf<CoverageOptions> = { print: 'function' }

/**
 * Checks that a guard, or a reason to have none, stands first on every route.
 *
 * Call it when every route and all middleware has been added: from then on the app takes no more.
 */
export function assertCovered(
  app: Express | Router,
  options: CoverageOptions = {},
): readonly CoverageRow[] {
  checkKinds('`assertCovered`', options, KINDS)
  const router = routerIn(app)
  if (router === undefined) throw new RouteError('app', 'not an Express 5 app or router')
  const rows = routerRows(router, { ...TOP, bound: boundNames('') })
  const print = options.print ?? ((table) => process.stdout.write(`${table}\n`))
  print(renderCoverage(rows))
  refuseOpenRoutes(rows)
  seal(router)
  return rows
}

/** Whatever is added to a router or to one of its routes later would be reachable, and nobody would know. */
function seal(router: RouterRecord): void {
  const { stack } = router
  if (!sealRoutes(stack)) return
  sealRoutes(router, 'param')
  for (const layer of stack) {
    if (layer.route) sealRoutes(layer.route.stack)
    const inner = innerRouter(layer)
    if (inner) seal(inner)
  }
}

/** Where a router stands. */
interface Place {
  readonly path: string
  readonly bound: BoundNames
  /** The routers around it. */
  readonly inside: readonly RouterRecord[]
  /** The rows of the route table that have decided before, in the same router. */
  readonly table: readonly TableRow[]
  /** What `router.param` has put before it, in the routers around it. */
  readonly params: readonly Station[]
  /** Whether an error handler stands behind it, in a router around it. */
  readonly isAnswered: boolean
}

const TOP = { path: '', inside: [], table: [], params: [], isAnswered: false } as const

function routerRows(router: RouterRecord, place: Place): readonly CoverageRow[] {
  if (place.inside.includes(router)) return []
  const inherited = router.mergeParams ? place.bound : boundNames('')
  const here = { ...place, bound: inherited, inside: [...place.inside, router] }
  const rows = router.stack.map((layer, i) => {
    const row = rowIn(layer)
    if (row) return unusedRows(row, router.stack.slice(i), here)
    const isAnswered = here.isAnswered || router.stack.slice(i + 1).some(isErrorHandler)
    const params = [...here.params, ...paramStations(router, pathOf(layer))]
    const table = here.params.every(isUnguarded) ? rowsBefore(router, i) : []
    return layerRows(layer, { ...here, table, params, isAnswered })
  })
  return [...rows.flat(), ...errorsRow(router, rows, here)]
}

/** Where `errors()` stands before guards that no error handler stands behind, Express answers for it, with a page. */
function errorsRow(
  { stack }: RouterRecord,
  rows: readonly (readonly CoverageRow[])[],
  { path, isAnswered }: Place,
): readonly CoverageRow[] {
  if (isAnswered || !stack.some(({ handle }) => markOf(handle)?.kind === 'errors')) return []
  const last = stack.findLastIndex(isErrorHandler)
  const isLost = (layer: Layer, i: number) =>
    i > last &&
    !innerRouter(layer)?.stack.some(isErrorHandler) &&
    rows[i]?.some(({ state }) => state === 'guarded')
  if (!stack.some(isLost)) return []
  const note = '`errors()` stands before routes: put it behind the last one'
  return [{ methods: ['*'], path: path || '/', state: 'broken', note }]
}

/**
 * The rows that a request has passed when it comes to the next layer. What may write another method or
 * path into the request, or take a refusal for its own, makes all before it worthless.
 */
function rowsBefore(router: RouterRecord, end: number): readonly TableRow[] {
  const layers = router.stack.slice(0, end)
  const last = layers.findLastIndex(isMeddling)
  return layers.slice(last + 1).flatMap((layer) => {
    const isFirst = paramStations(router, pathOf(layer)).every(isUnguarded)
    return (isFirst && rowIn(layer)) || []
  })
}

function isUnguarded({ handler }: Station): boolean {
  return markOf(handler)?.kind === 'unguarded'
}

function isMeddling(layer: Layer): boolean {
  const mark = markOf(layer.handle)
  if (layer.route || mark?.kind === 'public' || mark?.kind === 'unguarded') return false
  const router = innerRouter(layer)
  if (router) return router.stack.some(isMeddling)
  return isErrorHandler(layer) || !isBodyParser(layer)
}

/** The router in a layer: one that is mounted, or that of an app in `covered`. */
function innerRouter({ handle }: Layer): RouterRecord | undefined {
  const mark = markOf(handle)
  return routerIn(mark?.kind === 'covered' ? mark.app : handle)
}

function rowIn({ route }: Layer): TableRow | undefined {
  const mark = markOf(route?.stack[0]?.handle)
  return mark?.kind === 'row' ? mark.row : undefined
}

/** A row that no route of this router uses is shown by itself: it may stand for one in a mounted router. */
function unusedRows(row: TableRow, behind: readonly Layer[], place: Place): readonly CoverageRow[] {
  const isUsed = behind.some(
    (layer) =>
      layer.route &&
      !rowIn(layer) &&
      [layer.route.path].flat().some((path) => samePath(row.path, path)),
  )
  if (isUsed) return []
  const bound = both(place.bound, boundNames(row.path))
  const method = row.method === 'ALL' ? '*' : row.method
  const finding = rowFinding(row, method, bound)
  if (finding === undefined) return []
  const note = `${finding.note}  (no route of this router)`
  return [{ methods: [method], path: join(place.path, row.path), ...finding, note }]
}

function layerRows(layer: Layer, place: Place): readonly CoverageRow[] {
  const own = pathOf(layer)
  const path = join(place.path, pathText(own))
  const bound = both(place.bound, boundNames(own))
  if (layer.route) return routeRows(layer.route, { ...place, path, bound, inherited: place.bound })
  const router = innerRouter(layer)
  if (router) return routerRows(router, { ...place, path, bound })
  return mountedRows(layer, path)
}

/** As its author wrote it; undefined where Express does not tell. */
function pathOf({ route, slash, rawPath }: Layer): unknown {
  if (route) return route.path
  return slash ? '/' : rawPath
}

/** What stands on `use` and cannot be looked into. */
function mountedRows(layer: Layer, path: string): readonly CoverageRow[] {
  const mark = markOf(layer.handle)
  const row = (state: CoverageRow['state'], note: string) => [{ methods: ['*'], path, state, note }]
  if (mark?.kind === 'guard')
    return row('broken', `\`can\` stands on \`use\`: put it on the route itself`)
  if (mark?.kind === 'public') return row('public', mark.reason)
  if (mark?.kind === 'unguarded') return []
  if (layer.name === 'mounted_app') {
    return row('open', 'a mounted app cannot be looked into: wrap it in `covered(…)`')
  }
  if (layer.name === 'serveStatic') {
    return row('open', 'static files, no guard: `publicStatic(root, "why")`')
  }
  if (layer.slash || isErrorHandler(layer) || isBodyParser(layer)) return []
  return row(
    'open',
    `\`${nameOf(layer)}\` on \`use\`, no guard: make it a route with \`can\`, or say why not: \`publicRoute\`, \`unguarded\``,
  )
}

function join(base: string, path: string): string {
  if (path === '/') return base || '/'
  return `${base === '/' ? '' : base}${path}`
}
