/**
 * The tags of IAM's own resources: in requests, on resources, and as context keys.
 *
 * Shape   a key is compared without regard to case, and kept as it was written first to last.
 * Units   at most 50 tags a resource.
 * Errors  {@link Fault} `InvalidInput` for doubles and keys that no tag has, `LimitExceeded` for too many.
 * Source  IAM User Guide, "Tags for IAM resources"; the sentence about doubles is AWS's own. That CreateRole with tags is
 *         refused for want of `iam:TagRole` is what installers of clusters on AWS report.
 *
 * @module
 */
import { type ContextEntries, requestTagEntries, resourceTagEntries } from '@iamkit/core'
import { Fault } from '../fault.js'
import type { Access } from '../operation.js'
import type { TagEntry } from '../state/entity.js'

const MAX_TAGS = 50

/** The context keys of the tags that a request passes; refuses those that no resource may have. */
export function requestTagKeys(tags: readonly TagEntry[] = []): ContextEntries {
  checkKeys(tags.map(({ Key }) => Key))
  try {
    return requestTagEntries(asMap(tags))
  } catch (error) {
    throw new Fault('InvalidInput', (error as Error).message, 400)
  }
}

/**
 * Who makes a thing with tags asks leave to tag it too: else tags that policies go by were for everybody to choose.
 * They are tags of the request, and of the thing already.
 *
 * @param action such as `iam:TagRole`
 */
export function leaveToTag(
  made: Access,
  action: string,
  tags: readonly TagEntry[] = [],
): readonly Access[] {
  if (tags.length === 0) return [made]
  const context = { ...requestTagKeys(tags), ...resourceTagKeys(tags), ...made.context }
  const tagged = { ...made, context }
  return [tagged, { ...tagged, action }]
}

/** The context key of a request that names tags only to remove them. */
export function tagKeysKey(keys: readonly string[]): ContextEntries {
  return { 'aws:TagKeys': keys }
}

/** The context keys of a resource's tags: AWS knows them by two names. */
export function resourceTagKeys(tags: readonly TagEntry[]): ContextEntries {
  const entries = Object.entries(resourceTagEntries(asMap(tags)))
  const twice = entries.flatMap(([key, value]) => [
    [key, value],
    [key.replace(/^aws:/, 'iam:'), value],
  ])
  return Object.fromEntries(twice)
}

/**
 * A key in another letter case is the same tag: who changes it by that is asked about the key that is there too.
 *
 * @param there keys of the tags that are changed
 */
export function withKeysThere(
  { context = {}, ...access }: Access,
  there: readonly string[] = keysOfResource(context),
): Access {
  const asked = [context['aws:TagKeys'] ?? []].flat().map(String)
  if (asked.length === 0) return { ...access, context }
  const meant = new Set(asked.map((key) => key.toLowerCase()))
  const same = there.filter((key) => meant.has(key.toLowerCase()))
  return { ...access, context: { ...context, 'aws:TagKeys': [...new Set([...asked, ...same])] } }
}

const RESOURCE_TAG = 'aws:ResourceTag/'

function keysOfResource(context: ContextEntries): readonly string[] {
  const keys = Object.keys(context).filter((key) => key.startsWith(RESOURCE_TAG))
  return keys.map((key) => key.slice(RESOURCE_TAG.length))
}

/** Adds tags to those that are there; a key that is there gets its new value. */
export function addTags(
  tags: readonly TagEntry[],
  added: readonly TagEntry[] = [],
): readonly TagEntry[] {
  checkKeys(added.map(({ Key }) => Key))
  const merged = new Map(tags.map((tag) => [tag.Key.toLowerCase(), tag]))
  for (const { Key, Value } of added) merged.set(Key.toLowerCase(), { Key, Value })
  if (merged.size > MAX_TAGS)
    throw new Fault(
      'LimitExceeded',
      `The number of tags has reached the maximum limit of ${MAX_TAGS}.`,
      409,
    )
  return [...merged.values()]
}

export function removeTags(
  tags: readonly TagEntry[],
  keys: readonly string[],
): readonly TagEntry[] {
  const removed = new Set(keys.map((key) => key.toLowerCase()))
  return tags.filter(({ Key }) => !removed.has(Key.toLowerCase()))
}

/** As an answer has them: left out where there are none. */
export function shownTags(tags: readonly TagEntry[]): { readonly Tags?: readonly TagEntry[] } {
  return tags.length > 0 ? { Tags: tags } : {}
}

function checkKeys(keys: readonly string[]): void {
  if (new Set(keys.map((key) => key.toLowerCase())).size < keys.length)
    throw new Fault(
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      400,
    )
  if (keys.some((key) => key.toLowerCase().startsWith('aws:')))
    throw new Fault('InvalidInput', 'System tags cannot be added/updated/removed.', 400)
}

function asMap(tags: readonly TagEntry[]): ReadonlyMap<string, string> {
  return new Map(tags.map(({ Key, Value }) => [Key, Value]))
}
