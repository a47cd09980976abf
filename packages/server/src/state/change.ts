/**
 * One record of an account, before and after.
 *
 * Shape   no `before`: made; no `after`: removed. Turned around it undoes itself.
 * Errors  None.
 *
 * @module
 */
import type { Entities, Kind } from './entity.js'

export interface Change<K extends Kind = Kind> {
  readonly account: string
  readonly kind: K
  readonly id: string
  readonly before: Entities[K] | undefined
  readonly after: Entities[K] | undefined
}

/** The change that takes this one back. */
export function undo({ before, after, ...where }: Change): Change {
  return { ...where, before: after, after: before }
}
