/**
 * Numbers as people read them.
 *
 * Errors  None.
 *
 * @module
 */

const TIMES = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
] as const

const SIZES = [
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
  [1, 'B'],
] as const

export function formatNs(ns: number): string {
  return formatIn(ns, TIMES)
}

export function formatBytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : formatIn(bytes, SIZES)
}

export function formatRatio(ratio: number): string {
  return `${digits(ratio)}×`
}

function formatIn(value: number, units: readonly (readonly [number, string])[]): string {
  if (!Number.isFinite(value)) return '-'
  const found = units.find(([size]) => Math.abs(value) >= size) ?? units[units.length - 1]
  const [size, unit] = found as readonly [number, string]
  return `${digits(value / size)} ${unit}`
}

/** Three digits that count, and no more; thousands with commas. */
function digits(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}
