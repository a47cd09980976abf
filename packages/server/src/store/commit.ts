/**
 * The one transaction that writes state, in three round trips: lock and read, write, commit.
 *
 * Shape   the lock is PostgreSQL's, named by the oid of the table `changes`: one for each installation. Under it `seq`
 *         is counted on, so no change becomes visible before an earlier one.
 * Units   milliseconds.
 * Errors  what the driver throws; `StoreError` `behind`.
 *
 * @module
 */
import type { Change } from '../state/change.js'
import { type Connection, queryAll } from './connection.js'
import { missedSince, readChanges } from './read-changes.js'
import type { StoredChange } from './store.js'

/** `iamk` in ASCII, so that our locks are not another application's. */
const LOCK_SPACE = 0x69616d6b

/** How long to wait for the lock; how long one who has it may be silent before the database takes it back. */
const LOCK = 5_000
const SILENCE = 10_000

export interface CommitOptions {
  readonly schema: string
  readonly since: number
  /** Who tells of it: a listener need not hear of its own. */
  readonly sender: string
  readonly work: (missed: readonly StoredChange[]) => readonly Change[]
}

/** Resolves to the last `seq` once all is durable. */
export async function commit(connection: Connection, options: CommitOptions): Promise<number> {
  const { schema, since, work } = options
  const lock = `(${LOCK_SPACE}::bigint << 32) + '${schema}.changes'::regclass::oid::bigint`
  const results = await queryAll(
    connection,
    `begin isolation level read committed;
     set local lock_timeout = ${LOCK}; set local idle_in_transaction_session_timeout = ${SILENCE};
     select pg_advisory_xact_lock(${lock});
     ${readChanges(schema, since)}`,
  )
  const missed = missedSince(since, results.at(-1)?.rows ?? [])
  const last = missed.at(-1)?.seq ?? since
  const changes = work(missed)
  if (changes.length === 0) {
    await connection.query('rollback')
    return last
  }
  await save(connection, { ...options, changes, last })
  await connection.query('commit')
  return last + changes.length
}

interface Saving extends CommitOptions {
  readonly changes: readonly Change[]
  readonly last: number
}

async function save(
  connection: Connection,
  { schema, sender, changes, last }: Saving,
): Promise<void> {
  const columns = [
    changes.map((_, i) => last + 1 + i),
    changes.map(({ account }) => account),
    changes.map(({ kind }) => kind),
    changes.map(({ id }) => id),
    changes.map(({ after }) => (after === undefined ? null : JSON.stringify(after))),
  ]
  await connection.query(
    `with change as (
       select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])
         as change (seq, account, kind, id, body)
     ), logged as (
       insert into ${schema}.changes (seq, account, kind, id, body)
       select seq, account, kind, id, body from change
     ), removed as (
       delete from ${schema}.records as record using change
       where change.body is null and record.account = change.account
         and record.kind = change.kind and record.id = change.id
     ), saved as (
       insert into ${schema}.records (account, kind, id, body)
       select account, kind, id, body from change where body is not null
       on conflict (account, kind, id) do update set body = excluded.body
     )
     select pg_notify('${CHANNEL}', $6)`,
    [...columns, sender],
  )
}

/** Where commits are told of. */
export const CHANNEL = 'iamkit'
