/**
 * Decision cases for the IAM policy language, a runner for any engine, and a slow reference.
 *
 * @packageDocumentation
 */
export { anyScenario, type Scenario } from './arbitrary/scenario.js'
export { type Answer, type Case, parseCaseFile } from './case.js'
export { coreEngine, type Engine, type EngineDecision, referenceEngine } from './engine.js'
export { CaseError, type ConformanceErrorCode } from './errors.js'
export { type CaseFile, readOwnCases } from './own-cases.js'
export type {
  ContextValues,
  DocumentLevel,
  DocumentSet,
  ReferenceDecision,
  ReferenceRequest,
  Rule,
  Slot,
} from './reference/document-set.js'
export { reference } from './reference/reference.js'
export { type Failure, type Report, runCases } from './run.js'
