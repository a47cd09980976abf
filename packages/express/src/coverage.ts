/**
 * The proof at start-up that every route of an app decides.
 *
 * Shape   walks the app's routers as Express keeps them; one row a method and path.
 * Errors  {@link CoverageError} (`ERR_ROUTE_UNGUARDED`) names each open route;
 *         {@link RouteError} (`ERR_ROUTE_INVALID`): a guard's ARN needs what its path does not bind.
 *
 * @module
 */
import {
  type CoverageRow,
  markOf,
  RouteError,
  refuseOpenRoutes,
  renderCoverage,
} from '@iamkit/http'
import type { Express, Router } from 'express'
import {
  type BoundNames,
  boundNames,
  type Layer,
  pathText,
  type RouterRecord,
  routerIn,
} from './layer.js'
import { isBodyParser, isErrorHandler, nameOf, routeRows } from './route-coverage.js'

export interface CoverageOptions {
  /** Takes the table. Absent: standard output. */
  readonly print?: (table: string) => void
}

/**
 * Checks that a guard, or a reason to have none, stands first on every route.
 *
 * Call it when every route has been added: what is added later is not looked at.
 */
export function assertCovered(
  app: Express | Router,
  options: CoverageOptions = {},
): readonly CoverageRow[] {
  const router = routerIn(app)
  if (router === undefined) throw new RouteError('app', 'not an Express 5 app or router')
  const rows = routerRows(router, { path: '', bound: boundNames(''), inside: [] })
  const print = options.print ?? ((table) => process.stdout.write(`${table}\n`))
  print(renderCoverage(rows))
  refuseOpenRoutes(rows)
  return rows
}

/** Where a router stands. */
interface Place {
  readonly path: string
  readonly bound: BoundNames
  /** The routers around it. */
  readonly inside: readonly RouterRecord[]
}

function routerRows(router: RouterRecord, place: Place): readonly CoverageRow[] {
  if (place.inside.includes(router)) return []
  const inherited = router.mergeParams ? place.bound : boundNames('')
  const here = { ...place, bound: inherited, inside: [...place.inside, router] }
  return router.stack.flatMap((layer) => layerRows(layer, here))
}

function layerRows(layer: Layer, place: Place): readonly CoverageRow[] {
  const own = layer.route ? layer.route.path : layer.slash ? '/' : layer.rawPath
  const path = join(place.path, pathText(own))
  const bound = both(place.bound, boundNames(own))
  if (layer.route) return routeRows(layer.route, { path, bound })
  const router = routerIn(layer.handle)
  if (router) return routerRows(router, { ...place, path, bound })
  return mountedRows(layer, path)
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
    return row('open', 'a mounted app cannot be looked into: make it an `express.Router()`')
  }
  if (layer.name === 'serveStatic') {
    return row('open', 'static files, no guard: `publicRoute("why", express.static(…))`')
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

function both(a: BoundNames, b: BoundNames): BoundNames {
  return { names: [...a.names, ...b.names], isWhole: a.isWhole && b.isWhole }
}
