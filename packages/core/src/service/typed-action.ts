/**
 * What the types know of each action: its resource, its parameters and the keys it sends.
 *
 * Shape   one flat map from `prefix:Action`; every look-up is an index, so that it stays linear.
 * Errors  None: types only.
 * Source  Specification 1.5 and 4.3.
 *
 * @module
 */
import type { ContextKeyType } from '../policy/context-key.js'
import type { AnyService } from './any-service.js'
import type {
  ActionDefinition,
  ConditionKeyDefinition,
  NameIn,
  ServiceDefinition,
} from './definition.js'
import type { ArnText, Filled, TemplateOf, TemplateParams } from './typed-arn.js'

/** Every action of a service, or of a union of services. */
export type ActionOf<S extends AnyService> = S['actions'][number]

/** The resource type that an action acts on; undefined where it has none. */
export type ResourceOfAction<S extends AnyService, A extends ActionOf<S>> = Fact<
  ActionMap<S>,
  A,
  'resource'
>

/** What an ARN of the action's resource needs beside the account. */
export type ParamsOf<S extends AnyService, A extends ActionOf<S>> = Fact<ActionMap<S>, A, 'params'>

/** The service's own condition keys that the action sends; one left out is absent. */
export type ContextOf<S extends AnyService, A extends ActionOf<S>> = Fact<
  ActionMap<S>,
  A,
  'context'
>

/** The text of an ARN of one resource type, its parts left open; of any where none is named. */
export type ArnOf<S extends AnyService, R extends ResourceOf<S> = ResourceOf<S>> = S extends unknown
  ? R extends NameIn<S['definition']['resources']>
    ? ArnText<S['prefix'], S['definition'], `${string}:${Filled<TemplateOf<S['definition'], R>>}`>
    : never
  : never

/** Every resource type of a service, or of a union of services. */
export type ResourceOf<S extends AnyService> = S extends unknown
  ? NameIn<S['definition']['resources']>
  : never

/** What an app passes for a context key of each type. */
export interface SentValue {
  readonly String: string
  readonly Numeric: number
  readonly Date: Date
  readonly Bool: boolean
  readonly IP: string
  readonly ARN: string
  readonly Binary: Uint8Array
}

/** Flattened once for a service, so that each look-up is one index and not a walk over services. */
type ActionMap<S extends AnyService> = Flat<
  Together<S extends unknown ? FactsIn<S['prefix'], S['definition']> : never>
>

type Fact<M, A, F extends string> = A extends keyof M
  ? F extends keyof M[A]
    ? M[A][F]
    : never
  : never

type FactsIn<P extends string, D extends ServiceDefinition> = {
  readonly [N in NameIn<D['actions']> as string extends P ? string : `${P}:${N}`]: {
    readonly resource: ResourceIn<D['actions'][N]>
    readonly params: ParamsIn<D, ResourceIn<D['actions'][N]>>
    readonly context: ContextIn<D, KeyIn<D['actions'][N]>>
  }
}

/** Undefined for an action without a resource; open for one that is not known exactly. */
type ResourceIn<A> = A extends { readonly resource: infer R }
  ? R
  : undefined | (ActionDefinition extends A ? string : never)

type KeyIn<A> = A extends { readonly keys: readonly (infer K extends string)[] }
  ? K
  : ActionDefinition extends A
    ? string
    : never

type ParamsIn<D extends ServiceDefinition, R> = [R] extends [undefined]
  ? Readonly<Record<never, string>>
  : TemplateParams<TemplateOf<D, R & string>>

type ContextIn<D extends ServiceDefinition, K extends string> = {
  readonly [Key in K]?: Sent<NonNullable<D['conditionKeys']>[Key]> | undefined
}

type Sent<K extends ConditionKeyDefinition | undefined> = K extends ContextKeyType
  ? SentValue[K]
  : K extends { readonly type: infer T extends ContextKeyType }
    ? K extends { readonly multivalued: true }
      ? readonly SentValue[T][]
      : SentValue[T]
    : never

type Flat<T> = { readonly [K in keyof T]: T[K] }

type Together<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never
