/**
 * Bypasses → text: a hole a paragraph, with the plainest request that goes through it.
 *
 * Errors  None.
 *
 * @module
 */
import { type Bypass, PLAIN } from './bypass.js'

const MAX_HOLES = 20

export function renderBypasses(bypasses: readonly Bypass[]): string {
  const holes = [...new Set(bypasses.map(({ what }) => what))].map((what) =>
    bypasses.filter((bypass) => bypass.what === what),
  )
  const shown = holes.slice(0, MAX_HOLES).map(renderHole)
  const more = holes.length - shown.length
  const title = `${bypasses.length} ${bypasses.length === 1 ? 'request' : 'requests'} came past the guard`
  return [title, ...shown, ...(more > 0 ? [`and ${more} more holes`] : [])].join('\n\n')
}

function renderHole(hole: readonly Bypass[]): string {
  const plain = hole.filter(({ title }) => title === PLAIN)
  const [shortest] = (plain.length > 0 ? plain : hole).toSorted(
    (a, b) => a.bytes.length - b.bytes.length,
  )
  if (shortest === undefined) return ''
  const others = hole.length > 1 ? `, and ${hole.length - 1} more like it` : ''
  return [`${shortest.what} (${shortest.title}${others})`, ...lines(shortest.bytes)].join('\n')
}

/** The exact bytes, a line of the request on a line, in the escapes of JavaScript. */
function lines(bytes: string): readonly string[] {
  return bytes.split(/(?<=\n)/).map((line) => `  ${JSON.stringify(line)}`)
}
