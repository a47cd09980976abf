/**
 * What an app says of its own service: resource types, condition keys and actions.
 *
 * Shape   {@link ServiceDefinition}, plain JSON; `defineService` reads it once, at start-up.
 * Errors  None: types only.
 * Source  Service Authorization Reference, "Actions, resources, and condition keys".
 *
 * @module
 */
import type { ContextKeyType } from '../policy/context-key.js'

/** The five groups into which AWS sorts every action. */
export type AccessLevel = 'Read' | 'List' | 'Write' | 'Tagging' | 'Permissions management'

/** A kind of thing that the service keeps, and how its ARN is made. */
export interface ResourceDefinition {
  /** What follows the account: `folder/{folderId}/document/{documentId}`. */
  readonly arn: string
  /** True where resources of this type carry tags. */
  readonly tags?: boolean
  /** `explicit`: the resource's own policy must allow, in its own account too (keys, roles). */
  readonly trust?: 'explicit'
}

/** A condition key's type, or its type and arity. */
export type ConditionKeyDefinition =
  | ContextKeyType
  | { readonly type: ContextKeyType; readonly multivalued?: boolean }

/** Something that the service does. */
export interface ActionDefinition<R extends string = string, K extends string = string> {
  /** The resource type it acts on. Absent: the action is evaluated on `*`. */
  readonly resource?: R
  readonly access: AccessLevel
  /** True where a request may pass tags: `aws:RequestTag/…` and `aws:TagKeys`. */
  readonly requestTags?: boolean
  /** The service's own condition keys that a request sends. */
  readonly keys?: readonly K[]
}

/** By name, such as `document`. */
export type Resources = Readonly<Record<string, ResourceDefinition>>
/** By full name, prefix included, such as `docs:Classification`. */
export type ConditionKeys = Readonly<Record<string, ConditionKeyDefinition>>
/** By name, prefix left out, such as `GetDocument`. */
export type Actions<R extends string = string, K extends string = string> = Readonly<
  Record<string, ActionDefinition<R, K>>
>

/** A service, described once; its types, ARNs, policies and schema come from here. */
export interface ServiceDefinition<
  R extends Resources = Resources,
  K extends ConditionKeys = ConditionKeys,
  A extends Actions = Actions,
  Partition extends string = string,
  Region extends string = string,
> {
  /** The first part of every ARN. Absent: `aws`, which every AWS tool accepts. */
  readonly partition?: Partition
  /** The region in every ARN. Absent: empty, as for services that span regions. */
  readonly region?: Region
  readonly resources?: R
  readonly conditionKeys?: K
  readonly actions: A
}

/** A definition and the prefix it goes by: all that a policy needs to know of a service. */
export interface Described<
  P extends string = string,
  D extends ServiceDefinition = ServiceDefinition,
> {
  readonly prefix: P
  readonly definition: D
}

/** The names of a record's entries. */
export type NameIn<T> = keyof NonNullable<T> & string
