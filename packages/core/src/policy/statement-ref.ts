/**
 * Names a statement for those who ask which ones decided.
 *
 * Errors  None.
 *
 * @module
 */
import type { PolicyType } from './document.js'
import type { Policy, Statement } from './policy.js'

/** A statement of one policy in a set. */
export interface StatementRef {
  readonly policyType: PolicyType
  /** The policy's name, where it has one. */
  readonly policy?: string
  /** Position in its document, from 0. */
  readonly statement: number
  readonly sid?: string
}

/** Names a statement by its policy's type and name, its place and its Sid. */
export function statementRef(
  policyType: PolicyType,
  { name }: Policy,
  { index, sid }: Statement,
): StatementRef {
  return Object.freeze({
    policyType,
    statement: index,
    ...(name !== undefined && { policy: name }),
    ...(sid !== undefined && { sid }),
  })
}
