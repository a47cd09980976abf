/**
 * A connection to the database, however it is made: one of `pg`'s, or PGlite's only one.
 *
 * Errors  the driver's own.
 *
 * @module
 */
export type Row = Readonly<Record<string, unknown>>

export interface Result {
  readonly rows: Row[]
}

export interface Connection {
  readonly query: (sql: string, values?: unknown[]) => Promise<Result>
  /** @param broken it is not to be used again. */
  readonly release: (broken?: boolean) => void
}

export interface Pool {
  readonly connect: () => Promise<Connection>
  readonly end: () => Promise<void>
}

/** Runs several statements, separated by `;`, in one round trip: the result of each. */
export async function queryAll(connection: Connection, sql: string): Promise<readonly Result[]> {
  const results: unknown = await connection.query(sql) // drivers give a list here, though their types do not say so
  return results as readonly Result[]
}
