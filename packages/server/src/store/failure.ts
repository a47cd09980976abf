/**
 * What a driver throws, as an error of the store.
 *
 * Errors  {@link StoreError} (`ERR_STORE`).
 * Source  PostgreSQL documentation, appendix A: error codes.
 *
 * @module
 */
import { StoreError } from './store-error.js'

/** Classes of SQLSTATE that pass: connections, resources, locks not to be had, an operator's doing. */
const passing = new Set(['08', '53', '55', '57'])

/** Resolves as `work` does; what it throws becomes a `StoreError`. */
export async function asStoreError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof StoreError ? error : storeErrorOf(error)
  }
}

/** Whether an error came from the connection, and not from the database at its other end. */
export function isConnectionLost(error: unknown): boolean {
  return !(error instanceof StoreError) && stateOf(error) === undefined
}

function storeErrorOf(cause: unknown): StoreError {
  const state = stateOf(cause)
  return state === undefined || passing.has(state.slice(0, 2))
    ? new StoreError('unreachable', 'the database does not answer', { cause })
    : new StoreError('failed', `the database refused a statement (${state})`, { cause })
}

/** SQLSTATE: five characters, where the database itself spoke. */
function stateOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}
