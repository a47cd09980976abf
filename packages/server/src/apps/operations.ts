/**
 * The operations of iamkit's own service as types: what each takes and gives.
 *
 * Shape   as `model.ts` says it for the wire and `shapes.ts` for clients.
 * Errors  None.
 *
 * @module
 */
import type { Operation } from '../operation.js'
import type {
  ActivityShape,
  AuthorizeShape,
  BatchResult,
  DecisionShape,
  ExplanationShape,
  FilterShape,
  TagMap,
} from './shapes.js'

export interface ServiceOutput {
  readonly prefix: string
  readonly definition: unknown
  readonly createDate: Date
}

export interface PageInput {
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
}

export interface ActionOutput {
  readonly action: string
  readonly access: string
  readonly resourceType?: string
  /** With a `{placeholder}` for each part that varies. */
  readonly resourceArn?: string
  readonly requestTags: boolean
  readonly keys: readonly string[]
}

export interface NamedService {
  readonly prefix: string
}

export interface NamedResource {
  readonly resource: string
}

interface Next {
  readonly nextToken?: string | undefined
}

type Nothing = Readonly<Record<never, never>>

export interface AppsOperations {
  readonly RegisterService: Operation<
    NamedService & { readonly definition: unknown },
    ServiceOutput
  >
  readonly GetService: Operation<NamedService, ServiceOutput>
  readonly ListServices: Operation<
    PageInput,
    Next & { readonly services: readonly ServiceOutput[] }
  >
  readonly DeleteService: Operation<NamedService, Nothing>
  readonly ListActions: Operation<
    PageInput & { readonly service?: string | undefined },
    Next & { readonly actions: readonly ActionOutput[] }
  >
  readonly Authorize: Operation<AuthorizeShape, DecisionShape>
  readonly BatchAuthorize: Operation<
    { readonly requests: readonly AuthorizeShape[] },
    { readonly results: readonly BatchResult[] }
  >
  readonly Explain: Operation<AuthorizeShape, ExplanationShape>
  readonly Filter: Operation<FilterShape, { readonly filter: unknown }>
  readonly GetSnapshot: Operation<
    { readonly ifNoneMatch?: string | undefined },
    {
      readonly status?: number
      readonly etag: string
      readonly staleness: number
      readonly snapshot: string
    }
  >
  readonly WatchChanges: Operation<
    { readonly since?: number | undefined; readonly lastEventId?: string | undefined },
    {
      readonly contentType: string
      readonly cacheControl: string
      readonly events: ReadableStream<Uint8Array>
    }
  >
  readonly TagResource: Operation<NamedResource & { readonly tags: TagMap }, Nothing>
  readonly UntagResource: Operation<
    NamedResource & { readonly tagKeys: readonly string[] },
    Nothing
  >
  readonly GetResourceTags: Operation<NamedResource, NamedResource & { readonly tags: TagMap }>
  readonly PutResourcePolicy: Operation<NamedResource & { readonly policy: string }, Nothing>
  readonly GetResourcePolicy: Operation<NamedResource, NamedResource & { readonly policy: string }>
  readonly DeleteResourcePolicy: Operation<NamedResource, Nothing>
  readonly ReportActivity: Operation<ActivityShape, { readonly accepted: number }>
  readonly IssueToken: Operation<
    { readonly audience: string; readonly durationSeconds?: number | undefined },
    { readonly token: string; readonly expires: Date }
  >
  readonly GetKeys: Operation<Nothing, { readonly cacheControl: string; readonly keys: string }>
  readonly GetOpenApi: Operation<Nothing, { readonly document: string }>
}
