/**
 * Policies from the control plane, kept up to date.
 *
 * Shape   a snapshot first, then changes as they happen; where the stream is cut, the snapshot's ETag is asked until it
 *         is back. A decision reads memory and waits for nothing.
 * Units   milliseconds.
 * Errors  {@link PoliciesUnavailableError} (`ERR_POLICIES_UNAVAILABLE`) from the source: there are none yet, or they are
 *         older than the limit. A guard answers 503. {@link ClientOptionsError} (`ERR_CLIENT_OPTIONS_INVALID`) from
 *         {@link remotePolicies}.
 *
 * @module
 */
import { type PolicySet, UntranslatableError } from '@iamkit/core'
import type { CanSnapshot } from '../can/can-snapshot.js'
import { type AnyClient, transportOf } from '../client.js'
import { checkNames, type NamesOf } from '../option-names.js'
import { Follower } from './follower.js'
import type { BookQuestion } from './policy-book.js'
import type { RemoteOptions, RemoteStatus } from './remote-options.js'
import type { TagMap } from './snapshot.js'

export interface RemotePolicies {
  (question: BookQuestion): PolicySet
  /** For lists: throws core's `UntranslatableError` where resources of that form have policies of their own. */
  forEvery(question: BookQuestion): PolicySet
  /** Resolves when there are policies; rejects when the signal ends it. */
  ready(signal?: AbortSignal): Promise<void>
  status(): RemoteStatus
  /** Tags of a resource that the control plane keeps. */
  tagsOf(resource: string): TagMap
  /** What a browser may know of one caller's policies, for `createCan`. */
  snapshotOf(question: BookQuestion): CanSnapshot
  close(): void
}

const NAMES: NamesOf<RemoteOptions> = {
  account: true,
  stalenessLimit: true,
  whenStale: true,
  pollEvery: true,
  keep: true,
  onProblem: true,
  onChange: true,
}

/**
 * A policy source for `createIam`.
 *
 * @example
 * ```ts
 * const policies = remotePolicies(client, { keep: fileCopy('./data/policies.json') })
 * await policies.ready()
 * const iam = createIam({ services: [docs], account, policies, identify })
 * ```
 */
export function remotePolicies(client: AnyClient, options: RemoteOptions = {}): RemotePolicies {
  checkNames('remotePolicies', options, NAMES)
  const follower = new Follower(transportOf(client), options)
  const find = (question: BookQuestion) => follower.book().find(question)
  return Object.assign(find, {
    forEvery: (question: BookQuestion) => {
      const other = follower.book().findPolicyUnder(question.resource)
      if (other === undefined) return find(question)
      throw new UntranslatableError(`\`${other}\` has a policy of its own`)
    },
    ready: (signal?: AbortSignal) => follower.ready(signal),
    status: () => follower.status(),
    tagsOf: (resource: string) => follower.book().tagsOf(resource) ?? {},
    snapshotOf: (question: BookQuestion) => follower.book().snapshotOf(question),
    close: () => follower.close(),
  })
}
