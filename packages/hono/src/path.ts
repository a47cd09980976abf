/**
 * What a path of Hono's router binds, read from its pattern.
 *
 * Shape   `/:name`, `/:name{[0-9]+}`; `/:name?` may bind nothing and does not count, nor does `*`.
 * Errors  None.
 *
 * @module
 */
import type { BoundNames } from '@iamkit/http'

const EXPRESSION = /\{[^}]+\}/g

/** Reads the pattern, not a URL. Hono's patterns are text: nothing in them is hidden. */
export function boundNames(path: string): BoundNames {
  const labels = path.replace(EXPRESSION, '').split('/')
  const names = labels.filter((label) => /^:.*[^?]$/.test(label)).map((label) => label.slice(1))
  return { names, isWhole: true }
}

/** Whether two paths match the same, whatever they call their parameters. */
export function samePath(a: string, b: string): boolean {
  return withoutNames(a) === withoutNames(b)
}

function withoutNames(path: string): string {
  return path.replace(/\/:[^/{?]+/g, '/:')
}
