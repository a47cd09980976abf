/**
 * Policies with the caller's tags put in as constants, for engines without variables.
 *
 * Errors  None.
 *
 * @module
 */
import type { DocumentSet } from '@iamkit/conformance'
import { CALLERS, type Caller, callerContext } from '../../../src/workloads/caller.js'

/** Makes one thing for each form of the documents, and lists it for each of {@link CALLERS}. */
export function perCaller<T>(
  documents: DocumentSet,
  create: (bound: DocumentSet) => T,
): readonly T[] {
  const bind = JSON.stringify(documents).includes('${') ? bindVariables : () => documents
  return forEachForm(
    CALLERS.map((caller) => bind(documents, caller)),
    create,
  )
}

/** Like `map`, but makes one thing where the same value stands in several places. */
export function forEachForm<T, U>(forms: readonly T[], create: (form: T) => U): readonly U[] {
  const made = new Map<T, U>()
  return forms.map((form) => {
    const found = made.get(form) ?? create(form)
    made.set(form, found)
    return found
  })
}

function bindVariables(documents: DocumentSet, caller: Caller): DocumentSet {
  const values = callerContext(caller)
  const text = JSON.stringify(documents)
  return JSON.parse(
    text.replace(/\$\{([^}]+)\}/g, (_, key: string) => values[key] ?? ''),
  ) as DocumentSet
}
