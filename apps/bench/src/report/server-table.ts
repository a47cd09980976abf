/**
 * The control plane's figures as tables.
 *
 * Errors  None.
 *
 * @module
 */
import type { ServerFigures } from '../parts/server.js'
import { formatBytes, formatNs, formatRatio } from './quantity.js'
import { renderTable } from './table.js'

const HEAD = ['', 'a second', 'p50', 'p99', 'CPU', '× bare', 'CPU × bare', 'p99 × small']

export function serverTables({ rows, starts, omitted }: ServerFigures): readonly string[] {
  const operations = [...new Set(rows.map(({ operation }) => operation))]
  const tables = operations.map((name) => {
    const own = rows.filter(({ operation }) => operation === name)
    const cells = own.map((row) => [
      `  ${row.server}`,
      Math.round(row.perSecond).toLocaleString('en'),
      formatNs(row.p50 * 1e6),
      formatNs(row.p99 * 1e6),
      formatNs(row.cpuUs * 1e3),
      formatRatio(row.ratio),
      formatRatio(row.cpuRatio),
      row.p99Ratio === undefined ? '' : formatRatio(row.p99Ratio),
    ])
    return [`server  ${name}`, renderTable(HEAD, cells)].join('\n')
  })
  const begun = renderTable(
    ['server  installations', 'users and roles', 'start', 'resident', 'in use'],
    starts.map(({ installation, records, startMs, residentBytes, inUseBytes }) => [
      `  ${installation}`,
      records.toLocaleString('en'),
      formatNs(startMs * 1e6),
      formatBytes(residentBytes),
      formatBytes(inUseBytes),
    ]),
  )
  return [...tables, begun, ...omitted.map(({ server, reason }) => `  ${server}: ${reason}`)]
}
