/**
 * One route's rows: for each method, what stands first.
 *
 * Errors  None.
 *
 * @module
 */
import { METHODS } from 'node:http'
import { type CoverageRow, markOf, pathProblem, type Route } from '@iamkit/http'
import type { BoundNames, Layer, RouteRecord } from './layer.js'

/** Where the route stands: its whole path, and what that binds. */
export interface RoutePlace {
  readonly path: string
  readonly bound: BoundNames
}

type Finding = Pick<CoverageRow, 'state' | 'note'>

/** Methods of which the same is true share a row. */
export function routeRows(route: RouteRecord, place: RoutePlace): readonly CoverageRow[] {
  const rows = new Map<string, CoverageRow & { methods: string[] }>()
  for (const method of Object.keys(route.methods)) {
    const layers = route.stack.filter(
      (layer) => layer.method === undefined || layer.method === method,
    )
    const finding = firstOn(layers, place)
    const key = `${finding.state} ${finding.note}`
    const row = rows.get(key) ?? { methods: [], path: place.path, ...finding }
    row.methods.push(...methodNames(method, route))
    rows.set(key, row)
  }
  return [...rows.values()].map((row) => ({ ...row, methods: shortened(row.methods) }))
}

/** Goes through the handlers in the order in which Express would. */
function firstOn(layers: readonly Layer[], place: RoutePlace): Finding {
  for (const [i, layer] of layers.entries()) {
    const mark = markOf(layer.handle)
    if (mark?.kind === 'public') return { state: 'public', note: mark.reason }
    if (mark?.kind === 'guard')
      return behindGuard(layers.slice(i + 1)) ?? bindings(mark.route, place)
    if (mark?.kind === 'unguarded' || isBodyParser(layer) || isErrorHandler(layer)) continue
    const isLate = layers.some(({ handle }) => markOf(handle)?.kind === 'guard')
    return {
      state: 'open',
      note: isLate ? `\`${nameOf(layer)}\` runs before the guard` : 'no guard',
    }
  }
  return { state: 'open', note: 'no guard' }
}

/** An error handler on the route gets the refusal, and could go on to the handler behind it. */
function behindGuard(layers: readonly Layer[]): Finding | undefined {
  const handler = layers.find(isErrorHandler)
  return (
    handler && {
      state: 'open',
      note: `error handler \`${nameOf(handler)}\` could let a refusal pass`,
    }
  )
}

function bindings(route: Route, { bound }: RoutePlace): Finding {
  const { requestTags, anonymous, mask, mode } = route.options
  const extras = [
    requestTags && 'request tags',
    anonymous && 'anonymous too',
    mask && 'masked',
    mode === 'shadow' && 'shadow',
  ].filter(Boolean)
  const note = [route.action.action, ...extras].join('  ')
  const problem = bound.isWhole ? pathProblem(route, bound.names) : undefined
  return problem === undefined ? { state: 'guarded', note } : { state: 'broken', note: problem }
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
