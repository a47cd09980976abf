/**
 * The useful wildcards of an action: `Get*`, `GetDocument*` and `*Version` for `GetDocumentVersion`.
 *
 * Shape   words begin at a capital that follows no other capital; each leading and each trailing
 *         run of words makes one wildcard. The type and the function give the same.
 * Errors  None.
 * Source  Specification 1.5.
 *
 * @module
 */

/** The wildcards of each name in a union. One pass over the letters: it stays linear. */
export type ActionWildcard<Name extends string> = Name extends unknown ? Wildcards<Name> : never

/** {@link ActionWildcard} at run time, in the order of the words. */
export function actionWildcards(name: string): readonly string[] {
  const words = name.replace(/([^A-Z])(?=[A-Z])/g, '$1 ').split(' ')
  return words.flatMap((_, i) => [
    `${words.slice(0, i + 1).join('')}*`,
    ...(i === 0 ? [] : [`*${words.slice(i).join('')}`]),
  ])
}

type Wildcards<
  Rest extends string,
  Read extends string = '',
  AfterCapital extends boolean = true,
  Found extends string = never,
> = Rest extends `${infer C}${infer R}`
  ? C extends Capital
    ? AfterCapital extends true
      ? Wildcards<R, `${Read}${C}`, true, Found>
      : Wildcards<R, `${Read}${C}`, true, Found | `${Read}*` | `*${Rest}`>
    : Wildcards<R, `${Read}${C}`, false, Found>
  : Found | `${Read}*`

// biome-ignore format: one alphabet, one line
type Capital = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M' | 'N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U' | 'V' | 'W' | 'X' | 'Y' | 'Z'
