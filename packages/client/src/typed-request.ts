/**
 * Questions about an app's own actions, as its `defineService` types them.
 *
 * Shape   one member a action: a resource of another type, a key that the action does not send, or tags where none can
 *         be, do not compile. For a service that is not known, everything is text.
 * Errors  None: types only.
 *
 * @module
 */
import type {
  ActionOf,
  AnyService,
  ArnOf,
  ContextOf,
  ContextValue,
  ResourceOf,
  ResourceOfAction,
  Tags,
} from '@iamkit/core'

/** The ARN of what an action acts on; `*` where it has no resource. */
export type ResourceArn<S extends AnyService, A extends ActionOf<S>> =
  string extends ActionOf<S>
    ? string
    : [ResourceOfAction<S, A>] extends [undefined]
      ? '*'
      : ArnOf<S, ResourceOfAction<S, A> & ResourceOf<S>>

/** Types of resources that carry tags. */
type TaggedIn<S extends AnyService> = S extends unknown
  ? {
      [R in keyof NonNullable<S['definition']['resources']>]: NonNullable<
        S['definition']['resources']
      >[R] extends { readonly tags: true }
        ? R
        : never
    }[keyof NonNullable<S['definition']['resources']>]
  : never

/** ARNs of resources that carry tags. */
export type TaggedArn<S extends AnyService> =
  string extends ActionOf<S> ? string : ArnOf<S, TaggedIn<S> & ResourceOf<S>>

/** Any ARN of the app's. */
export type AppArn<S extends AnyService> = string extends ActionOf<S> ? string : ArnOf<S>

/** The action's own keys, and AWS's global ones. */
export type RequestKeys<S extends AnyService, A extends ActionOf<S>> =
  string extends ActionOf<S>
    ? Readonly<Record<string, ContextValue>>
    : ContextOf<S, A> & { readonly [K in `aws:${string}`]?: ContextValue }

/** What every question may have. */
interface Asked {
  /** An ARN of a user, a role or a session. Absent: the client itself. */
  readonly principal?: string
  /** The tags of a session that is asked about. */
  readonly principalTags?: Tags
  /** Absent: the account of the client. */
  readonly resourceAccount?: string
}

interface AuthorizeOne<S extends AnyService, A extends ActionOf<S>> extends Asked {
  readonly action: A
  readonly resource: ResourceArn<S, A>
  readonly context?: RequestKeys<S, A>
  readonly requestTags?: Tags
  /** Of a resource that the control plane does not keep; one that it keeps has its tags there. */
  readonly resourceTags?: Tags
}

export type AuthorizeRequest<S extends AnyService = AnyService> =
  string extends ActionOf<S>
    ? AuthorizeOne<S, ActionOf<S>>
    : { [A in ActionOf<S>]: AuthorizeOne<S, A> }[ActionOf<S>]

interface FilterOne<S extends AnyService, A extends ActionOf<S>> extends Asked {
  readonly action: A
  readonly resourceType: [ResourceOfAction<S, A>] extends [undefined]
    ? never
    : NonNullable<ResourceOfAction<S, A>>
  readonly context?: RequestKeys<S, A>
}

export type FilterRequest<S extends AnyService = AnyService> =
  string extends ActionOf<S>
    ? FilterOne<S, ActionOf<S>>
    : { [A in ActionOf<S>]: FilterOne<S, A> }[ActionOf<S>]
