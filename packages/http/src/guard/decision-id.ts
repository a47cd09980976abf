/**
 * Ids of decisions.
 *
 * Shape   a random UUID, in lower case.
 * Errors  None.
 * Source  RFC 9562, section 5.4.
 *
 * @module
 */

/**
 * An id, in one piece of memory. As it comes out of `crypto.randomUUID`, V8 keeps it as a chain of twenty texts, and all
 * of them would hang on the request. To change its case, which changes nothing, joins them.
 */
export function decisionId(): string {
  return crypto.randomUUID().toLowerCase()
}
