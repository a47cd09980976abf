/**
 * Text or object → Policy, or an error that holds every problem found.
 *
 * Errors  {@link PolicyParseError} (`ERR_POLICY_INVALID`) from {@link parsePolicy}.
 * Source  Specification 1.
 *
 * @module
 */
import { PolicyParseError } from '../errors.js'
import type { PolicyDocument } from './document.js'
import type { Policy } from './policy.js'
import type { Problem } from './problem.js'
import { type ParseOptions, readPolicy } from './read-policy.js'

/** A policy as text, or as the object that its JSON describes. */
export type PolicySourceText = string | PolicyDocument | Readonly<Record<string, unknown>>

export interface PolicyOptions extends ParseOptions {
  /**
   * Takes documents that AWS would refuse but whose meaning is plain, such as a partial wildcard in
   * a principal; what cannot match then matches nothing. For tools that look at foreign policies.
   * Default: false.
   */
  readonly lenient?: boolean | undefined
}

/**
 * Reads a policy document.
 *
 * @example
 * ```ts
 * parsePolicy(await readFile('policies/editor.json', 'utf8'), { type: 'identity', name: 'editor.json' })
 * ```
 */
export function parsePolicy(source: PolicySourceText, options: PolicyOptions = {}): Policy {
  const { policy, problems } = readPolicy(source, options)
  const errors = problems.filter(
    (problem) => problem.level === 'error' && !(options.lenient && isTolerable(problem)),
  )
  if (errors.length > 0 || !policy) throw new PolicyParseError(errors, options.name)
  return policy
}

/** Whether a document with this problem still has one plain meaning. A misspelt element has none; an `Id` says nothing. */
function isTolerable({ code, pointer }: Problem): boolean {
  return !FATAL.has(code) || (code === 'invalid-policy-element' && pointer === '/Id')
}

const FATAL: ReadonlySet<string> = new Set([
  'json-syntax-error',
  'document-too-long',
  'document-too-deep',
  'too-many-problems',
  'duplicate-key',
  'duplicate-keys-with-different-case',
  'data-type-mismatch',
  'invalid-policy-element',
  'invalid-principal-key',
  'invalid-effect',
  'missing-effect',
  'invalid-version',
  'unsupported-element-combination',
  'invalid-condition-operator',
  'null-with-if-exists',
  'value-too-long',
  'empty-not-list',
])
