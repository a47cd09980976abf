/**
 * What the control plane decided.
 *
 * Errors  `TransportError` (`ERR_TRANSPORT`) from {@link readDecision}: an answer that contradicts itself is none.
 *
 * @module
 */
import { ServiceError, TransportError } from './errors.js'

/** A denial is a value. */
export interface RemoteDecision {
  /** A UUID; the control plane's records have it too. */
  readonly decisionId: string
  readonly answer: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'
  /** True for `Allow` alone. */
  readonly allowed: boolean
  /** The policy type that a refusal rests on. */
  readonly type?: string
  /** In AWS's words, for a refusal. */
  readonly message?: string
  readonly statements: readonly StatementName[]
}

export interface StatementName {
  readonly policy?: string
  readonly sid?: string
  /** Its place in its policy, from 0. */
  readonly statement: number
}

export interface RemoteExplanation extends RemoteDecision {
  /** For people: statement by statement. */
  readonly text: string
  /** The same as data: core's `Explanation`. */
  readonly explanation: unknown
}

/** One item of `authorizeMany`: a decision, or why there is none. */
export type ItemResult = RemoteDecision | { readonly error: ServiceError | TransportError }

const ANSWERS: readonly unknown[] = ['Allow', 'ExplicitDeny', 'ImplicitDeny']

export function readDecision<T extends RemoteDecision>(value: unknown): T {
  const { answer, allowed, decisionId, statements } = (value ?? {}) as Partial<RemoteDecision>
  const isWhole =
    typeof decisionId === 'string' && Array.isArray(statements) && ANSWERS.includes(answer)
  if (isWhole && allowed === (answer === 'Allow')) return value as T
  throw new TransportError('unreadable answer', 'a decision that is none')
}

export function readItem(value: unknown): ItemResult {
  const { error } = (value ?? {}) as { error?: { code?: unknown; message?: unknown } }
  if (error)
    return { error: new ServiceError(String(error.code), String(error.message), { status: 200 }) }
  try {
    return readDecision(value)
  } catch (failure) {
    return { error: failure as TransportError }
  }
}
