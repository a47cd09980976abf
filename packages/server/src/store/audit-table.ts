/**
 * The audit trail in its table: the newest first, page by page.
 *
 * Shape   the order is that of time, and of ids within a millisecond.
 * Errors  the driver's own.
 *
 * @module
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AuditEvent, AuditQuery } from '../audit/audit-event.js'
import type { Schema } from './schema.js'

const PAGE = 50
/** Between the values of a column: in JSON there is none, and elsewhere it is left out. */
const SEPARATOR = '\x1e'
/** How many are deleted at a time, so that nobody waits long. */
const PRUNED_AT_ONCE = 10_000

export async function appendAudit(
  db: Kysely<Schema>,
  events: readonly AuditEvent[],
): Promise<void> {
  if (events.length === 0) return
  const columns = [
    column(events.map(({ account }) => plain(account))),
    sql`${column(events.map(({ eventTime }) => plain(eventTime)))}::timestamptz[]`,
    column(events.map(({ eventId }) => plain(eventId))),
    column(events.map(({ eventName }) => plain(eventName))),
    column(events.map(principalOf)),
    column(events.map((event) => JSON.stringify(event))),
  ]
  const rows = sql`unnest(${sql.join(columns)}) as event (account, at, event_id, name, principal, body)`
  const values = sql`coalesce(account, ''), at, event_id, coalesce(name, ''), coalesce(principal, ''), body`
  await db
    .insertInto('audit')
    .columns(['account', 'at', 'event_id', 'name', 'principal', 'body'])
    .expression(sql`select ${values} from ${rows}`)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** One text, which the database parts faster than the driver can write an array. Of one empty value it makes none. */
function column(values: readonly string[]): RawBuilder<unknown> {
  return sql`string_to_array(${values.join(SEPARATOR)}, ${SEPARATOR})`
}

export async function findAudit(
  db: Kysely<Schema>,
  query: AuditQuery,
): Promise<readonly AuditEvent[]> {
  const { account, from, to, eventName, principalArn, limit = PAGE, after } = query
  let found = db.selectFrom('audit').select('body').where('account', '=', account)
  if (from) found = found.where('at', '>=', from)
  if (to) found = found.where('at', '<', to)
  if (eventName !== undefined) found = found.where('name', '=', eventName)
  if (principalArn !== undefined) found = found.where('principal', '=', principalArn)
  if (after) {
    found = found.where(
      sql<boolean>`(at, event_id) < (${after.eventTime}::timestamptz, ${after.eventId})`,
    )
  }
  const rows = await found.orderBy('at', 'desc').orderBy('event_id', 'desc').limit(limit).execute()
  return rows.map(({ body }) => JSON.parse(body) as AuditEvent)
}

/** Resolves to how many are gone. */
export async function pruneAudit(db: Kysely<Schema>, before: Date): Promise<number> {
  let pruned = 0
  for (;;) {
    const some = db
      .selectFrom('audit')
      .select(['account', 'at', 'event_id'])
      .where('at', '<', before)
      .limit(PRUNED_AT_ONCE)
    const { numDeletedRows } = await db
      .deleteFrom('audit')
      .where((eb) =>
        eb(
          eb.refTuple('account', 'at', 'event_id'),
          'in',
          some.$asTuple('account', 'at', 'event_id'),
        ),
      )
      .executeTakeFirstOrThrow()
    pruned += Number(numDeletedRows)
    if (numDeletedRows < PRUNED_AT_ONCE) return pruned
  }
}

function principalOf({ userIdentity }: AuditEvent): string {
  const { arn } = userIdentity
  return typeof arn === 'string' ? plain(arn) : ''
}

/** Without U+0000, which no text of PostgreSQL holds: one event must not keep all others out. */
function plain(text: string): string {
  return text.replaceAll('\0', '').replaceAll(SEPARATOR, '')
}
