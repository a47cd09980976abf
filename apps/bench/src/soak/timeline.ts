/**
 * What may have been in force while a request was on its way.
 *
 * Units   milliseconds of one clock. Between the writing of a policy and the first sight of it in force, it or
 *         the one before may decide.
 * Errors  None.
 *
 * @module
 */

interface Span<Value> {
  readonly value: Value
  readonly from: number
  /** Infinity while nothing newer has been seen in force. */
  until: number
}

/** What no request can still be on its way from. */
const FORGOTTEN_AFTER = 60_000

export class Timeline<Value> {
  #spans: Span<Value>[] = []

  /** From now on the value may be in force. */
  begin(value: Value, now: number): void {
    this.#spans = this.#spans.filter(({ until }) => until > now - FORGOTTEN_AFTER)
    this.#spans.push({ value, from: now, until: Number.POSITIVE_INFINITY })
  }

  /** The newest value has been seen in force: those before it are over. */
  settle(now: number): void {
    for (const span of this.#spans.slice(0, -1)) span.until = Math.min(span.until, now)
  }

  /** Every value that may have decided between two moments. */
  between(start: number, end: number): readonly Value[] {
    return this.#spans
      .filter(({ from, until }) => from <= end && until >= start)
      .map(({ value }) => value)
  }
}
