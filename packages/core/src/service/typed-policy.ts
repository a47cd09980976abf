/**
 * The types of a policy that speaks only of known services.
 *
 * Shape   {@link TypedPolicy}: the JSON of `document.ts`, narrowed to the services' actions, ARNs and
 *         condition keys, and the global keys. A union of services may meet in one policy.
 * Errors  None: types only. A key under an operator that cannot ask it has a message for its type.
 * Source  Specification 1.1, 2 and 4.3. Stricter than the language: the version is 2012-10-17, an
 *         operator's family fits the key's type, and set operators ask multivalued keys only.
 *
 * @module
 */
import type { ContextKeyType, GLOBAL_KEYS, GlobalKey, TagKey } from '../policy/context-key.js'
import type { Effect, OneOrMany, PrincipalMap } from '../policy/document.js'
import type { ActionWildcard } from './action-wildcard.js'
import type { ConditionKeyDefinition, Described, NameIn } from './definition.js'
import type { ArnStart, PatternRest } from './typed-arn.js'

export interface TypedPolicy<S extends Described> {
  readonly $schema?: string
  /** Variables work from this version on; an older one would keep them as literal text. */
  readonly Version: '2012-10-17'
  readonly Id?: string
  readonly Statement: TypedStatement<S> | readonly TypedStatement<S>[]
}

/** Exactly one of Action and NotAction; at most one of Resource and NotResource. */
export type TypedStatement<S extends Described> = {
  readonly Sid?: string
  readonly Effect: Effect
  readonly Condition?: TypedCondition<S>
} & AtMostOne<'Principal' | 'NotPrincipal', '*' | PrincipalMap> &
  ExactlyOne<'Action' | 'NotAction', Patterns<S>['action'] | readonly Patterns<S>['action'][]> &
  AtMostOne<
    'Resource' | 'NotResource',
    Patterns<S>['resource'] | readonly Patterns<S>['resource'][]
  >

type ExactlyOne<Names extends string, T> = {
  [N in Names]: { readonly [K in N]: T } & { readonly [K in Exclude<Names, N>]?: never }
}[Names]

type AtMostOne<Names extends string, T> = {
  [N in Names]: { readonly [K in N]?: T } & { readonly [K in Exclude<Names, N>]?: never }
}[Names]

/** Operator → key of the operator's type → values of that type. */
export type TypedCondition<S extends Described> = {
  readonly [O in keyof Operators as O | `${O}IfExists`]?: SingleKeys<S, Operators[O]>
} & {
  readonly [O in keyof Operators as `${SetPrefix}${O | `${O}IfExists`}`]?: ListKeys<S, Operators[O]>
} & {
  readonly Null?: {
    readonly [K in GlobalKey | OwnKey<S>]?: WantedValue['Bool']
  } & { readonly [K in TagKey]: WantedValue['Bool'] }
}

/** What a policy may write for a key of each type. Only String and ARN take `${variables}`. */
export interface WantedValue {
  readonly String: string
  readonly Numeric: number | `${number}`
  readonly Date: `${number}-${string}` | `${number}` | number
  readonly Bool: boolean | 'true' | 'false'
  readonly IP: `${number}.${number}.${number}.${string}` | `${string}:${string}:${string}`
  readonly ARN: `arn:${string}:${string}:${string}:${string}:${string}`
  readonly Binary: string
}

/** Read by index, so that a message shows the patterns and not the name of their type. */
interface Patterns<S extends Described> {
  readonly action:
    | '*'
    | (S extends unknown
        ? `${S['prefix']}:${'*' | ActionPattern<NameIn<S['definition']['actions']>>}`
        : never)
  readonly resource:
    | '*'
    | (S extends unknown
        ? `${ArnStart<S['prefix'], S['definition']>}:${PatternRest<S['definition']>}`
        : never)
}

type ActionPattern<Name extends string> = Name | ActionWildcard<Name>

/** For operators without a set prefix. */
type SingleKeys<S extends Described, T extends ContextKeyType> = Keys<S, T, SingleSpec<T>>

/** For `ForAllValues:` and `ForAnyValue:`. */
type ListKeys<S extends Described, T extends ContextKeyType> = Keys<S, T, `${T} list`>

type Keys<S extends Described, T extends ContextKeyType, Spec extends string> = {
  readonly [K in GlobalKey]?: Wanted<K, (typeof GLOBAL_KEYS)[K], T, Spec>
} & {
  readonly [K in TagKey]: Wanted<K, 'String', T, Spec>
} & {
  readonly [K in OwnKey<S>]?: Wanted<K, OwnSpec<S, K>, T, Spec>
}

/** The values for a key that its operator can ask; else what is wrong, in words. */
type Wanted<
  K extends string,
  Has extends string,
  T extends ContextKeyType,
  Spec extends string,
> = Has extends Spec
  ? T extends 'Bool'
    ? WantedValue['Bool'] // a list of both booleans says nothing
    : OneOrMany<WantedValue[T]>
  : Has extends `${T} list`
    ? `${K} holds a list: ask it with ForAllValues: or ForAnyValue:`
    : Has extends SingleSpec<T>
      ? `${K} holds one value: ask it without ForAllValues: and ForAnyValue:`
      : `${K} is of type ${TypeIn<Has>}: this operator asks keys of type ${T}`

type TypeIn<Spec extends string> = Spec extends `${infer T} ${'list' | 'sensitive'}` ? T : Spec

/** How the catalogue of global keys writes a single-valued key of a type. */
type SingleSpec<T extends ContextKeyType> =
  | T
  | `${T} sensitive`
  | `${T} or ${ContextKeyType}`
  | `${ContextKeyType} or ${T}`

type OwnKey<S extends Described> = S extends unknown
  ? NameIn<S['definition']['conditionKeys']>
  : never

/** A service's own key, written as the catalogue writes it. */
type OwnSpec<S extends Described, K extends string> = S extends unknown
  ? K extends NameIn<S['definition']['conditionKeys']>
    ? SpecOf<NonNullable<S['definition']['conditionKeys']>[K]>
    : never
  : never

type SpecOf<Key extends ConditionKeyDefinition | undefined> = Key extends {
  readonly type: infer T extends string
}
  ? Key extends { readonly multivalued: true }
    ? `${T} list`
    : T
  : Key & string

type SetPrefix = 'ForAllValues:' | 'ForAnyValue:'

/** Base operator → the type of key it asks. */
interface Operators {
  StringEquals: 'String'
  StringNotEquals: 'String'
  StringEqualsIgnoreCase: 'String'
  StringNotEqualsIgnoreCase: 'String'
  StringLike: 'String'
  StringNotLike: 'String'
  NumericEquals: 'Numeric'
  NumericNotEquals: 'Numeric'
  NumericLessThan: 'Numeric'
  NumericLessThanEquals: 'Numeric'
  NumericGreaterThan: 'Numeric'
  NumericGreaterThanEquals: 'Numeric'
  DateEquals: 'Date'
  DateNotEquals: 'Date'
  DateLessThan: 'Date'
  DateLessThanEquals: 'Date'
  DateGreaterThan: 'Date'
  DateGreaterThanEquals: 'Date'
  Bool: 'Bool'
  BinaryEquals: 'Binary'
  IpAddress: 'IP'
  NotIpAddress: 'IP'
  ArnEquals: 'ARN'
  ArnNotEquals: 'ARN'
  ArnLike: 'ARN'
  ArnNotLike: 'ARN'
}
