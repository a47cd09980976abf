/**
 * An app's own service: from one definition come typed actions, ARNs, policies and an editor schema.
 *
 * Shape   {@link defineService} takes a prefix and a definition, and freezes what it gives.
 * Units   lengths count UTF-16 code units: an ARN has at most 2048, a part of it at most 256.
 * Errors  {@link ServiceError} (`ERR_SERVICE_INVALID`) from {@link defineService};
 *         {@link RequestError} (`ERR_REQUEST_INVALID`) from the ARN builders, with the part as key.
 * Source  Specification 1.5, 1.6, 2 and 4.3.
 *
 * @module
 */
import { contextKeyInfo } from '../policy/context-key.js'
import { actionInfos } from './action-info.js'
import type { AnyArnBuilder, AnyService } from './any-service.js'
import { checkDefinition } from './check-definition.js'
import type {
  Actions,
  ConditionKeys,
  Described,
  NameIn,
  Resources,
  ServiceDefinition,
} from './definition.js'
import { ownKeys } from './own-key.js'
import { policySchema } from './policy-schema.js'
import { buildArn, matchArn, type ServiceArns, serviceArns } from './resource-arn.js'
import type { ArnBuilder, TemplateOf, TemplateParams } from './typed-arn.js'
import type { TypedPolicy, TypedStatement } from './typed-policy.js'

/** A service with its own types. */
export interface Service<P extends string, D extends ServiceDefinition> extends AnyService {
  readonly prefix: P
  readonly definition: D
  readonly actions: readonly `${P}:${NameIn<D['actions']>}`[]
  readonly arn: {
    readonly [R in NameIn<D['resources']>]: ArnBuilder<P, D, TemplateOf<D, R>>
  }
  match(arn: string): MatchIn<D> | undefined
  /** Checks a policy in the editor, and gives it back; statements alone become a whole document. */
  policy(
    policy: TypedPolicy<Described<P, D>> | readonly TypedStatement<Described<P, D>>[],
  ): TypedPolicy<Described<P, D>>
}

/**
 * Defines a service.
 *
 * @example
 * ```ts
 * const docs = defineService('docs', {
 *   resources: { document: { arn: 'folder/{folderId}/document/{documentId}', tags: true } },
 *   conditionKeys: { 'docs:Classification': 'String' },
 *   actions: { GetDocument: { resource: 'document', access: 'Read' } },
 * })
 * docs.arn.document({ account: 'acme', folderId: 'f1', documentId: 'd1' })
 * // 'arn:aws:docs::acme:folder/f1/document/d1'
 * ```
 */
export function defineService<
  const P extends string,
  const R extends Resources = Readonly<Record<never, never>>,
  const K extends ConditionKeys = Readonly<Record<never, never>>,
  const A extends Actions<NameIn<R>, NameIn<K>> = Readonly<Record<never, never>>,
  const Partition extends string = 'aws',
  const Region extends string = '',
>(
  prefix: P,
  definition: ServiceDefinition<R, K & Prefixed<P, K>, A, Partition, Region>,
): Service<P, ServiceDefinition<R, K, A, Partition, Region>> {
  const described = { prefix, definition: frozenCopy(definition) }
  checkDefinition(prefix, described.definition)
  const arns = serviceArns(described)
  const actions = actionInfos(described)
  const keys = new Map(ownKeys(described.definition).map((info) => [info.key.toLowerCase(), info]))
  const service: AnyService & { policy(policy: unknown): unknown } = {
    ...described,
    actions: Object.freeze(Array.from(actions.values(), ({ action }) => action)),
    arn: builders(arns),
    match: (arn) => matchArn(arns, arn),
    actionInfo: (action) => actions.get(action.toLowerCase()),
    keyInfo: (key) => keys.get(key.toLowerCase()) ?? contextKeyInfo(key),
    policy: (policy) =>
      Array.isArray(policy) ? { Version: '2012-10-17', Statement: policy } : policy,
    jsonSchema: () => policySchema([described]),
  }
  return Object.freeze(service) as unknown as Service<
    P,
    ServiceDefinition<R, K, A, Partition, Region>
  >
}

type MatchIn<D extends ServiceDefinition> = {
  [R in NameIn<D['resources']>]: {
    readonly resourceType: R
    readonly account: string
    readonly params: TemplateParams<TemplateOf<D, R>>
  }
}[NameIn<D['resources']>]

/** Gives a key without the service's prefix a type that no definition has, and that says why. */
type Prefixed<P extends string, K> = {
  readonly [Key in keyof K as string extends Key
    ? never
    : Key extends `${P}:${string}`
      ? never
      : Key]: Mistake<`a condition key of ${P} begins with ${P}:`>
}

declare const mistake: unique symbol
interface Mistake<Message extends string> {
  readonly [mistake]: Message
}

function builders({ start, templates }: ServiceArns): Readonly<Record<string, AnyArnBuilder>> {
  const byType: Record<string, AnyArnBuilder> = Object.create(null)
  for (const [type, template] of templates) {
    byType[type] = (parts) => buildArn(start, template, parts)
  }
  return Object.freeze(byType)
}

/** A copy that nobody can change, so that what was checked is what is used. */
function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  const copy = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozenCopy(item)]))
  return Object.freeze(copy) as T
}
