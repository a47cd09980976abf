/**
 * Policies written in the app itself: the same for every caller.
 *
 * Errors  core's `PolicyParseError` (`ERR_POLICY_INVALID`) and {@link IamOptionsError}
 *         (`ERR_IAM_OPTIONS_INVALID`) from {@link documents}, at start-up.
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
import { IamOptionsError } from '../errors.js'
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
export function documents(all: PolicyDocuments): ListPolicySource {
  checkTypes(all)
  const { identity, resource, boundary } = all
  const policies = createReadySet({
    identity: identity?.map((source, i) => compileAs('identity', source, `identity ${i}`)),
    resource: resource === undefined ? undefined : compileAs('resource', resource, 'resource'),
    boundary: boundary === undefined ? undefined : compileAs('boundary', boundary, 'boundary'),
  })
  return Object.assign(() => policies, { forEvery: () => policies })
}

const TYPES = ['identity', 'resource', 'boundary']

/** A boundary by another name would bound nothing. */
function checkTypes(all: PolicyDocuments): void {
  const unknown = Object.keys(all).find((type) => !TYPES.includes(type))
  if (unknown !== undefined) {
    const known = 'documents are `identity`, `resource` and `boundary`'
    throw new IamOptionsError(unknown.slice(0, 64), `no policy type of this name; ${known}`)
  }
  if (all.identity !== undefined && !Array.isArray(all.identity)) {
    throw new IamOptionsError('identity', 'must be a list of policies')
  }
}

function compileAs(
  type: PolicyType,
  source: PolicyDocument | string,
  name: string,
): CompiledPolicy {
  return compile(parsePolicy(source, { type, name }))
}
