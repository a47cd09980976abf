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

/** One row of the table that an app prints at start-up. */
export interface CoverageRow {
  /** In upper case; `*` for every method. */
  readonly methods: readonly string[]
  /** As written, mounts included; `…` where the framework does not tell a mount's path. */
  readonly path: string
  /** `guarded` and `public` are covered. `open`: reachable without a decision. `broken`: always refused. */
  readonly state: 'guarded' | 'public' | 'open' | 'broken'
  /** The action, the reason, or what is wrong and how to mend it. */
  readonly note: string
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

/** Stops an app that has a route which nobody guards, or a guard that can never let anyone pass. */
export function refuseOpenRoutes(rows: readonly CoverageRow[]): void {
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
