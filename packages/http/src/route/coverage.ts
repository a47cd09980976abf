/**
 * Which routes of an app decide, and which do not.
 *
 * Shape   an adapter walks its framework's routers and gives one {@link CoverageRow} a method and path.
 * Errors  {@link CoverageError} (`ERR_ROUTE_UNGUARDED`) and {@link RouteError} (`ERR_ROUTE_INVALID`)
 *         from {@link refuseOpenRoutes}.
 *
 * @module
 */
import { CoverageError, RouteError } from '../errors.js'
import { markOf } from '../guard/mark.js'
import { pathProblem, type Route } from './route.js'
import { coversMethod, type TableRow } from './table.js'

/** One row of the table that an app prints at start-up. */
export interface CoverageRow {
  /** In upper case; `*` for every method. */
  readonly methods: readonly string[]
  /** As written, mounts included; `…` where the framework does not tell a mount's path. */
  readonly path: string
  /** `guarded` and `public` are covered. `open`: reachable without a decision. `broken`: cannot do its work. */
  readonly state: 'guarded' | 'public' | 'open' | 'broken'
  /** The action, the reason, or what is wrong and how to mend it. */
  readonly note: string
}

/** What is true of one method and path. */
export type CoverageFinding = Pick<CoverageRow, 'state' | 'note'>

/** One handler of a route, as far as an adapter can tell what it is. */
export interface Station {
  readonly handler: unknown
  /** For the table; empty where the handler has none. */
  readonly name?: string | undefined
  /** True for the framework's own parsers, which read and decide nothing. */
  readonly isParser?: boolean
  /** True for one that runs only after an error, and could let a refusal pass. */
  readonly isErrorHandler?: boolean
}

/** Names that a path binds. */
export interface BoundNames {
  readonly names: readonly string[]
  /** False where there may be more, because the framework does not tell the path. */
  readonly isWhole: boolean
}

/** Goes through a route's handlers in the order in which the framework would. */
export function findingOn(stations: readonly Station[], bound: BoundNames): CoverageFinding {
  for (const [i, { handler, name, isParser, isErrorHandler }] of stations.entries()) {
    const mark = markOf(handler)
    if (mark?.kind === 'public') return { state: 'public', note: mark.reason }
    if (mark?.kind === 'guard') {
      return behindGuard(stations.slice(i + 1)) ?? guardFinding(mark.route, bound)
    }
    if (mark?.kind === 'unguarded' || isParser || isErrorHandler) continue
    const isLate = stations.some((station) => markOf(station.handler)?.kind === 'guard')
    return {
      state: 'open',
      note: isLate ? `\`${nameOf(name)}\` runs before the guard` : 'no guard',
    }
  }
  return { state: 'open', note: 'no guard' }
}

/** What a row of the route table says of a method; undefined where it says nothing. */
export function rowFinding(
  row: TableRow,
  method: string,
  bound: BoundNames,
): CoverageFinding | undefined {
  if (!coversMethod(row, method)) return undefined
  if (row.reason !== undefined) return { state: 'public', note: row.reason }
  const one = row.routes[method]
  if (one && row.method !== 'ALL') return guardFinding(one, bound)
  const all = Object.entries(row.routes).filter(([name]) => name !== 'HEAD' || !row.routes.GET)
  const problem = all.map(([, route]) => guardFinding(route, bound)).find(isBroken)
  const note = all.map(([name, { action }]) => `${name} ${action.action}`).join(', ')
  return problem ?? { state: 'guarded', note }
}

/** A guard, and what of it a reader of the table wants to know. */
export function guardFinding(route: Route, bound: BoundNames): CoverageFinding {
  const problem = bound.isWhole ? pathProblem(route, bound.names) : undefined
  if (problem !== undefined) return { state: 'broken', note: problem }
  const { requestTags, tagKeys, anonymous, mask, mode } = route.options
  const extras = [
    requestTags && 'request tags',
    tagKeys && 'tag keys',
    anonymous && 'anonymous too',
    mask && 'masked',
    mode === 'shadow' && 'shadow',
  ]
  return { state: 'guarded', note: [route.action.action, ...extras].filter(Boolean).join('  ') }
}

/** An error handler on the route gets the refusal, and could go on to the handler behind it. */
function behindGuard(stations: readonly Station[]): CoverageFinding | undefined {
  const handler = stations.find(({ isErrorHandler }) => isErrorHandler)
  const note = `error handler \`${nameOf(handler?.name)}\` could let a refusal pass`
  return handler && { state: 'open', note }
}

function isBroken({ state }: CoverageFinding): boolean {
  return state === 'broken'
}

function nameOf(name: string | undefined): string {
  return name || '<anonymous>'
}

/** The table, with the rows that need a hand last, each marked with a cross. */
export function renderCoverage(rows: readonly CoverageRow[]): string {
  const isFine = ({ state }: CoverageRow) => state === 'guarded' || state === 'public'
  const sorted = [...rows.filter(isFine), ...rows.filter((row) => !isFine(row))]
  const methods = Math.max(0, ...sorted.map((row) => methodsOf(row).length))
  const paths = Math.max(0, ...sorted.map((row) => row.path.length))
  const lines = sorted.map((row) =>
    [
      isFine(row) ? ' ' : '✗',
      methodsOf(row).padEnd(methods),
      row.path.padEnd(paths),
      '',
      noteOf(row),
    ].join(' '),
  )
  return ['iamkit  route coverage', ...(lines.length > 0 ? lines : ['  no routes'])].join('\n')
}

/** Stops an app that has a route which nobody guards, a guard that can never let anyone pass, or no route yet. */
export function refuseOpenRoutes(rows: readonly CoverageRow[]): void {
  if (rows.length === 0) {
    throw new RouteError('app', 'it has no routes: call `assertCovered` behind the last one')
  }
  const open = rows.filter(({ state }) => state === 'open')
  if (open.length > 0) throw new CoverageError(open.map((row) => `${methodsOf(row)} ${row.path}`))
  const broken = rows.find(({ state }) => state === 'broken')
  if (broken) throw new RouteError(`${methodsOf(broken)} ${broken.path}`, broken.note)
}

function methodsOf({ methods }: CoverageRow): string {
  return methods.join(',')
}

function noteOf({ state, note }: CoverageRow): string {
  return state === 'public' ? `public  "${note}"` : note
}
