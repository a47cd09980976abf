/**
 * Users, groups, roles and instance profiles: found by name, and spoken of in AWS's words.
 *
 * Errors  {@link Fault} `NoSuchEntity` from {@link find}, `EntityAlreadyExists` from {@link claim}.
 * Source  IAM API reference; IAM User Guide, "IAM identifiers".
 *
 * @module
 */
import type { ContextEntries } from '@iamkit/core'
import { Fault, missing } from '../fault.js'
import type { Access } from '../operation.js'
import type { AccountView } from '../state/account-view.js'
import { groupArn, instanceProfileArn, type Owner, roleArn, userArn } from '../state/arns.js'
import type { Entities } from '../state/entity.js'
import { resourceTagKeys } from './tags.js'

export type Noun = 'user' | 'group' | 'role' | 'instance-profile'

interface Words {
  readonly arn: (owner: Owner, entity: Entities[Noun]) => string
  readonly absent: (name: string) => string
  readonly taken: (name: string) => string
}

const WORDS: Readonly<Record<Noun, Words>> = {
  user: {
    arn: userArn,
    absent: (name) => `The user with name ${name} cannot be found.`,
    taken: (name) => `User with name ${name} already exists.`,
  },
  group: {
    arn: groupArn,
    absent: (name) => `The group with name ${name} cannot be found.`,
    taken: (name) => `Group with name ${name} already exists.`,
  },
  role: {
    arn: roleArn,
    absent: (name) => `The role with name ${name} cannot be found.`,
    taken: (name) => `Role with name ${name} already exists.`,
  },
  'instance-profile': {
    arn: instanceProfileArn,
    absent: (name) => `Instance Profile ${name} cannot be found.`,
    taken: (name) => `Instance Profile ${name} already exists.`,
  },
}

export function find<K extends Noun>(view: AccountView, kind: K, name: string): Entities[K] {
  const entity = view.named(kind, name)
  if (!entity) throw missing(WORDS[kind].absent(name))
  return entity
}

/** Refuses a name that another one of its kind has, in any letter case. */
export function claim(view: AccountView, kind: Noun, name: string): void {
  if (view.named(kind, name)) throw new Fault('EntityAlreadyExists', WORDS[kind].taken(name), 409)
}

export function arnOf<K extends Noun>(view: AccountView, kind: K, entity: Entities[K]): string {
  return WORDS[kind].arn(view, entity)
}

/** What a new one asks leave for: it has no tags yet but those that the request gives it. */
export function leaveToMake(
  view: AccountView,
  kind: Noun,
  {
    name,
    path = '/',
    context,
  }: { name: string; path?: string | undefined; context?: ContextEntries },
): Access {
  const resource = WORDS[kind].arn(view, { name, path } as Entities[Noun])
  return { resource, ...(context && { context }) }
}

/** What one that is there asks leave for. One that is not there is asked for as if it were at the root path. */
export function leaveFor(
  view: AccountView,
  kind: Noun,
  { name, context }: { readonly name: string; readonly context?: ContextEntries },
): Access {
  const entity = view.named(kind, name)
  if (!entity) return leaveToMake(view, kind, { name, ...(context && { context }) })
  const tags = 'tags' in entity ? resourceTagKeys(entity.tags) : {}
  return { resource: WORDS[kind].arn(view, entity), context: { ...tags, ...context } }
}

/** What a list of them asks leave for: the path of those that are listed. */
export function leaveToList(view: AccountView, kind: Noun, prefix = '/'): Access {
  return leaveToMake(view, kind, { name: '', path: prefix })
}
