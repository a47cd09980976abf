/**
 * PGlite as a pool of one connection, lent to one holder at a time.
 *
 * Errors  PGlite's own.
 *
 * @module
 */
import type { PGliteInterface } from '@electric-sql/pglite'
import type { Connection, Pool, Result } from './connection.js'

/** A PostgreSQL that is a single process makes no checkpoints by itself, and would read long at its next start. */
const UNTIL_CHECKPOINT = 2_000

export function createPglitePool(database: PGliteInterface): Pool {
  let last: Promise<void> = Promise.resolve()
  let lent = 0

  async function query(sql: string, values: unknown[] = []): Promise<Result> {
    if (values.length > 0) return database.query(sql, values)
    const results = await database.exec(sql)
    const [first] = results
    return results.length === 1 && first ? first : (results as unknown as Result) // as `pg` does
  }

  async function tidyUp(broken = false): Promise<void> {
    if (broken) await database.exec('rollback')
    if (++lent % UNTIL_CHECKPOINT === 0) await database.exec('checkpoint')
  }

  return {
    connect: async (): Promise<Connection> => {
      const before = last
      const { promise, resolve } = withResolvers()
      last = promise
      await before
      return { query, release: (broken) => void tidyUp(broken).then(resolve, resolve) }
    },
    end: async () => {
      await last
      await database.close()
    },
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
