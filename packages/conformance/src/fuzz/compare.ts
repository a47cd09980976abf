/**
 * Holds core against the reference, and core against itself.
 *
 * Shape   one scenario in, the reference's decisions out, and the first request on which two answers
 *         differ.
 * Errors  None: what core throws is a disagreement.
 *
 * @module
 */
import {
  type Decision,
  evaluate,
  explain,
  type PolicyDocument,
  type PolicySet,
  requestContext,
} from '@iamkit/core'
import type { Scenario } from '../arbitrary/scenario.js'
import { compileSet } from '../engine.js'
import type { DocumentSet, ReferenceDecision, ReferenceRequest } from '../reference/document-set.js'
import { reference } from '../reference/reference.js'

export interface Disagreement {
  readonly policies: DocumentSet
  readonly request: ReferenceRequest
  readonly expected: ReferenceDecision
  /** Who said what. */
  readonly problem: string
}

export interface Comparison {
  readonly decisions: readonly ReferenceDecision[]
  readonly disagreement?: Disagreement
}

/** Core's policy sets of the same documents, read as objects and as text. */
interface Compiled {
  readonly fromObjects: PolicySet
  readonly fromText: PolicySet
}

export function compare({ policies, requests }: Scenario): Comparison {
  const compiled = attempt(() => ({
    fromObjects: compileSet(policies),
    fromText: compileSet(policies, printed),
  }))
  const decisions: ReferenceDecision[] = []
  for (const request of requests) {
    const expected = reference(policies, request)
    decisions.push(expected)
    const problem = typeof compiled === 'string' ? compiled : problemOf(compiled, request, expected)
    if (problem !== undefined) {
      return { decisions, disagreement: { policies, request, expected, problem } }
    }
  }
  return { decisions }
}

/** With blanks that do not matter, as people write documents. */
function printed(document: PolicyDocument): string {
  return JSON.stringify(document, null, Array.isArray(document.Statement) ? '\t' : 0)
}

function problemOf(
  { fromObjects, fromText }: Compiled,
  request: ReferenceRequest,
  expected: ReferenceDecision,
): string | undefined {
  const built = { ...request, context: requestContext(request.context) }
  const evaluated = attempt(() => evaluate(fromObjects, request))
  if (!isSame(evaluated, expected)) return `evaluate: ${shown(evaluated)}`
  const others = {
    'evaluate of policies read from text': attempt(() => evaluate(fromText, built)),
    explain: attempt(() => explain(fromObjects, built).decision),
  }
  const odd = Object.entries(others).find(([, other]) => shown(other) !== shown(evaluated))
  return odd && `evaluate: ${shown(evaluated)}, ${odd[0]}: ${shown(odd[1])}`
}

function isSame(decision: Decision | string, expected: ReferenceDecision): boolean {
  if (typeof decision === 'string' || decision.answer !== expected.answer) return false
  return decision.answer === 'Allow' || decision.type === expected.type
}

function shown(decision: Decision | string): string {
  return typeof decision === 'string' ? decision : JSON.stringify(decision)
}

function attempt<T>(run: () => T): T | string {
  try {
    return run()
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`
  }
}
