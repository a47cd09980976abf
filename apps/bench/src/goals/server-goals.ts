/**
 * The goals of the control plane. Ratios are of the same run; only a start is held to seconds.
 *
 * Errors  None.
 *
 * @module
 */
import { LARGE_NAME, type ServerFigures } from '../parts/server.js'
import { formatNs, formatRatio } from '../report/quantity.js'
import type { Goal } from './goal.js'

const PART = 'server'
const STORES = ['PGlite', 'PostgreSQL']

export function serverGoals({ rows, starts }: ServerFigures): readonly Goal[] {
  const authorize = rows
    .filter(({ operation, server }) => operation === 'Authorize' && STORES.includes(server))
    .map(({ server, ratio }) =>
      atMost(`Authorize on ${server} beside the bare server`, [ratio, 1.5, formatRatio]),
    )
  const begun = starts
    .filter(({ installation }) => installation === 'PGlite')
    .map(({ startMs }) => atMost('start from a folder', [startMs * 1e6, 1.5e9, formatNs]))
  const large = rows
    .filter(({ server }) => server === LARGE_NAME)
    .map(({ operation, p99Ratio = Number.NaN }) =>
      atMost(`p99 of ${operation}, large beside small`, [p99Ratio, 2, formatRatio]),
    )
  return [...authorize, ...begun, ...large]
}

function atMost(
  name: string,
  [actual, bound, format]: readonly [number, number, Goal['format']],
): Goal {
  return { part: PART, name, actual, bound, kind: 'at most', format }
}
