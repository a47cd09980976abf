/**
 * The cases that an engine is known to answer differently, and why.
 *
 * Shape   a Markdown page with the heading `## Conformance cases that differ`, and under it a table
 *         whose first column is an id in backticks and whose second is the reason.
 * Errors  None: a page without that heading lists nothing.
 *
 * @module
 */

const HEADING = '## Conformance cases that differ'
const ROW = /^\|\s*`([^`]+)`\s*\|\s*(.*?)\s*\|\s*$/

/** Id → reason. */
export function findKnownDifferences(markdown: string): ReadonlyMap<string, string> {
  const lines = markdown.split('\n')
  const start = lines.indexOf(HEADING)
  if (start < 0) return new Map()
  const section = lines.slice(start + 1)
  const end = section.findIndex((line) => line.startsWith('## '))
  const rows = (end < 0 ? section : section.slice(0, end)).flatMap((line) => {
    const [, id, reason] = ROW.exec(line) ?? []
    return id === undefined ? [] : [[id, reason ?? ''] as const]
  })
  return new Map(rows)
}
