/**
 * A pattern of a route → paths that it matches.
 *
 * Shape   `:name`, `*name`, `{optional}` and `\` as path-to-regexp 8 has them.
 * Errors  None: undefined for what cannot be filled, such as a regular expression.
 * Source  `path-to-regexp` 8, "Usage".
 *
 * @module
 */

/** Values for parameters by their names. */
export type PathParams = Readonly<Record<string, string>>

const PART =
  /\\(.)|([:*])(?:"((?:\\.|[^"\\])+)"|([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*))|[{}]/gsu

/** With its optional groups and without them. A parameter that has no value is `1`. */
export function samplePaths(pattern: unknown, params: PathParams): readonly string[] | undefined {
  if (Array.isArray(pattern)) {
    const each = pattern.map((one) => samplePaths(one, params))
    return each.some((paths) => paths === undefined)
      ? undefined
      : each.flatMap((paths) => paths ?? [])
  }
  if (typeof pattern !== 'string') return undefined
  const whole = fill(pattern, params)
  const short = fill(withoutOptional(pattern), params)
  return [...new Set([whole, short === '' ? '/' : short])]
}

function fill(pattern: string, params: PathParams): string {
  return pattern.replace(PART, (part, ...groups: readonly (string | undefined)[]) => {
    const [escaped, sign, quoted, plain] = groups
    if (escaped !== undefined) return escaped
    if (sign === undefined) return ''
    const name = quoted ?? plain ?? part
    return Object.hasOwn(params, name) ? (params[name] ?? '') : '1'
  })
}

/** From the inside to the outside; an escaped brace is a plain character. */
function withoutOptional(pattern: string): string {
  const shorter = pattern.replace(/(?<!\\)\{(?:\\.|[^{}\\])*\}/g, '')
  return shorter === pattern ? pattern : withoutOptional(shorter)
}
