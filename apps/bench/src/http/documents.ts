/**
 * W8: what every app serves. A caller may read the documents of its own team; nothing else is checked.
 *
 * Errors  None.
 *
 * @module
 */

export interface Document {
  readonly id: string
  readonly team: string
}

export interface User {
  readonly name: string
  readonly team: string
}

const TEAMS = ['red', 'green', 'blue', 'gold'] as const
const teamOf = (i: number) => TEAMS[i % TEAMS.length] as string

export const DOCUMENTS: ReadonlyMap<string, Document> = new Map(
  Array.from({ length: 64 }, (_, i) => [`d${i}`, { id: `d${i}`, team: teamOf(i) }]),
)

/** Who calls is said by a header here, so that the guard is measured and not the reading of tokens. */
export const USER_HEADER = 'x-user'
export const USERS: ReadonlyMap<string, User> = new Map(
  Array.from({ length: 16 }, (_, i) => [`u${i}`, { name: `u${i}`, team: teamOf(i) }]),
)

/** The token that every request carries and one app verifies. */
export const TOKEN = {
  secret: new TextEncoder().encode('a secret of the benchmarks, 32 bytes'),
  issuer: 'bench-login',
  audience: 'bench',
} as const
