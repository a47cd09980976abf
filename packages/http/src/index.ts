export {
  CoverageError,
  type HttpErrorCode,
  IamOptionsError,
  type PolicyFileProblem,
  PolicyFilesError,
  PolicySourceError,
  RouteError,
} from './errors.js'
export type { DecisionEvent, IamDecision } from './guard/decision.js'
export type { FaultEvent } from './guard/fault.js'
export { keepAccess, keptAccess, type Mark, markHandler, markOf } from './guard/mark.js'
export type { Access, Outcome } from './guard/outcome.js'
export {
  type ProblemDetails,
  type Refusal,
  type Reply,
  type ReplyOptions,
  replyTo,
} from './guard/reply.js'
export { type CheckRequest, createIam, type Iam, type IamOptions } from './iam.js'
export type {
  Authenticator,
  CredentialProblem,
  Identification,
  Identity,
} from './identity/identity.js'
export { documents, type PolicyDocuments } from './policies/documents.js'
export type { GroupPolicySource, PolicyQuestion } from './policies/policy-question.js'
export { bodyTags, type HttpRequest, type RouteRequest } from './request.js'
export { type CoverageRow, refuseOpenRoutes, renderCoverage } from './route/coverage.js'
export type { Found, LoadedResource, Loader } from './route/load.js'
export { pathProblem, type Route, type RouteOptions } from './route/route.js'
