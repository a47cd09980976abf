/**
 * What an app is made of, whatever its framework.
 *
 * Errors  None.
 *
 * @module
 */
import type { Authority } from './authority/authority.js'
import type { DocsIam } from './iam.js'
import type { Issuer } from './issuer.js'
import type { Store } from './store/store.js'

export interface AppParts {
  readonly store: Store
  readonly issuer: Issuer
  readonly authority: Pick<Authority, 'signIn' | 'identify' | 'snapshotFor'>
  readonly iam: DocsIam
  /** Takes the table of routes. Absent: standard output. */
  readonly print?: (table: string) => void
}
