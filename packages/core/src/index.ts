/**
 * iamkit's engine: parse, compile, evaluate, explain.
 *
 * @packageDocumentation
 */
export { type Arn, formatArn, parseArn } from './arn/arn.js'
export { type CompileOptions, compile } from './compile/compile.js'
export type { CompiledPolicy, CompiledStatement, GrantKind } from './compile/compiled-policy.js'
export type { Level, PolicySet, PolicySource } from './compile/policy-set.js'
export {
  createPolicyStore,
  type PolicyStore,
  type PolicyStoreOptions,
} from './compile/policy-store.js'
export { createPolicySet, isReadySet } from './compile/prepared-set.js'
export {
  ArnParseError,
  type CoreErrorCode,
  PolicyParseError,
  RequestError,
  ServiceError,
  UntranslatableError,
} from './errors.js'
export type {
  Decision,
  DecisionProblem,
  StatementElement,
} from './evaluate/decision.js'
export { evaluate, isAllowed } from './evaluate/evaluate.js'
export { explain } from './explain/explain.js'
export type {
  ConditionExplanation,
  Explanation,
  NearMiss,
  StatementExplanation,
} from './explain/explanation.js'
export { type MessageOptions, messageOf } from './explain/message.js'
export { renderExplanation } from './explain/render.js'
export { createFilter } from './filter/create-filter.js'
export type {
  FilterComparison,
  FilterCondition,
  FilterField,
  FilterTest,
  LikePattern,
  ResourceFilter,
} from './filter/filter-condition.js'
export type { FilterQuery, ResourceKey } from './filter/filter-query.js'
export { type ResourceFacts, selectRows } from './filter/select-rows.js'
export type { Position, Span } from './json/node.js'
export { isPlainObject } from './json/plain-object.js'
export {
  type ContextKeyInfo,
  type ContextKeyType,
  contextKeyInfo,
  type GlobalKey,
  type TagKey,
} from './policy/context-key.js'
export type {
  ConditionBlock,
  ConditionValue,
  Effect,
  OneOrMany,
  PolicyDocument,
  PolicyType,
  PolicyVersion,
  PrincipalKind,
  PrincipalMap,
  StatementDocument,
} from './policy/document.js'
export { findProblems } from './policy/find-problems.js'
export { formatPolicy, toDocument } from './policy/format.js'
export type { ConditionOperator, OperatorFamily, Quantifier } from './policy/operator.js'
export { type PolicyOptions, type PolicySourceText, parsePolicy } from './policy/parse.js'
export type {
  Condition,
  Policy,
  PrincipalElement,
  PrincipalEntry,
  Statement,
} from './policy/policy.js'
export type { Problem, ProblemLevel } from './policy/problem.js'
export { QUOTAS, type Quotas } from './policy/quota.js'
export type { ParseOptions } from './policy/read-policy.js'
export type { StatementRef } from './policy/statement-ref.js'
export {
  type ContextEntries,
  type ContextScalar,
  type ContextSource,
  type ContextValue,
  contextFrom,
  type RequestContext,
  requestContext,
} from './request/context.js'
export type {
  AnonymousPrincipal,
  FederatedCallerPrincipal,
  FederatedUserPrincipal,
  RequestPrincipal,
  RoleSessionPrincipal,
  RootPrincipal,
  ServicePrincipal,
  UserPrincipal,
} from './request/principal.js'
export {
  callerEntries,
  type PrincipalAttributes,
  principalEntries,
} from './request/principal-keys.js'
export type { AuthorizationRequest } from './request/request.js'
export {
  principalTagEntries,
  principalTagLookup,
  requestTagEntries,
  resourceTagEntries,
  resourceTagLookup,
  type TagLookup,
  type Tags,
} from './request/tag-keys.js'
export type { ActionInfo, ResourceInfo } from './service/action-info.js'
export type { AnyService } from './service/any-service.js'
export type {
  AccessLevel,
  ActionDefinition,
  ConditionKeyDefinition,
  ResourceDefinition,
  ServiceDefinition,
} from './service/definition.js'
export { type JsonSchema, policySchema } from './service/policy-schema.js'
export type { ResourceMatch } from './service/resource-arn.js'
export { defineService, type Service } from './service/service.js'
export type {
  ActionOf,
  ArnOf,
  ContextOf,
  ParamsOf,
  ResourceOf,
  ResourceOfAction,
  SentValue,
} from './service/typed-action.js'
export type {
  TypedCondition,
  TypedPolicy,
  TypedStatement,
  WantedValue,
} from './service/typed-policy.js'
