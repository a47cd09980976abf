/**
 * Wildcards: `*` stands for any run of characters, `?` for exactly one. The only matcher there is.
 *
 * Shape   a pattern is a list of tokens; text that came from a request is always a literal token.
 * Units   `?` counts UTF-16 code units. Time is at most pattern × text; there is no backtracking.
 * Errors  None.
 * Source  Specification 1.5, 1.6 and 2.2.
 *
 * @module
 */

/** Any run of characters, the empty one included. */
export const ANY = 1
/** Exactly one character. */
export const ONE = 2

/** Literal text, or one of the two wildcards. */
export type GlobToken = string | typeof ANY | typeof ONE

/** Takes a pattern's text apart, where every `*` and `?` is a wildcard. */
export function parseGlob(text: string): readonly GlobToken[] {
  const tokens: GlobToken[] = []
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    const char = text[i]
    if (char !== '*' && char !== '?' && char !== undefined) continue
    if (i > start) tokens.push(text.slice(start, i))
    if (char === '*' && tokens[tokens.length - 1] !== ANY) tokens.push(ANY)
    if (char === '?') tokens.push(ONE)
    start = i + 1
  }
  return tokens
}

/** Makes a test for whole texts; the common shapes cost one comparison. */
export function compileGlob(tokens: readonly GlobToken[]): (text: string) => boolean {
  if (tokens.length === 0) return (text) => text === ''
  const [first, second] = tokens
  if (tokens.length === 1 && first === ANY) return () => true
  if (tokens.length === 1 && typeof first === 'string') return (text) => text === first
  if (tokens.length === 2 && typeof first === 'string' && second === ANY) {
    return (text) => text.startsWith(first)
  }
  const runs = splitRuns(tokens)
  return (text) => matchRuns(runs, text)
}

/** Whether the tokens cover the whole text. */
export function matchGlob(tokens: readonly GlobToken[], text: string): boolean {
  return matchRuns(splitRuns(tokens), text)
}

function matchRuns(runs: readonly Run[], text: string): boolean {
  const first = runs[0] as Run
  let at = standsAt(first, text, 0)
  if (at < 0) return false
  if (runs.length === 1) return at === text.length

  for (let i = 1; i < runs.length - 1; i++) {
    at = find(runs[i] as Run, text, at)
    if (at < 0) return false
  }
  const last = runs[runs.length - 1] as Run
  const tail = text.length - last.length
  return tail >= at && standsAt(last, text, tail) >= 0
}

/** What stands between two stars: literals and single characters, of one known length. */
interface Run {
  readonly tokens: readonly (string | typeof ONE)[]
  readonly length: number
}

function splitRuns(tokens: readonly GlobToken[]): readonly Run[] {
  const runs: Run[] = []
  let run: (string | typeof ONE)[] = []
  let length = 0
  for (const token of tokens) {
    if (token === ANY) {
      runs.push({ tokens: run, length })
      run = []
      length = 0
    } else if (token !== '') {
      run.push(token) // an empty text stands everywhere, and a search for it would never end
      length += token === ONE ? 1 : token.length
    }
  }
  runs.push({ tokens: run, length })
  return runs
}

/** The offset behind the run when it stands at `at`, or -1. */
function standsAt(run: Run, text: string, at: number): number {
  if (at + run.length > text.length) return -1
  let offset = at
  for (const token of run.tokens) {
    if (token !== ONE && !text.startsWith(token, offset)) return -1
    offset += token === ONE ? 1 : token.length
  }
  return offset
}

/** The offset behind the first place at or after `at` where the run stands, or -1. */
function find(run: Run, text: string, at: number): number {
  const lead = run.tokens.findIndex((token) => token !== ONE)
  if (lead < 0) return standsAt(run, text, at)
  const literal = run.tokens[lead] as string
  for (
    let found = text.indexOf(literal, at + lead);
    found >= 0;
    found = text.indexOf(literal, found + 1)
  ) {
    const end = standsAt(run, text, found - lead)
    if (end >= 0) return end
  }
  return -1
}
