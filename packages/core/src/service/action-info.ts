/**
 * What a guard needs to know of an action before any request comes.
 *
 * Shape   {@link actionInfos} gives one {@link ActionInfo} an action, in the order of the definition.
 * Errors  None: the definition is checked.
 * Source  Service Authorization Reference, "Actions, resources, and condition keys".
 *
 * @module
 */
import { parseTemplate, templateParams } from './arn-template.js'
import type { AccessLevel, Described, ResourceDefinition } from './definition.js'

/** What is known of a resource type. */
export interface ResourceInfo {
  readonly resourceType: string
  /** What an ARN needs beside the account, in the order of the template. */
  readonly params: readonly string[]
  readonly hasTags: boolean
  /** As a request to `evaluate` takes it. */
  readonly trust: 'implicit' | 'explicit'
}

/** What is known of an action. */
export interface ActionInfo {
  /** Prefix included, spelled as defined. */
  readonly action: string
  readonly access: AccessLevel
  /** Absent: the action is evaluated on `*`. */
  readonly resource?: ResourceInfo
  readonly takesRequestTags: boolean
  /** The service's own condition keys that a request sends. */
  readonly keys: readonly string[]
}

/** By action in lower case, as actions are compared. */
export function actionInfos({ prefix, definition }: Described): ReadonlyMap<string, ActionInfo> {
  const { resources = {}, actions } = definition
  const infos = Object.entries(actions).map(([name, action]): [string, ActionInfo] => {
    const { resource, access, requestTags = false, keys = [] } = action
    const defined = resource === undefined ? undefined : resources[resource]
    const info = {
      action: `${prefix}:${name}`,
      access,
      ...(resource && defined && { resource: resourceInfo(resource, defined) }),
      takesRequestTags: requestTags,
      keys,
    }
    return [info.action.toLowerCase(), Object.freeze(info)]
  })
  return new Map(infos)
}

function resourceInfo(resourceType: string, definition: ResourceDefinition): ResourceInfo {
  return Object.freeze({
    resourceType,
    params: Object.freeze(templateParams(parseTemplate(definition.arn))),
    hasTags: definition.tags ?? false,
    trust: definition.trust ?? 'implicit',
  })
}
