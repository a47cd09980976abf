/**
 * Tags and policies of apps' resources.
 *
 * Shape   a resource is kept as long as it has either.
 * Units   at most 50 tags.
 * Errors  {@link Fault} `ValidationException`, `ResourceNotFoundException`, `MalformedPolicyDocument`.
 *
 * @module
 */
import { type ContextEntries, requestTagEntries, resourceTagEntries } from '@iamkit/core'
import { Fault } from '../fault.js'
import type { Access } from '../operation.js'
import type { AccountDraft, AccountView } from '../state/account-view.js'
import type { ResourceEntity } from '../state/entity.js'
import type { AppsOperations } from './operations.js'
import { checkArn, refused, resourceOf } from './registered-service.js'
import { bindPolicy, policyOf } from './resource-policy.js'
import type { TagMap } from './shapes.js'

export const resources = {
  TagResource: {
    mode: 'write',
    access: ({ resource, tags }, { view }) => leaveFor(view, resource, requestTags(tags)),
    run({ resource, tags }, scope) {
      if (!resourceOf(scope.draft, resource).hasTags)
        throw refused('resources of this type have no tags')
      const entity = entityOf(scope.draft, resource, scope.call.now)
      keep(scope.draft, { ...entity, tags: entriesOf({ ...tagsOf(entity), ...tags }) })
      return {}
    },
  },
  UntagResource: {
    mode: 'write',
    access: ({ resource, tagKeys }, { view }) =>
      leaveFor(view, resource, { 'aws:TagKeys': tagKeys }),
    run({ resource, tagKeys }, scope) {
      const entity = entityOf(scope.draft, resource, scope.call.now)
      const gone = new Set(tagKeys)
      keep(scope.draft, { ...entity, tags: entity.tags.filter(({ Key }) => !gone.has(Key)) })
      return {}
    },
  },
  GetResourceTags: {
    mode: 'read',
    access: ({ resource }, { view }) => leaveFor(view, resource),
    run: ({ resource }, { view }) => ({ resource, tags: tagsOf(view.get('resource', resource)) }),
  },
  PutResourcePolicy: {
    mode: 'write',
    access: ({ resource }, { view }) => leaveFor(view, resource),
    run({ resource, policy }, scope) {
      const { call, draft } = scope
      const bound = bindPolicy(policy, { view: draft, world: call.world })
      keep(draft, { ...entityOf(draft, resource, call.now), ...bound })
      return {}
    },
  },
  GetResourcePolicy: {
    mode: 'read',
    access: ({ resource }, { view }) => leaveFor(view, resource),
    run: ({ resource }, { call, view }) => {
      const entity = view.get('resource', resource)
      const policy = entity && policyOf(entity, { view, world: call.world })
      if (policy === undefined) throw withoutPolicy(resource)
      return { resource, policy }
    },
  },
  DeleteResourcePolicy: {
    mode: 'write',
    access: ({ resource }, { view }) => leaveFor(view, resource),
    run({ resource }, { draft }) {
      const { policy, policyIds, ...entity } =
        draft.get('resource', resource) ?? withoutAnything(resource)
      if (policy === undefined) throw withoutPolicy(resource)
      keep(draft, entity)
      return {}
    },
  },
} satisfies Partial<AppsOperations>

/** By its key, as it was spelled when it was set. */
export function tagsOf(entity: Pick<ResourceEntity, 'tags'> | undefined): TagMap {
  return Object.fromEntries((entity?.tags ?? []).map(({ Key, Value }) => [Key, Value]))
}

/** Asked before it is known whether there is such a service or type: nobody learns of them who has no leave. */
function leaveFor(view: AccountView, arn: string, context: ContextEntries = {}): Access {
  checkArn(arn)
  const tags = tagsOf(view.get('resource', arn))
  return { resource: arn, context: { ...resourceTagEntries(tags), ...context } }
}

/** What a request passes is checked as the evaluator reads it. */
function requestTags(tags: TagMap): ContextEntries {
  if (Object.keys(tags).some((key) => /^aws:/i.test(key))) {
    throw refused('tag keys that begin with aws: are reserved')
  }
  try {
    return requestTagEntries(tags)
  } catch (error) {
    throw refused((error as Error).message)
  }
}

/** Two spellings of one key would be one with two values, which no condition meets. */
function entriesOf(tags: TagMap): ResourceEntity['tags'] {
  requestTags(tags)
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

function entityOf(draft: AccountDraft, id: string, now: Date): ResourceEntity {
  resourceOf(draft, id)
  return draft.get('resource', id) ?? { id, createDate: now.toISOString(), tags: [] }
}

function keep(draft: AccountDraft, entity: ResourceEntity): void {
  const isEmpty = entity.tags.length === 0 && entity.policy === undefined
  if (isEmpty) draft.remove('resource', entity.id)
  else draft.put('resource', entity)
}

function withoutPolicy(resource: string): Fault {
  return new Fault('ResourceNotFoundException', `No policy is associated with ${resource}.`, 404)
}

function withoutAnything(resource: string): never {
  throw withoutPolicy(resource)
}
