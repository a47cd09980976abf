/**
 * The types of a service's ARNs, read out of its templates.
 *
 * Shape   `arn:partition:prefix:region:account:`, then the template with its placeholders filled.
 * Errors  None: types only.
 * Source  Specification 1.6.
 *
 * @module
 */
import type { NameIn, ServiceDefinition } from './definition.js'

/** The values that a template's placeholders stand for. */
export type TemplateParams<T extends string> = { readonly [N in Placeholder<T>]: string }

/** What an ARN builder takes: the owning account and the template's parameters. */
export type ArnParts<T extends string> = { readonly account: string } & TemplateParams<T>

/** Builds ARNs of one resource type; a literal type comes out where literals go in. */
export type ArnBuilder<P extends string, D extends ServiceDefinition, T extends string> = {
  // A method, so that every service's builders are also builders that take any parts.
  build<const Parts extends ArnParts<T>>(
    parts: Parts,
  ): ArnText<P, D, `${Parts['account']}:${Filled<T, Parts>}`>
}['build']

/** The text of an ARN of this service; `Rest` is what follows the region. */
export type ArnText<
  P extends string,
  D extends ServiceDefinition,
  Rest extends string,
> = `${ArnStart<P, D>}:${NonNullable<D['region']>}:${Rest}`

/** What a pattern may have after the service: a resource type, or a `*` in its place. */
export type PatternRest<D extends ServiceDefinition> =
  | '*'
  | `${string}:${string}:${TypeStart<D, NameIn<D['resources']>>}${string}`

/** Everything before the region. */
export type ArnStart<
  P extends string,
  D extends ServiceDefinition,
> = `arn:${NonNullable<D['partition']>}:${P}`

/** The template of a resource type. */
export type TemplateOf<D extends ServiceDefinition, R extends string> = NonNullable<
  D['resources']
>[R]['arn']

/** A template with its placeholders filled; a part that is not given is any text. */
export type Filled<
  T extends string,
  Parts = object,
> = T extends `${infer Before}{${infer N}}${infer Rest}`
  ? `${Before}${N extends keyof Parts ? Parts[N] & string : string}${Filled<Rest, Parts>}`
  : T

type TypeStart<D extends ServiceDefinition, R extends string> =
  | '*'
  | (R extends unknown ? BeforeBrace<TemplateOf<D, R>> : never)

type BeforeBrace<T extends string> = T extends `${infer Start}{${string}` ? Start : T

type Placeholder<T extends string> = string extends T
  ? string
  : T extends `${string}{${infer N}}${infer Rest}`
    ? N | Placeholder<Rest>
    : never
