import { ANY, type GlobToken } from '../glob/glob.js'

/** Tokens as an author would write them; for explanations only, since a literal star looks live. */
export function textOfTokens(tokens: readonly GlobToken[]): string {
  return tokens
    .map((token) => (typeof token === 'string' ? token : token === ANY ? '*' : '?'))
    .join('')
}
