/**
 * The statements that a decision rests on, while they are found. Most decisions rest on one, and no list is made for it.
 *
 * Errors  None.
 *
 * @module
 */
import { compareRows, type Row, refOf } from '../compile/row.js'
import type { StatementRef } from '../policy/statement-ref.js'

const NONE: readonly StatementRef[] = Object.freeze([])

/** Rows are pushed index by index. */
export class Found {
  #first: Row | undefined
  /** All of them, where there are several. */
  #rows: Row[] | undefined
  /** How many of them stand in order. */
  #ordered = 0

  push(row: Row): void {
    if (this.#rows) this.#rows.push(row)
    else if (this.#first) this.#rows = [this.#first, row]
    else this.#first = row
  }

  /** Puts what one index has found in the order of its policies. */
  order(): void {
    const rows = this.#rows
    if (!rows) {
      this.#ordered = this.#first ? 1 : 0
      return
    }
    rows.push(...rows.splice(this.#ordered).sort(compareRows))
    this.#ordered = rows.length
  }

  /** A statement may have been met by several of its patterns, and is named once. */
  refs(): readonly StatementRef[] {
    if (this.#rows) return [...new Set(this.#rows.map(refOf))]
    return this.#first ? refsOfOne(this.#first) : NONE
  }
}

/** The list is kept: a decision that rests on one statement makes nothing new. */
export function refsOfOne(row: Row): readonly StatementRef[] {
  row.refs ??= Object.freeze([refOf(row)])
  return row.refs
}
