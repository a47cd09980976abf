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

/** Whether a text, from an offset on, is covered. */
export type GlobTest = (text: string, from?: number) => boolean

/** Makes a test for texts, whole or from an offset on; the common shapes cost one comparison. */
export function compileGlob(tokens: readonly GlobToken[]): GlobTest {
  const [first = '', second] = tokens
  if (tokens.length === 1 && first === ANY) return () => true
  if (tokens.length <= 1 && typeof first === 'string') {
    const { length } = first
    return (text, from = 0) => text.length === from + length && text.endsWith(first)
  }
  if (tokens.length === 2 && typeof first === 'string' && second === ANY) {
    return (text, from = 0) => text.startsWith(first, from)
  }
  const runs = splitRuns(tokens)
  return (text, from = 0) => matchRuns(runs, text, from)
}

/** Whether the tokens cover the whole text. */
export function matchGlob(tokens: readonly GlobToken[], text: string, from = 0): boolean {
  return matchRuns(splitRuns(tokens), text, from)
}

function matchRuns(runs: readonly Run[], text: string, from: number): boolean {
  const first = runs[0] as Run
  let at = standsAt(first, text, from)
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
  const { tokens, length } = run
  const [first] = tokens
  if (tokens.length === 1 && typeof first === 'string') {
    const found = text.indexOf(first, at)
    return found < 0 ? -1 : found + length
  }
  if (length * (text.length - at) > MANY_COMPARISONS) return findInParallel(run, text, at)
  for (let start = at; start + length <= text.length; start++) {
    const end = standsAt(run, text, start)
    if (end >= 0) return end
  }
  return -1
}

/** Above this many comparisons of characters a search for a run with gaps works on bits. */
const MANY_COMPARISONS = 4096

/**
 * The shift-and search: one bit says whether the run's beginning up to there stands here, and 32 bits
 * move on in one step, so that a hostile run of `?a?a?a…` costs no more than a friendly one.
 */
function findInParallel({ tokens, length }: Run, text: string, at: number): number {
  const words = (length + 31) >> 5
  const gaps = new Int32Array(words)
  const bits = new Map<number, Int32Array>()
  let place = 0
  for (const token of tokens) {
    if (token === ONE) setBit(gaps, place++)
    else
      for (let i = 0; i < token.length; i++)
        setBit(bitsOf(bits, token.charCodeAt(i), words), place++)
  }
  const state = new Int32Array(words)
  const none = new Int32Array(words)
  for (let i = at; i < text.length; i++) {
    const here = bits.get(text.charCodeAt(i)) ?? none
    let carry = 1
    for (let word = 0; word < words; word++) {
      const before = state[word] as number
      state[word] = ((before << 1) | carry) & ((here[word] as number) | (gaps[word] as number))
      carry = before >>> 31
    }
    if (hasBit(state, length - 1)) return i + 1
  }
  return -1
}

function bitsOf(bits: Map<number, Int32Array>, code: number, words: number): Int32Array {
  const known = bits.get(code)
  if (known) return known
  const made = new Int32Array(words)
  bits.set(code, made)
  return made
}

function setBit(words: Int32Array, place: number): void {
  words[place >> 5] = (words[place >> 5] as number) | (1 << (place & 31))
}

function hasBit(words: Int32Array, place: number): boolean {
  return ((words[place >> 5] as number) & (1 << (place & 31))) !== 0
}
