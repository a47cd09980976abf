/**
 * Patterns of other routers → the same in the words of `path-to-regexp`, for paths to be made of.
 *
 * Shape   what a parameter must look like is left out: a value that fits comes with `params`.
 * Errors  None.
 * Source  `find-my-way`, "Supported path formats"; Hono, "Routing".
 *
 * @module
 */

/** Hono's: `/:name`, `/:name{[0-9]+}`, `/:name?`, `*`. */
export function fromHono(pattern: string): string {
  return pattern
    .replace(/\/:([^/{?]+)(?:\{(?:[^/{}]|\{[^}]*\})*\})?(\?)?(?=\/|$)/g, part)
    .replace(/\*(?=\/|$)/g, '*rest')
}

/** That of `find-my-way`, which is Fastify's: `/:name`, `/:a-:b`, `/:name(^\\d+$)`, `/:name?`, `*`; `::` is a colon. */
export function fromFindMyWay(pattern: string): string {
  return withoutExpressions(pattern)
    .replace(/::|\/?:([^:/.()?-]+)(\?)?/g, (text, name?: string, end?: string) => {
      if (name === undefined) return '\\:'
      return text.startsWith('/') ? part(text, name, end) : `:"${name}"`
    })
    .replace(/\*$/, '*rest')
}

function part(_text: string, name: string, end?: string): string {
  return end === undefined ? `/:"${name}"` : `{/:"${name}"}`
}

/** From the inside to the outside. */
function withoutExpressions(pattern: string): string {
  const shorter = pattern.replace(/\((?:\\.|[^()\\])*\)/g, '')
  return shorter === pattern ? pattern : withoutExpressions(shorter)
}
