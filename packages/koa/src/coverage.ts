/**
 * The proof at start-up that every route of an app decides.
 *
 * Shape   walks the routers of an app as Koa keeps them; one row a path and what is true of its methods.
 * Errors  {@link CoverageError} (`ERR_ROUTE_UNGUARDED`) names each open route;
 *         {@link RouteError} (`ERR_ROUTE_INVALID`): a guard's ARN needs what its path does not bind, `errors()`
 *         stands behind the routes, or a route is added later.
 *
 * @module
 */
import {
  type CoverageRow,
  checkKinds,
  type KindsOf,
  markOf,
  RouteError,
  refuseOpenRoutes,
  renderCoverage,
  sealRoutes,
} from '@iamkit/http'
import { isPathless, type Layer, pathText, type RouterRecord, routerIn } from './layer.js'
import { isBodyParser, routeRows, tableRowIn, unusedRows } from './route-coverage.js'

export interface CoverageOptions {
  /** Takes the table. Absent: standard output. */
  readonly print?: (table: string) => void
}

/** A Koa app, a router, or the middleware of its `routes()`. */
export type Coverable =
  | { readonly middleware: readonly unknown[] }
  | { readonly stack: readonly unknown[] }
  | { readonly router?: unknown }

const KINDS: KindsOf<CoverageOptions> = { print: 'function' }

/**
 * Checks that a guard, or a reason to have none, stands first on every route.
 *
 * Call it when every route and all middleware has been added: from then on the app takes no more.
 */
export function assertCovered(
  app: Coverable,
  options: CoverageOptions = {},
): readonly CoverageRow[] {
  checkKinds('`assertCovered`', options, KINDS)
  const rows = coverableRows(app)
  const print = options.print ?? ((table) => process.stdout.write(`${table}\n`))
  print(renderCoverage(rows))
  refuseOpenRoutes(rows)
  seal(app)
  return rows
}

/** Whatever is added to an app or a router later would be reachable, and nobody would know. */
function seal(app: Coverable): void {
  const router = routerIn(app)
  const { middleware = [] } = app as { readonly middleware?: readonly unknown[] }
  if (!sealRoutes(router?.stack ?? middleware)) return
  if (router) sealRoutes(router, 'param')
  const within = router ? router.stack.flatMap(({ stack }) => stack) : middleware
  for (const one of within) {
    const mark = markOf(one)
    if (mark?.kind === 'covered') seal(mark.app as Coverable)
    else if (routerIn(one)) seal(one as Coverable)
  }
}

function coverableRows(app: Coverable): readonly CoverageRow[] {
  const router = routerIn(app)
  if (router) return routerRows(router)
  const { middleware } = Object(app) as { middleware?: unknown }
  if (!Array.isArray(middleware)) throw new RouteError('app', 'not a Koa app or router')
  const rows = middleware.map((one) => {
    const inner = routerIn(one)
    return inner ? routerRows(inner) : middlewareRows(one, '/', true)
  })
  const first = middleware.findIndex((one) => markOf(one)?.kind === 'errors')
  return [...rows.flat(), ...errorsRow(rows.slice(0, Math.max(first, 0)).flat())]
}

/** What stands before `errors()` is answered by Koa itself, in plain text. */
function errorsRow(before: readonly CoverageRow[]): readonly CoverageRow[] {
  if (!before.some(({ state }) => state === 'guarded')) return []
  const note = '`errors()` stands behind the routes: put it before the first'
  return [{ methods: ['*'], path: '/', state: 'broken', note }]
}

function routerRows({ stack, exclusive }: RouterRecord): readonly CoverageRow[] {
  return stack.flatMap((layer, i) => {
    if (layer.methods.length === 0) return useRows(layer)
    const row = tableRowIn(layer)
    if (row) return unusedRows(layer, stack)
    // An exclusive router passes none of the layers before the last that matches.
    const before = exclusive ? [] : stack.slice(0, i)
    return routeRows(layer, before)
  })
}

function useRows(layer: Layer): readonly CoverageRow[] {
  return layer.stack.flatMap((handler) =>
    middlewareRows(handler, pathText(layer.path), isPathless(layer)),
  )
}

/** What stands on `use` and cannot be looked into. */
function middlewareRows(
  handler: unknown,
  path: string,
  isEverywhere: boolean,
): readonly CoverageRow[] {
  const mark = markOf(handler)
  const row = (state: CoverageRow['state'], note: string) => [{ methods: ['*'], path, state, note }]
  if (mark?.kind === 'guard') {
    return row('broken', '`can` stands on `use`: put it on the route itself')
  }
  if (mark?.kind === 'public') return row('public', mark.reason)
  if (mark?.kind === 'covered') return coverableRows(mark.app as Coverable)
  if (mark?.kind === 'unguarded' || mark?.kind === 'errors') return []
  const name = typeof handler === 'function' ? handler.name : ''
  if (name === 'serve') {
    return row('open', 'static files, no guard: `publicStatic(serve(root), "why")`')
  }
  if (isEverywhere || isBodyParser(handler)) return []
  return row(
    'open',
    `\`${name || '<anonymous>'}\` on \`use\`, no guard: make it a route with \`can\`, or say why not: \`publicRoute\`, \`unguarded\``,
  )
}
