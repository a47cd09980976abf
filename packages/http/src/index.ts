export type { CheckRequest, CheckResult } from './check.js'
export {
  CoverageError,
  type HttpErrorCode,
  IamOptionsError,
  type PolicyFileProblem,
  PolicyFilesError,
  PolicySourceError,
  RouteError,
} from './errors.js'
export type { FilterOptions, Lists, SelectRequest } from './filter.js'
export type { DecisionEvent, IamDecision } from './guard/decision.js'
export type { FaultEvent } from './guard/fault.js'
export {
  type KeptRoute,
  keepAccess,
  keepRoutes,
  keptAccess,
  keptRoutes,
  type Mark,
  markHandler,
  markOf,
} from './guard/mark.js'
export type { Access, Outcome, Refusal, StepUpChallenge } from './guard/outcome.js'
export { keepReply, RefusalError, refusalMessage, replyIn } from './guard/refusal-error.js'
export {
  type ProblemDetails,
  type Reply,
  type ReplyOptions,
  replyTo,
} from './guard/reply.js'
export { andThen } from './guard/time-limit.js'
export { createIam, type Iam } from './iam.js'
export { chain } from './identity/chain.js'
export type {
  Authenticator,
  CredentialProblem,
  Identification,
  Identity,
} from './identity/identity.js'
export {
  checkGuard,
  checkKinds,
  type Kinds,
  type KindsOf,
  type OptionKind,
} from './option-kinds.js'
export type { IamOptions } from './options.js'
export { type DocumentsOptions, documents, type PolicyDocuments } from './policies/documents.js'
export type { ListPolicySource } from './policies/list-source.js'
export type { GroupPolicySource, PolicyQuestion } from './policies/policy-question.js'
export type { HttpRequest, RouteRequest } from './request.js'
export {
  type BoundNames,
  type CoverageFinding,
  type CoverageRow,
  findingOn,
  guardFinding,
  refuseOpenRoutes,
  renderCoverage,
  rowFinding,
  type Station,
} from './route/coverage.js'
export { type Declaration, declareHandler } from './route/declare.js'
export type { Found, LoadedResource, Loader } from './route/load.js'
export { fromOpenApi, type OpenApiOptions } from './route/openapi.js'
export { bodyTags, headerTags, queryTags, type TagExtractor } from './route/request-tags.js'
export {
  type Mode,
  pathProblem,
  type Route,
  type RouteOptions,
  type StepUp,
} from './route/route.js'
export { sealRoutes } from './route/seal.js'
export {
  coversMethod,
  type MethodTable,
  type PublicRow,
  type RouteTable,
  type TableAction,
  type TableRow,
} from './route/table.js'
export { bodyTagKeys, queryTagKeys, type TagKeyExtractor } from './route/tag-keys.js'
export {
  renderShadowReport,
  type ShadowFinding,
  type ShadowReport,
  type ShadowStatement,
  type ShadowSuggestion,
} from './shadow/shadow-report.js'
export type { Measured, Measurement, Telemetry } from './telemetry/telemetry.js'
