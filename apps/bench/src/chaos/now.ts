/**
 * The time that all processes of a machine agree on, whatever their wall clocks say.
 *
 * Units   milliseconds since the machine began.
 * Errors  None.
 *
 * @module
 */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
