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
  createPolicySet,
  type Decision,
  evaluate,
  explain,
  isAllowed,
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

/** Core's policy sets of the same documents. */
interface Compiled {
  readonly fromObjects: PolicySet
  /** Read as text, and made ready for many decisions. */
  readonly fromText: PolicySet
  /** Among so many statements that change nothing that core looks them up instead of asking each. */
  readonly padded: PolicySet
}

export function compare({ policies, requests }: Scenario): Comparison {
  const compiled = attempt(() => {
    const fromObjects = compileSet(policies)
    return {
      fromObjects,
      fromText: createPolicySet(compileSet(policies, printed)),
      padded: createPolicySet(padded(fromObjects)),
    }
  })
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

const padding = compileSet({
  identity: [
    {
      Version: '2012-10-17',
      Statement: Array.from({ length: 300 }, (_, i) => ({
        Effect: i % 2 === 0 ? 'Allow' : 'Deny',
        Action: ['*', 'docs:*', 's3:GetObject', 'docs:GetDocument'][i % 4] as string,
        Resource: `arn:aws:padding:::${i}/*`,
      })),
    },
  ],
}).identity

/** The same policies behind others that concern no resource that is asked about. */
function padded(policies: PolicySet): PolicySet {
  return { ...policies, identity: [...(policies.identity ?? []), ...(padding ?? [])] }
}

function problemOf(
  { fromObjects, fromText, padded }: Compiled,
  request: ReferenceRequest,
  expected: ReferenceDecision,
): string | undefined {
  const built = { ...request, context: requestContext(request.context) }
  const evaluated = attempt(() => evaluate(fromObjects, request))
  if (!isSame(evaluated, expected)) return `evaluate: ${shown(evaluated)}`
  const others = {
    'evaluate of policies read from text': attempt(() => evaluate(fromText, built)),
    'evaluate among many statements': attempt(() => evaluate(padded, built)),
    explain: attempt(() => explain(fromObjects, built).decision),
  }
  for (const set of [fromObjects, fromText, padded]) {
    const allowed = attempt(() => isAllowed(set, built))
    if (allowed !== (expected.answer === 'Allow')) return `isAllowed: ${allowed}`
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
