/**
 * Numeric operators: exact decimals, never binary floats.
 *
 * Shape   an optional sign, digits, perhaps a point and digits, perhaps an exponent.
 * Units   at most 64 digits before the exponent, at most 15 in it.
 * Errors  None: text that is no number is undefined.
 * Source  Specification 2.3.
 *
 * @module
 */

/** `digits` times ten to the power of `exponent`. */
interface Decimal {
  readonly digits: bigint
  readonly exponent: bigint
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,15}))?$/

/** Below zero where the first is less, above where it is greater; undefined where one is no number. */
export function compareNumbers(left: string, right: string): number | undefined {
  const a = parseNumber(left)
  const b = parseNumber(right)
  if (a === undefined || b === undefined) return undefined
  const signs = Math.sign(signOf(a) - signOf(b))
  if (signs !== 0 || signOf(a) === 0) return signs

  const ranks = rankOf(a) - rankOf(b)
  if (ranks !== 0n) return (ranks < 0n ? -1 : 1) * signOf(a)
  const difference = scaled(a, b.exponent) - scaled(b, a.exponent)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

function parseNumber(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole.length + fraction.length > 64) return undefined
  const digits = BigInt(whole + fraction)
  return {
    digits: sign === '-' ? -digits : digits,
    exponent: BigInt(exponent.replace('+', '')) - BigInt(fraction.length),
  }
}

function signOf(number: Decimal): number {
  return number.digits === 0n ? 0 : number.digits < 0n ? -1 : 1
}

/** How many places its first digit stands before the point: 100 has three, 0.01 minus one. */
function rankOf(number: Decimal): bigint {
  const digits = number.digits < 0n ? -number.digits : number.digits
  return BigInt(digits.toString().length) + number.exponent
}

/** The digits written down to the finer of the two exponents; equal ranks keep this short. */
function scaled(number: Decimal, otherExponent: bigint): bigint {
  const shift = number.exponent - otherExponent
  return shift > 0n ? number.digits * 10n ** shift : number.digits
}
