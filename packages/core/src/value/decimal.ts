/**
 * Decimal numbers, compared exactly and never as binary floats.
 *
 * Shape   `[+-] digits [. digits] [e [+-] digits]`: no blanks, and a digit on both sides of a point
 *         (`.5` and `5.` are no numbers). Leading zeros are read, `-0` is `0`.
 * Units   at most 64 digits before the exponent, zeros counted, and at most 15 in it. An exponent is never
 *         written out, so that a large one costs nothing.
 * Errors  None; {@link parseDecimal} gives undefined for what is no number.
 * Source  Specification 2.3.
 *
 * @module
 */

const DECIMAL = /^([+-]?)(\d{1,64})(?:\.(\d{1,63}))?(?:[eE]([+-]?\d{1,15}))?$/

/** The number sign × 0.digits × 10^magnitude, in its one form. */
export interface Decimal {
  /** 0 for zero, whatever its spelling. */
  readonly sign: -1 | 0 | 1
  /** The power of ten; 0 for zero. */
  readonly magnitude: number
  /** Neither begins nor ends with `0`; empty for zero. */
  readonly digits: string
}

/**
 * Reads a decimal number.
 *
 * @example
 * ```ts
 * parseDecimal('-12.50') // { sign: -1, magnitude: 2, digits: '125' }
 * ```
 */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole, fraction = '', exponent = 0] = DECIMAL.exec(text) ?? []
  if (whole === undefined || whole.length + fraction.length > 64) return undefined

  const written = (whole + fraction).replace(/0+$/, '')
  const digits = written.replace(/^0+/, '')
  if (digits === '') return { sign: 0, magnitude: 0, digits }
  const zeros = written.length - digits.length
  return {
    sign: sign === '-' ? -1 : 1,
    magnitude: whole.length - zeros + Number(exponent),
    digits,
  }
}

/** Orders two numbers: below 0 where the first is less, 0 where they are equal, else above 0. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign
  return a.sign < 0 ? compareSizes(b, a) : compareSizes(a, b)
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.magnitude !== b.magnitude) return a.magnitude - b.magnitude
  if (a.digits === b.digits) return 0
  return a.digits < b.digits ? -1 : 1
}
