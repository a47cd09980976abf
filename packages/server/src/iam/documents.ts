/**
 * Policy documents as they come in, are kept and go out: the exact text, percent-encoded on its way out.
 *
 * Units   a document's size counts UTF-16 code units, blanks outside strings left out.
 * Errors  {@link Fault} `MalformedPolicyDocument` from {@link checkDocument}.
 * Source  IAM API reference, "MalformedPolicyDocument"; IAM User Guide, "IAM and STS character limits".
 *
 * @module
 */
import { type PolicyType, type Problem, parsePolicy } from '@iamkit/core'
import { findRefusals } from '@iamkit/core/refusals'
import { Fault } from '../fault.js'
import { malformedWords } from './malformed.js'

/** `managed`: the Version must be the newer one, which IAM asks of no other document. */
export type DocumentUse = 'managed' | 'inline' | 'trust' | 'resource'

const TYPES: { readonly [Use in DocumentUse]: PolicyType } = {
  managed: 'identity',
  inline: 'identity',
  trust: 'trust',
  resource: 'resource',
}

/** Refuses what IAM refuses, and what could not be evaluated. */
export function checkDocument(text: string, use: DocumentUse): void {
  const type = TYPES[use]
  const refusals = findRefusals(text, type).filter(
    (problem) =>
      !problem.code.startsWith('policy-size-exceeds-') &&
      !(use !== 'managed' && isOldVersion(problem)),
  )
  if (refusals.length > 0) throw malformed(malformedWords(refusals, type))
  try {
    parsePolicy(text, { type, lenient: true, quotas: false })
  } catch (error) {
    throw malformed(`Syntax errors in policy. (${(error as Error).message})`)
  }
}

export function malformed(message: string): Fault {
  return new Fault('MalformedPolicyDocument', message, 400)
}

/** Whether the Version is absent or `2008-10-17`; one that is neither that nor the newer has another message. */
function isOldVersion({ code, message }: Problem): boolean {
  return code === 'invalid-version' && message === 'invalid version; expected `2012-10-17`'
}

/** Also of what is no JSON: a string that never ends goes to the end, or each of its quotes would be tried as a beginning. */
export function sizeOf(document: string): number {
  return document.replace(/"(?:[^"\\]|\\.?)*(?:"|$)|\s+/gs, (part) =>
    part.startsWith('"') ? part : '',
  ).length
}

/** As RFC 3986 has it; AWS's clients and Terraform decode what they get. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
