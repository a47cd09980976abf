/**
 * What every service has, whatever its actions: for code that takes services it does not know.
 *
 * Shape   every `Service` is an {@link AnyService}.
 * Errors  `RequestError` (`ERR_REQUEST_INVALID`) from the ARN builders.
 * Source  Specification 1.5, 1.6 and 4.3.
 *
 * @module
 */
import type { ContextKeyInfo } from '../policy/context-key.js'
import type { ActionInfo } from './action-info.js'
import type { Described } from './definition.js'
import type { JsonSchema } from './policy-schema.js'
import type { ResourceMatch } from './resource-arn.js'

export interface AnyService extends Described {
  /** Every action, prefix included, in the order of the definition. */
  readonly actions: readonly string[]
  /** By resource type: puts an account and parameters together. Refuses what would widen the ARN. */
  readonly arn: Readonly<Record<string, AnyArnBuilder>>
  /** The resource that an ARN names; undefined for an ARN that no builder here would build. */
  match(arn: string): ResourceMatch | undefined
  /** In any letter case; undefined for an action that the service does not have. */
  actionInfo(action: string): ActionInfo | undefined
  /** One of the service's own condition keys or of the global ones, in any letter case. */
  keyInfo(key: string): ContextKeyInfo | undefined
  /** JSON Schema (draft 2020-12) for policy files that speak of this service alone. */
  jsonSchema(): JsonSchema
}

/** A method, so that builders of particular parts are builders of any parts. */
export type AnyArnBuilder = {
  build(parts: Readonly<Record<string, string>>): string
}['build']
