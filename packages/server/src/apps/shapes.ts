/**
 * The bodies of iamkit's own service, as JSON. `@iamkit/client` reads the same.
 *
 * Shape   paths and bodies are public API: they only ever grow. Every path begins with `/v1/`.
 * Units   times are ISO-8601 in UTC; `seq` counts changes of the installation, from 1.
 * Errors  AWS's form of restJson1: header `x-amzn-errortype`, body `{ message }`.
 *
 * | operation              | request                                        | answer                    |
 * | ---------------------- | ---------------------------------------------- | ------------------------- |
 * | RegisterService        | PUT    /v1/services/{prefix}  { definition }    | ServiceShape              |
 * | GetService             | GET    /v1/services/{prefix}                    | ServiceShape              |
 * | ListServices           | GET    /v1/services?nextToken&maxResults        | { services, nextToken? }  |
 * | DeleteService          | DELETE /v1/services/{prefix}                    | {}                        |
 * | ListActions            | GET    /v1/actions?service&nextToken&maxResults | { actions, nextToken? }   |
 * | Authorize              | POST   /v1/authorize          AuthorizeShape    | DecisionShape             |
 * | BatchAuthorize         | POST   /v1/authorize-batch    { requests }      | { results }, ≤ 100        |
 * | Explain                | POST   /v1/explain            AuthorizeShape    | ExplanationShape          |
 * | Filter                 | POST   /v1/filter             FilterShape       | { filter }                |
 * | GetSnapshot            | GET    /v1/snapshot           If-None-Match     | SnapshotShape, ETag / 304 |
 * | WatchChanges           | GET    /v1/changes?since      Last-Event-ID     | text/event-stream         |
 * | TagResource            | POST   /v1/tags      { resource, tags }         | {}                        |
 * | UntagResource          | POST   /v1/untag     { resource, tagKeys }      | {}                        |
 * | GetResourceTags        | GET    /v1/tags?resource                        | { resource, tags }        |
 * | PutResourcePolicy      | PUT    /v1/resource-policy { resource, policy } | {}                        |
 * | GetResourcePolicy      | GET    /v1/resource-policy?resource             | { resource, policy }      |
 * | DeleteResourcePolicy   | DELETE /v1/resource-policy?resource             | {}                        |
 * | ReportActivity         | POST   /v1/activity  ActivityShape              | { accepted }              |
 * | IssueToken             | POST   /v1/token     { audience, durationSeconds? } | { token, expires }    |
 * | (keys, unsigned)       | GET    /.well-known/jwks.json                   | JWKS                      |
 *
 * @module
 */
export type TagMap = Readonly<Record<string, string>>

export interface AuthorizeShape {
  /** An ARN of a user, a role or a session. Absent: the caller itself. */
  readonly principal?: string | undefined
  /** Of a session that is asked about: its own tags. */
  readonly principalTags?: TagMap | undefined
  readonly action: string
  readonly resource: string
  /** Absent: the account of the caller. */
  readonly resourceAccount?: string
  /** Further keys of the request; tags have fields of their own. */
  readonly context?:
    | Readonly<Record<string, string | number | boolean | readonly string[]>>
    | undefined
  readonly requestTags?: TagMap
  /** For a resource that is not in the registry. One that is there is decided by its tags there, and these are refused. */
  readonly resourceTags?: TagMap
}

export interface DecisionShape {
  /** A UUID. */
  readonly decisionId: string
  readonly answer: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'
  readonly allowed: boolean
  /** The policy type that a refusal rests on. */
  readonly type?: string
  /** In AWS's words, for refusals. */
  readonly message?: string
  /** Of refusals: what STS's DecodeAuthorizationMessage opens for whoever may see why. */
  readonly encodedMessage?: string
  readonly statements: readonly {
    readonly policy?: string
    readonly sid?: string
    readonly statement: number
  }[]
}

export type BatchResult =
  | DecisionShape
  | { readonly error: { readonly code: string; readonly message: string } }

export interface ExplanationShape extends DecisionShape {
  /** core's `renderExplanation`. */
  readonly text: string
  /** core's `Explanation`, as JSON. */
  readonly explanation: unknown
}

export interface FilterShape {
  readonly principal?: string | undefined
  readonly principalTags?: TagMap | undefined
  readonly action: string
  /** As core's `createFilter` names it. */
  readonly resourceType: string
  readonly resourceAccount?: string
  readonly context?: AuthorizeShape['context'] | undefined
}

/** All that an app needs to decide for itself about an account's resources. */
export interface SnapshotShape {
  readonly format: 1
  readonly account: string
  readonly seq: number
  readonly issued: string
  /** By the ARN of a user or a role. */
  readonly principals: Readonly<Record<string, PrincipalShape>>
  /** By id: the first 32 hex digits of SHA-256 over `type`, a line feed, `name`, a line feed and `text`. */
  readonly documents: Readonly<Record<string, DocumentShape>>
  /** By ARN. */
  readonly resources: Readonly<Record<string, ResourceShape>>
  /** What each registered service was defined with, by prefix. */
  readonly services: Readonly<Record<string, unknown>>
}

export interface PrincipalShape {
  readonly type: 'user' | 'role'
  readonly id: string
  readonly tags: TagMap
  /** Ids of documents: own, attached, and of groups. */
  readonly identity: readonly string[]
  readonly boundary?: string
}

export interface DocumentShape {
  readonly type: 'identity' | 'boundary' | 'resource'
  /** As explanations show it: an ARN, or `user/ann inline edit`. */
  readonly name: string
  readonly text: string
}

export interface ResourceShape {
  readonly tags: TagMap
  /** Id of a document. */
  readonly policy?: string
}

/**
 * The data of one event `change` in the stream; its id is `seq`. `null` says that something is gone.
 * `documents` holds those that are new with this change; what nobody names any more may be forgotten.
 * Another event, `reset`, with data `{ seq }`, says that the snapshot must be fetched again. A comment line
 * `: staleness=0.412 at=8123456` comes behind events and every 5 s: seconds since this server last knew itself to be up to
 * date, and milliseconds of a clock of its own, by which a reader knows how long a line was on its way. GetSnapshot says
 * the first in the header `x-iamkit-staleness`.
 */
export interface ChangeShape {
  readonly account: string
  /** The change before this one: who holds another has missed something. */
  readonly previous: number
  readonly seq: number
  readonly principals?: Readonly<Record<string, PrincipalShape | null>>
  readonly documents?: Readonly<Record<string, DocumentShape>>
  readonly resources?: Readonly<Record<string, ResourceShape | null>>
  readonly services?: Readonly<Record<string, unknown>>
}

export interface ActivityShape {
  /** Chosen by the sender: the same batch is counted once. */
  readonly batchId: string
  readonly app?: string
  /** Decisions that the sender could not keep. */
  readonly dropped: number
  readonly events: readonly ActivityEventShape[]
}

export interface ActivityEventShape {
  readonly time: string
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly answer: DecisionShape['answer']
  /** How many equal decisions this one stands for. */
  readonly count: number
}
