/**
 * The matchers for vitest, added to its `expect` with their types: `import '@iamkit/testing/vitest'`.
 *
 * Errors  None.
 *
 * @module
 */
import { expect } from 'vitest'
import type { Caller } from './matchers/caller.js'
import { type IamAssertions, iamMatchers } from './matchers/iam-matchers.js'

/** Nothing but a caller has the matchers. */
interface NotACaller {
  toBeAllowed(takeACaller: never): void
  toBeDenied(takeACaller: never): void
}

type AssertionsOf<T> = T extends Caller<infer S> ? IamAssertions<S> : NotACaller

declare module 'vitest' {
  interface Matchers<T> {
    toBeAllowed: AssertionsOf<T>['toBeAllowed']
    toBeDenied: AssertionsOf<T>['toBeDenied']
  }
}

expect.extend(iamMatchers)
