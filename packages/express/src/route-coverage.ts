/**
 * One route's rows: for each method, what stands first.
 *
 * Errors  None.
 *
 * @module
 */
import { METHODS } from 'node:http'
import {
  type BoundNames,
  type CoverageFinding,
  type CoverageRow,
  findingOn,
  rowFinding,
  type Station,
  type TableRow,
} from '@iamkit/http'
import {
  both,
  boundNames,
  type Layer,
  namesIn,
  type RouteRecord,
  type RouterRecord,
  samePath,
} from './layer.js'

/** Where the route stands: its whole path, what that binds, and the rows of the route table before it. */
export interface RoutePlace {
  readonly path: string
  readonly bound: BoundNames
  /** What the routers around it bind. */
  readonly inherited: BoundNames
  readonly table: readonly TableRow[]
  /** What `router.param` has put before the route, in its router and in those around it. */
  readonly params: readonly Station[]
}

/** The handlers of `router.param` that run before whatever stands on the path. */
export function paramStations({ params = {} }: RouterRecord, path: unknown): readonly Station[] {
  const names = namesIn(path)
  const called = Object.entries(params).filter(([name]) => names?.includes(name) ?? true)
  return called.flatMap(([name, handlers]) =>
    handlers.map((handler) => ({ handler, name: `router.param('${name}')` })),
  )
}

/** Methods of which the same is true share a row. */
export function routeRows(route: RouteRecord, place: RoutePlace): readonly CoverageRow[] {
  const rows = new Map<string, CoverageRow & { methods: string[] }>()
  for (const method of Object.keys(route.methods)) {
    const finding = findingFor(method, route, place)
    const key = `${finding.state} ${finding.note}`
    const row = rows.get(key) ?? { methods: [], path: place.path, ...finding }
    row.methods.push(...methodNames(method, route))
    rows.set(key, row)
  }
  return [...rows.values()].map((row) => ({ ...row, methods: shortened(row.methods) }))
}

/** What the route itself says; if that is nothing, what the table has said of each of its paths. */
function findingFor(method: string, route: RouteRecord, place: RoutePlace): CoverageFinding {
  const layers = route.stack.filter(
    (layer) => layer.method === undefined || layer.method === method,
  )
  const alone = findingOn(layers.map(stationOf), place.bound)
  if (alone.state === 'public') return alone
  const own = findingOn([...place.params, ...layers.map(stationOf)], place.bound)
  if (own.state !== 'open') return own
  const name = method === '_all' ? '*' : method.toUpperCase()
  const tabled = [route.path].flat().map((path) => {
    const rows = place.table.filter((row) => samePath(row.path, path))
    return rows
      .map((row) => rowFinding(row, name, both(place.inherited, boundNames(row.path))))
      .find((finding) => finding)
  })
  if (tabled.some((finding) => finding === undefined)) return own
  return tabled.find((finding) => finding?.state === 'broken') ?? tabled[0] ?? own
}

function stationOf(layer: Layer): Station {
  return {
    handler: layer.handle,
    name: layer.name,
    isParser: isBodyParser(layer),
    isErrorHandler: isErrorHandler(layer),
  }
}

/** Parsers of Express itself read and decide nothing. */
export function isBodyParser({ name }: Layer): boolean {
  return /^(?:json|urlencoded|raw|text)Parser$/.test(name ?? '')
}

/** Express tells them by their four parameters. */
export function isErrorHandler({ handle }: Layer): boolean {
  return typeof handle === 'function' && handle.length === 4
}

export function nameOf({ name }: Layer): string {
  return name || '<anonymous>'
}

function methodNames(method: string, { methods }: RouteRecord): readonly string[] {
  if (method === '_all') return ['*']
  return method === 'get' && !methods.head ? ['GET', 'HEAD'] : [method.toUpperCase()]
}

/** `app.all` registers every method that Node knows. */
function shortened(methods: readonly string[]): readonly string[] {
  return METHODS.every((name) => methods.includes(name)) ? ['*'] : methods
}
