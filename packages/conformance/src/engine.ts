/**
 * Whatever decides a case: core, the reference, or somebody else's evaluator.
 *
 * Errors  None of its own; an engine may throw, and the runner counts that as a failure.
 *
 * @module
 */
import {
  type CompiledPolicy,
  compile,
  evaluate,
  explain,
  type PolicyDocument,
  type PolicySet,
  type PolicyType,
  parsePolicy,
  renderExplanation,
} from '@iamkit/core'
import type { Answer } from './case.js'
import type { DocumentSet, ReferenceRequest } from './reference/document-set.js'
import { reference } from './reference/reference.js'

export interface EngineDecision {
  readonly answer: Answer
  /** What a refusal rests on, where the engine says so. */
  readonly type?: PolicyType
}

export interface Engine {
  readonly name: string
  /** Decides a request from raw documents, whatever a validator would say of them. */
  readonly decide: (policies: DocumentSet, request: ReferenceRequest) => EngineDecision
  /** The same decision with its reasons as text, where the engine can give them. */
  readonly explain?: (
    policies: DocumentSet,
    request: ReferenceRequest,
  ) => { readonly decision: EngineDecision; readonly text: string }
}

export const referenceEngine: Engine = { name: 'reference', decide: reference }

export const coreEngine: Engine = {
  name: 'core',
  decide: (policies, request) => evaluate(compileSet(policies), request),
  explain: (policies, request) => {
    const explanation = explain(compileSet(policies), request)
    return { decision: explanation.decision, text: renderExplanation(explanation) }
  },
}

/** Makes core's policy set of raw documents. `read` is how core gets to see a document. */
export function compileSet(
  documents: DocumentSet,
  read: (document: PolicyDocument) => PolicyDocument | string = (document) => document,
): PolicySet {
  const make = (type: PolicyType) => (document: PolicyDocument) =>
    compile(parsePolicy(read(document), { type, lenient: true, quotas: false }))
  const one = (type: PolicyType, document: PolicyDocument | null | undefined) =>
    document ? make(type)(document) : undefined
  const levels = (
    type: PolicyType,
    given: readonly (readonly PolicyDocument[])[] | null | undefined,
  ): readonly (readonly CompiledPolicy[])[] | undefined =>
    given?.map((level) => level.map(make(type))) ?? undefined
  return {
    identity: documents.identity?.map(make('identity')),
    resource: one('resource', documents.resource),
    boundary: one('boundary', documents.boundary),
    session: documents.session?.map(make('session')),
    endpoint: one('endpoint', documents.endpoint),
    scps: levels('scp', documents.scps),
    rcps: levels('rcp', documents.rcps),
  }
}
