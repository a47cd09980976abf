/**
 * One provider for all in a process that ask for the same session.
 *
 * Shape   kept with the credentials that ask for the session, and gone with them.
 *         Hangs on a `Symbol.for`, so that two copies of this package share it.
 * Errors  None.
 *
 * @module
 */
import type { CredentialProvider } from './credentials.js'

const CACHE = Symbol.for('iamkit.credentials')
/** A caller that makes ever new session names must not fill the memory. */
const CAPACITY = 1_000

type Cache = WeakMap<object, Map<string, CredentialProvider>>

export function shared(
  source: object,
  parameters: unknown,
  create: () => CredentialProvider,
): CredentialProvider {
  const holder = globalThis as { [CACHE]?: Cache }
  holder[CACHE] ??= new WeakMap()
  const cache = holder[CACHE]
  const known = cache.get(source) ?? new Map<string, CredentialProvider>()
  cache.set(source, known)
  const key = JSON.stringify(parameters)
  const provider = known.get(key) ?? create()
  known.delete(key)
  known.set(key, provider)
  if (known.size > CAPACITY) known.delete(known.keys().next().value as string)
  return provider
}
