/**
 * Documents of the store, ready for the evaluator.
 *
 * Shape   what was saved was checked then, as IAM checks it; here it is read as far as it has a meaning. One that has none
 *         denies everything: nobody knows what it would have denied.
 * Units   the last 20,000 documents are kept compiled.
 * Errors  None.
 *
 * @module
 */
import { type CompiledPolicy, compile, type PolicyType, parsePolicy } from '@iamkit/core'
import { Recent } from '../recent.js'

/** A document and what explanations call it. */
export interface NamedDocument {
  readonly type: PolicyType
  /** An ARN, or such as `user/ann inline edit`. */
  readonly name: string
  readonly text: string
}

const compiled = new Recent<CompiledPolicy>(20_000)

export function compiledDocument(document: NamedDocument): CompiledPolicy {
  const { type, name, text } = document
  return compiled.getOr(`${type}\n${name}\n${text}`, () => compileText(document))
}

function compileText({ type, name, text }: NamedDocument): CompiledPolicy {
  const options = { type, name, quotas: false, lenient: true } as const
  try {
    return compile(parsePolicy(text, options))
  } catch {
    return compile(parsePolicy(denyAll(type), options))
  }
}

/** Stands for a document that is not there any more, or that nobody can read. */
export function denyAll(type: PolicyType): string {
  const hasPrincipal = type === 'resource' || type === 'trust'
  const Statement = {
    Sid: 'PolicyCannotBeRead',
    Effect: 'Deny',
    ...(hasPrincipal && { Principal: '*' }),
    Action: '*',
    ...(type !== 'trust' && { Resource: '*' }),
  }
  return JSON.stringify({ Version: '2012-10-17', Statement })
}
