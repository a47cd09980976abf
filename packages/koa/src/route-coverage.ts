/**
 * One route's rows: what stands first on it, or what the route table has said before.
 *
 * Errors  None.
 *
 * @module
 */
import { METHODS } from 'node:http'
import {
  type CoverageFinding,
  type CoverageRow,
  findingOn,
  markOf,
  rowFinding,
  type Station,
  type TableRow,
} from '@iamkit/http'
import { boundNames, type Layer, matchesSame, pathText } from './layer.js'

/** Methods of which the same is true share a row. */
export function routeRows(layer: Layer, before: readonly Layer[]): readonly CoverageRow[] {
  const bound = boundNames(layer)
  const own = findingOn(layer.stack.map(stationOf), bound)
  const rows = new Map<string, CoverageRow & { methods: string[] }>()
  for (const method of methodNames(layer)) {
    const finding = own.state === 'open' ? (tabled(method, layer, before) ?? own) : own
    const key = `${finding.state} ${finding.note}`
    const row = rows.get(key) ?? { methods: [], path: pathText(layer.path), ...finding }
    row.methods.push(method)
    rows.set(key, row)
  }
  return [...rows.values()]
}

/** The row that a layer was made of. Nothing may stand before it, such as the app's `router.param`. */
export function tableRowIn(layer: Layer): TableRow | undefined {
  const mark = markOf(layer.stack[0])
  return mark?.kind === 'row' ? mark.row : undefined
}

/** A row that no route uses is shown by itself: its routes may be missing, or in another router. */
export function unusedRows(layer: Layer, stack: readonly Layer[]): readonly CoverageRow[] {
  const row = tableRowIn(layer)
  const behind = stack.slice(stack.indexOf(layer))
  const isUsed = behind.some(
    (other) => !tableRowIn(other) && isRoute(other) && matchesSame(layer, other),
  )
  const isFirst = stack.find((other) => tableRowIn(other) === row) === layer
  if (row === undefined || isUsed || !isFirst) return []
  const method = row.method === 'ALL' ? '*' : row.method
  const finding = rowFinding(row, method, boundNames(layer))
  if (finding === undefined) return []
  const note = `${finding.note}  (no route of this router)`
  return [{ methods: [method], path: pathText(layer.path), ...finding, note }]
}

/** The org's own parser reads and decides nothing. */
export function isBodyParser(handler: unknown): boolean {
  return typeof handler === 'function' && handler.name === 'bodyParser'
}

/** What a row in front of the route says of a method. */
function tabled(
  method: string,
  layer: Layer,
  before: readonly Layer[],
): CoverageFinding | undefined {
  const asked = method === '*' ? METHODS : [method]
  const rows = before.filter((other) => tableRowIn(other) && matchesSame(other, layer))
  const findings = asked.map((name) => {
    const row = rows.find(({ methods }) => methods.includes(name))
    return row && rowFinding(tableRowIn(row) as TableRow, method, boundNames(row))
  })
  if (findings.some((finding) => finding === undefined)) return undefined
  return findings.find((finding) => finding?.state === 'broken') ?? findings[0]
}

function isRoute({ methods }: Layer): boolean {
  return methods.length > 0
}

function stationOf(handler: unknown): Station {
  const { name, param } = handler as { name?: string; param?: string }
  return {
    handler,
    name: param === undefined ? name : `router.param('${param}')`,
    isParser: isBodyParser(handler),
  }
}

/** `router.all` registers every method that Node knows. */
function methodNames({ methods }: Layer): readonly string[] {
  if (METHODS.every((name) => methods.includes(name))) return ['*']
  const sorted = [...new Set(methods)].filter((name) => name !== 'HEAD' || !methods.includes('GET'))
  return sorted.flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]))
}
