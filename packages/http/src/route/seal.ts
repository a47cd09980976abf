/**
 * Lists of a framework's own to which no route may be added any more.
 *
 * Shape   the list gets a method of its own, in the place of the one by which its framework adds to it: where that
 *         one was called from is what the error's stack says.
 * Errors  {@link RouteError} (`ERR_ROUTE_INVALID`) from whatever adds to a sealed list.
 *
 * @module
 */
import { RouteError } from '../errors.js'

const SEALED = Symbol.for('iamkit.sealed')

/** Refuses what comes later: nobody would look whether it is guarded. False where the list is sealed already. */
export function sealRoutes(list: object, method: 'push' | 'add' | 'param' = 'push'): boolean {
  if (Object.hasOwn(list, SEALED)) return false
  const refuse = (): never => {
    const problem = 'added behind `assertCovered`, which has looked already: add it before'
    throw new RouteError('app', problem)
  }
  Object.defineProperties(list, { [SEALED]: { value: true }, [method]: { value: refuse } })
  return true
}
