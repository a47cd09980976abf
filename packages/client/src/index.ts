/**
 * The typed client of the control plane.
 *
 * @packageDocumentation
 */
export {
  type Activity,
  type ActivityOptions,
  type ActivityStatus,
  type DecidedEvent,
  reportActivity,
} from './activity/activity.js'
export {
  type Can,
  type CanAnswer,
  type CanAttributes,
  type CanFacts,
  createCan,
} from './can/can.js'
export type { CanSnapshot } from './can/can-snapshot.js'
export {
  type FollowSnapshotOptions,
  followSnapshot,
  type LoadSnapshot,
} from './can/follow-snapshot.js'
export {
  type AnyClient,
  type AwsConfig,
  type Client,
  type ClientOptions,
  createClient,
  type IssuedToken,
  type ListedAction,
  type TokenRequest,
} from './client.js'
export { type AssumeRoleOptions, fromAssumedRole } from './credentials/assume-role.js'
export type { CredentialProvider, Credentials, ProviderScope } from './credentials/credentials.js'
export { fromEnvironment } from './credentials/environment.js'
export type { SessionOptions } from './credentials/session-options.js'
export { fromWebIdentity, type WebIdentityOptions } from './credentials/web-identity.js'
export type { ItemResult, RemoteDecision, RemoteExplanation, StatementName } from './decision.js'
export {
  type ClientErrorCode,
  ClientOptionsError,
  CredentialsError,
  isAccessDenied,
  PoliciesUnavailableError,
  ServiceError,
  SnapshotError,
  TransportError,
  type TransportReason,
} from './errors.js'
export {
  type SessionClaims,
  type SessionIdentity,
  sessionIdentity,
} from './identity/session-identity.js'
export type { KeptCopy } from './policies/kept-copy.js'
export type { BookQuestion } from './policies/policy-book.js'
export { type RemotePolicies, remotePolicies } from './policies/remote.js'
export type { RemoteOptions, RemoteStatus } from './policies/remote-options.js'
export type { CallOptions } from './transport.js'
export type {
  AppArn,
  AuthorizeRequest,
  FilterRequest,
  RequestKeys,
  ResourceArn,
  TaggedArn,
} from './typed-request.js'
