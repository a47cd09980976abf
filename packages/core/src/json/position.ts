/**
 * Lines and columns of a text, found from offsets.
 *
 * Shape   `\n`, `\r\n` and `\r` each end a line.
 * Units   offsets count UTF-16 code units from 0; lines and columns count from 1.
 * Errors  None.
 * Source  Ours: the way editors count.
 *
 * @module
 */
import type { Position } from './node.js'

/** Makes a finder of positions; the first call walks the text, every further one searches in halves. */
export function createPositions(text: string): (offset: number) => Position {
  let starts: readonly number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    const line = lineAt(starts, offset)
    return { line, column: offset - (starts[line - 1] ?? 0) + 1, offset }
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  const lineEnd = /\r\n?|\n/g
  while (lineEnd.test(text)) starts.push(lineEnd.lastIndex)
  return starts
}

/** The number of lines that begin at the offset or before it. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 1
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
