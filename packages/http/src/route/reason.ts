/**
 * Why a route has no guard.
 *
 * Errors  None.
 *
 * @module
 */

/** Words: whoever reads the table of routes must learn something. */
export function isReason(reason: unknown): reason is string {
  return typeof reason === 'string' && reason.trim() !== ''
}
