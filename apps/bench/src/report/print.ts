/**
 * A run as tables.
 *
 * Errors  None.
 *
 * @module
 */
import type { DecisionRow, Decisions } from '../parts/decisions.js'
import type { PrincipalsRow } from '../parts/principals-child.js'
import type { Web } from '../parts/web.js'
import { formatBytes, formatNs, formatRatio } from './quantity.js'
import type { Result } from './result.js'
import { serverTables } from './server-table.js'
import { renderTable } from './table.js'

export function renderResult(result: Result): string {
  const { machine, decisions, principals, web, firstDecision, corpus, garbage, hostile } = result
  const load = machine.load > machine.cores ? ` (busy: load ${machine.load})` : ''
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}${load}`,
    ...(decisions ? decisionTables(decisions) : []),
    ...(firstDecision
      ? [
          `W5: first decision of a set of ${firstDecision.statements.toLocaleString('en')} statements: ` +
            `${formatNs(firstDecision.firstMs * 1e6)}, slowest action ${formatNs(firstDecision.slowestMs * 1e6)}`,
        ]
      : []),
    ...(principals ? [principalsTable(principals)] : []),
    ...(corpus
      ? [
          `W7: all ${corpus.policies} managed policies: parsed in ${formatNs(corpus.parseMs * 1e6)} ` +
            `(${formatBytes(corpus.parsedBytes)}), compiled in ${formatNs(corpus.compileMs * 1e6)} ` +
            `(${formatBytes(corpus.compiledBytes)})`,
        ]
      : []),
    ...(web ? [webTable(web)] : []),
    ...(garbage
      ? [
          renderTable(
            ['garbage', 'calls', 'heap'],
            garbage.map(({ scenario, calls, bytes }) => [
              scenario,
              calls.toLocaleString('en'),
              formatBytes(bytes),
            ]),
          ),
        ]
      : []),
    ...(hostile
      ? [
          renderTable(
            ['hostile', 'isAllowed', 'evaluate'],
            hostile.map(({ name, isAllowedUs, evaluateUs }) => [
              name,
              formatNs(isAllowedUs * 1e3),
              formatNs(evaluateUs * 1e3),
            ]),
          ),
        ]
      : []),
    ...(result.server ? serverTables(result.server) : []),
  ].join('\n\n')
}

const HEAD = ['', 'quiet', 'median', 'p50', 'p99', '× iamkit', 'build', 'heap']

function decisionTables({ scenarios, rows, omitted }: Decisions): readonly string[] {
  return scenarios.map(({ id, title }) => {
    const own = rows.filter(({ scenario }) => scenario === id)
    const out = omitted.filter(({ scenario }) => scenario === id)
    const sorted = [...own].sort((a, b) => a.quietNs - b.quietNs)
    const table = renderTable(HEAD, sorted.map(decisionCells))
    return [
      `${id}  ${title}`,
      table,
      ...out.map(({ engine, reason }) => `  ${engine}: ${reason}`),
    ].join('\n')
  })
}

function decisionCells(row: DecisionRow): readonly string[] {
  const { engine, quietNs, medianNs, p50, p99, ratio, buildMs, heapBytes } = row
  return [
    `  ${engine}`,
    ...[quietNs, medianNs, p50, p99].map(formatNs),
    formatRatio(ratio),
    formatNs(buildMs * 1e6),
    formatBytes(heapBytes),
  ]
}

function principalsTable(rows: readonly PrincipalsRow[]): string {
  return renderTable(
    ['W6  principals', 'count', 'idle', 'asked', 'bounded', 'first p50', 'first p99'],
    rows.map(({ engine, count, idleBytes, askedBytes, boundedBytes, firstP50, firstP99 }) => [
      `  ${engine}`,
      count.toLocaleString('en'),
      formatBytes(idleBytes),
      formatBytes(askedBytes),
      formatBytes(boundedBytes),
      formatNs(firstP50),
      formatNs(firstP99),
    ]),
  )
}

function webTable({ rows, omitted }: Web): string {
  const table = renderTable(
    ['W8  server CPU a request', 'quiet', 'median', 'extra'],
    rows.map(({ app, quietUs, medianUs, extraUs }) => [
      `  ${app}`,
      formatNs(quietUs * 1e3),
      formatNs(medianUs * 1e3),
      formatNs(extraUs * 1e3),
    ]),
  )
  return [table, ...omitted.map(({ app, reason }) => `  ${app}: ${reason}`)].join('\n')
}
