/**
 * Policies written in the app itself: the same for every caller.
 *
 * Errors  core's `PolicyParseError` (`ERR_POLICY_INVALID`) from {@link documents}, at start-up.
 *
 * @module
 */
import {
  type CompiledPolicy,
  compile,
  type PolicyDocument,
  type PolicyType,
  parsePolicy,
} from '@iamkit/core'
import type { ListPolicySource } from './list-source.js'
import { createReadySet } from './ready-set.js'

/** Policies by policy type, as objects or as JSON text. */
export interface PolicyDocuments {
  readonly identity?: readonly (PolicyDocument | string)[]
  readonly resource?: PolicyDocument | string
  readonly boundary?: PolicyDocument | string
}

/**
 * A policy source for a small app, and for tests.
 *
 * @example
 * ```ts
 * documents({ identity: [{ Statement: { Effect: 'Allow', Action: 'docs:Get*', Resource: '*' } }] })
 * ```
 */
export function documents({ identity, resource, boundary }: PolicyDocuments): ListPolicySource {
  const policies = createReadySet({
    identity: identity?.map((source, i) => compileAs('identity', source, `identity ${i}`)),
    resource: resource === undefined ? undefined : compileAs('resource', resource, 'resource'),
    boundary: boundary === undefined ? undefined : compileAs('boundary', boundary, 'boundary'),
  })
  return Object.assign(() => policies, { forEvery: () => policies })
}

function compileAs(
  type: PolicyType,
  source: PolicyDocument | string,
  name: string,
): CompiledPolicy {
  return compile(parsePolicy(source, { type, name }))
}
