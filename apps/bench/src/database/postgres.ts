/**
 * A PostgreSQL to measure on: that of `DATABASE_URL`, or one that `scripts/pg.sh` brings up.
 *
 * Errors  {@link NoDatabaseError} where there is none and none can be had; those of PostgreSQL.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'

const SCRIPT = fileURLToPath(new URL('../../../../scripts/pg.sh', import.meta.url))

export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError'
  readonly code = 'ERR_NO_DATABASE'

  constructor() {
    super('no PostgreSQL: DATABASE_URL is not set, and `scripts/pg.sh` finds none')
  }
}

/** A schema that nobody else uses. */
export interface Schema {
  readonly url: string
  readonly schema: string
  readonly remove: () => Promise<void>
}

export function createSchema(purpose: string): Schema {
  const { url, stop } = findServer()
  const schema = `${purpose}_${randomUUID().replaceAll('-', '')}`
  const remove = async () => {
    const client = new Client(url)
    await client.connect()
    await client.query(`drop schema if exists ${schema} cascade`)
    await client.end()
    stop()
  }
  return { url, schema, remove }
}

function findServer(): { readonly url: string; readonly stop: () => void } {
  const said = execFileSync('bash', [SCRIPT], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = /DATABASE_URL='([^']+)'/.exec(said)?.[1]
  if (url === undefined) throw new NoDatabaseError()
  const isOwn = said.includes('IAMKIT_PG_STARTED')
  return { url, stop: () => void (isOwn && execFileSync('bash', [SCRIPT, 'stop'])) }
}
