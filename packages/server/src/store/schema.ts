/**
 * The tables, as queries see them.
 *
 * Shape   `records` holds the state, one row a record; `changes` what happened to it, in order; bodies are JSON as text,
 *         so that they come back letter for letter (`jsonb` loses the order of keys, and refuses U+0000).
 * Errors  None.
 *
 * @module
 */
import type { ColumnType, Generated } from 'kysely'

export interface Schema {
  readonly records: {
    readonly account: string
    readonly kind: string
    readonly id: string
    readonly body: string
  }
  readonly changes: {
    readonly seq: number
    readonly account: string
    readonly kind: string
    readonly id: string
    /** Null: removed. */
    readonly body: string | null
    readonly at: Generated<Date>
  }
  readonly audit: {
    readonly account: string
    readonly at: ColumnType<Date, string, never>
    readonly event_id: string
    readonly name: string
    /** The caller's ARN; empty where there is none. */
    readonly principal: string
    readonly body: string
  }
  readonly settings: {
    readonly name: string
    readonly value: string
  }
}
