/**
 * The tags of a session: those that are passed, and those that a chain of roles hands on.
 *
 * Errors  {@link Fault} `InvalidParameterValue` 400 from {@link readSessionTags}.
 * Source  Specification 5.10; IAM User Guide, "Pass session tags in AWS STS".
 *
 * @module
 */
import { type ContextEntries, requestTagEntries } from '@iamkit/core'
import type { Session } from '../authenticate/caller.js'
import { Fault } from '../fault.js'
import type { TagEntry } from '../state/entity.js'

export interface PassedTags {
  readonly Tags?: readonly TagEntry[] | undefined
  readonly TransitiveTagKeys?: readonly string[] | undefined
}

export interface SessionTags {
  /** Passed with this request: it needs leave for `sts:TagSession`. */
  readonly isPassed: boolean
  /** Handed on by the calling session. */
  readonly inherited: Readonly<Record<string, string>>
  /** What the new session bears; undefined where there are none. */
  readonly tags: Readonly<Record<string, string>> | undefined
  readonly transitiveKeys: readonly string[] | undefined
  /** Keys of the request. */
  readonly context: ContextEntries
}

export function readSessionTags(passed: PassedTags, session?: Session): SessionTags {
  const { Tags = [], TransitiveTagKeys = [] } = passed
  const inherited = handedOn(session)
  checkTags(Tags, TransitiveTagKeys, inherited)
  const own = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
  const tags = { ...inherited, ...own }
  const transitive = [...Object.keys(inherited), ...TransitiveTagKeys]
  return {
    isPassed: Tags.length > 0 || TransitiveTagKeys.length > 0,
    inherited,
    tags: Object.keys(tags).length > 0 ? tags : undefined,
    transitiveKeys: transitive.length > 0 ? transitive : undefined,
    context: { ...requestTagEntries(own), 'sts:TransitiveTagKeys': transitive },
  }
}

function handedOn(session: Session | undefined): Readonly<Record<string, string>> {
  const keys = new Set((session?.transitiveKeys ?? []).map((key) => key.toLowerCase()))
  const tags = Object.entries(session?.tags ?? {})
  return Object.fromEntries(tags.filter(([key]) => keys.has(key.toLowerCase())))
}

function checkTags(
  tags: readonly TagEntry[],
  transitive: readonly string[],
  inherited: Readonly<Record<string, string>>,
): void {
  const keys = tags.map(({ Key }) => Key.toLowerCase())
  if (new Set(keys).size < keys.length) {
    throw refused('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (keys.some((key) => key.startsWith('aws:') || key === '__proto__')) {
    throw refused('Tag keys beginning with aws: are reserved for system use.')
  }
  if (Object.keys(inherited).some((key) => keys.includes(key.toLowerCase()))) {
    throw refused(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  if (!transitive.every((key) => keys.includes(key.toLowerCase()))) {
    throw refused('The specified transitive tag key must be included in the requested tags.')
  }
}

function refused(message: string): Fault {
  return new Fault('InvalidParameterValue', message, 400)
}
