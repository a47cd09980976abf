/**
 * The decisions of a run as a chart: a panel for each scenario, a bar for each engine, times on a scale of
 * powers of ten.
 *
 * Shape   SVG 1.1 without scripts, styles of its own, readable on white and on dark pages.
 * Errors  None.
 *
 * @module
 */
import type { DecisionRow, Decisions } from '../parts/decisions.js'
import type { Machine } from './machine.js'
import { formatNs } from './quantity.js'

const WIDTH = 860
const LABELS = 170
const BARS = 560
const ROW = 19
const PANEL_HEAD = 34
const TOP = 76
/** The scale begins at 5 ns, so that the fastest bar can be seen. */
const FIRST = 5
const COLORS = { iamkit: '#0b6e4f', floor: '#9aa5b1', peer: '#4c6a92' } as const

export function renderChart({ scenarios, rows }: Decisions, machine: Machine): string {
  const last = 10 ** Math.ceil(Math.log10(Math.max(...rows.map(({ quietNs }) => quietNs))))
  const panels: string[] = []
  let y = TOP
  for (const { id, title } of scenarios) {
    const own = rows.filter(({ scenario }) => scenario === id)
    if (own.length === 0) continue
    panels.push(text({ x: 16, y: y + 14, size: 13, weight: 600 }, `${id}  ${title}`))
    y += PANEL_HEAD - 12
    for (const row of [...own].sort((a, b) => a.quietNs - b.quietNs)) {
      panels.push(bar(row, { y, last }))
      y += ROW
    }
    y += 20
  }
  const head = [
    text({ x: 16, y: 28, size: 17, weight: 700 }, 'Time of one decision'),
    text(
      { x: 16, y: 48, size: 12, fill: '#52606d' },
      `quiet time (10th percentile of slices), scale of powers of ten; ${machine.cpu}, Node ${machine.node}`,
    ),
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 10}" width="${WIDTH}" role="img" aria-label="Time of one decision, by engine and workload" font-family="system-ui, sans-serif">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...gridLines(last, y),
    ...head,
    ...panels,
    '</svg>',
    '',
  ].join('\n')
}

function place(ns: number, last: number): number {
  const share = Math.log(Math.max(ns, FIRST) / FIRST) / Math.log(last / FIRST)
  return Math.round(share * BARS)
}

function gridLines(last: number, bottom: number): readonly string[] {
  const lines: string[] = []
  for (let ns = 10; ns <= last; ns *= 10) {
    const x = LABELS + place(ns, last)
    lines.push(
      `<line x1="${x}" y1="${TOP - 6}" x2="${x}" y2="${bottom}" stroke="#e4e7eb"/>`,
      text({ x, y: TOP - 10, size: 10, fill: '#7b8794', anchor: 'middle' }, formatNs(ns)),
    )
  }
  return lines
}

function bar(row: DecisionRow, { y, last }: { readonly y: number; readonly last: number }): string {
  const { engine, kind, quietNs } = row
  const width = Math.max(3, place(quietNs, last))
  const weight = kind === 'iamkit' ? 600 : 400
  return [
    text({ x: LABELS - 8, y: y + 13, size: 12, weight, anchor: 'end' }, engine),
    `<rect x="${LABELS}" y="${y + 2}" width="${width}" height="${ROW - 5}" rx="2" fill="${COLORS[kind]}"/>`,
    text({ x: LABELS + width + 6, y: y + 13, size: 12, weight }, formatNs(quietNs)),
  ].join('\n')
}

interface TextStyle {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly weight?: number
  readonly fill?: string
  readonly anchor?: 'start' | 'middle' | 'end'
}

function text(style: TextStyle, content: string): string {
  const { x, y, size, weight = 400, fill = '#1f2933', anchor = 'start' } = style
  const escaped = content.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escaped}</text>`
}
