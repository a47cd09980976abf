/**
 * What is said of many measurements.
 *
 * Errors  None: of no measurement everything is NaN.
 *
 * @module
 */

/** The value below which a share `q` of the values lies; one of them, never a mean of two. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** What a machine does when nobody disturbs it. */
export function quiet(values: readonly number[]): number {
  return quantile(values, 0.1)
}
