/**
 * The names of options. An app in JavaScript has no types, and what is misspelt would be taken for left out: a session
 * without the policy that was to narrow it.
 *
 * Shape   the compiler holds each list of names against the type whose fields they are.
 * Errors  {@link ClientOptionsError} (`ERR_CLIENT_OPTIONS_INVALID`) from {@link checkNames}.
 *
 * @module
 */
import { ClientOptionsError } from './errors.js'

/** Every option of a type, by its name. */
export type NamesOf<Options> = { readonly [Name in keyof Options]-?: true }

/** Refuses an option that `what` does not have. */
export function checkNames(what: string, options: object, names: object): void {
  const odd = Object.keys(options).find((name) => !Object.hasOwn(names, name))
  if (odd === undefined) return
  const known = Object.keys(names).join(', ')
  throw new ClientOptionsError(odd.slice(0, 64), `is no option of \`${what}\`; there are ${known}`)
}
