/**
 * Patterns: `*` is any run of characters, `?` exactly one. A pattern matches the whole text or not
 * at all.
 *
 * Units   a character is a UTF-16 code unit.
 * Errors  None.
 * Source  Specification 1.5, 1.6, 2.2 and 3.4.
 *
 * @module
 */

export type Token =
  | { readonly kind: 'literal'; readonly unit: string }
  | { readonly kind: 'one' | 'run'; readonly mayBeColon: boolean }

/** Tokens of text whose `*` and `?` are wildcards. */
export function patternTokens(text: string, mayBeColon = true): readonly Token[] {
  return text.split('').map((unit): Token => {
    if (unit === '*') return { kind: 'run', mayBeColon }
    if (unit === '?') return { kind: 'one', mayBeColon }
    return { kind: 'literal', unit }
  })
}

/** Tokens of text that stands for itself. */
export function literalTokens(text: string): readonly Token[] {
  return text.split('').map((unit) => ({ kind: 'literal', unit }))
}

/**
 * Reads the text once and keeps, for every number of tokens, whether that many of them can stand
 * for what has been read so far.
 */
export function tokensMatch(tokens: readonly Token[], text: string): boolean {
  let reached = skipEmptyRuns(tokens, [true])
  for (const unit of text.split('')) {
    const next: boolean[] = []
    tokens.forEach((token, count) => {
      if (!reached[count] || !accepts(token, unit)) return
      next[token.kind === 'run' ? count : count + 1] = true
    })
    reached = skipEmptyRuns(tokens, next)
  }
  return reached[tokens.length] === true
}

export function patternMatches(pattern: string, text: string): boolean {
  return tokensMatch(patternTokens(pattern), text)
}

function accepts(token: Token, unit: string): boolean {
  if (token.kind === 'literal') return token.unit === unit
  return token.mayBeColon || unit !== ':'
}

/** A run may be empty: whoever stands before it also stands behind it. */
function skipEmptyRuns(tokens: readonly Token[], reached: boolean[]): boolean[] {
  tokens.forEach((token, count) => {
    if (reached[count] && token.kind === 'run') reached[count + 1] = true
  })
  return reached
}
