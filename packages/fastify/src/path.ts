/**
 * What a path of Fastify's router binds, read from its pattern.
 *
 * Shape   `/:name`, `/:name(^\\d+$)`, `/:a-:b.:c`; `/:name?` may bind nothing and does not count, nor does
 *         `*`; `::` is a colon.
 * Errors  None.
 * Source  `find-my-way`, "Supported path formats".
 *
 * @module
 */
import type { BoundNames } from '@iamkit/http'

const NAME = /:([^:/.()-]+)/g

/** Reads the pattern, not a URL. Fastify's patterns are text: nothing in them is hidden. */
export function boundNames(path: string): BoundNames {
  const names = [...plain(path).matchAll(NAME)].map(([, name = '']) => name)
  return { names: names.filter((name) => !name.endsWith('?')), isWhole: true }
}

/** Whether two paths match the same, whatever they call their parameters. */
export function samePath(a: string, b: string): boolean {
  return withoutNames(a) === withoutNames(b)
}

function withoutNames(path: string): string {
  return path.replaceAll('::', '\0').replace(NAME, (name) => (name.endsWith('?') ? ':?' : ':'))
}

/** Without colons that are none, and without expressions, from the inside to the outside. */
function plain(path: string): string {
  const shorter = path
    .replaceAll('::', '')
    .replace(/\\./g, '')
    .replace(/\([^()]*\)/g, '')
  return shorter === path ? path : plain(shorter)
}
