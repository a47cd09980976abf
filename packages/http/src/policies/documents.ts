/**
 * Policies written in the app itself: the same for every caller.
 *
 * Errors  core's `PolicyParseError` (`ERR_POLICY_INVALID`) from {@link documents}, and {@link IamOptionsError}
 *         (`ERR_IAM_OPTIONS_INVALID`) from it and from `useServices`, at start-up.
 *
 * @module
 */
import {
  type AnyService,
  type CompiledPolicy,
  compile,
  createPolicySet,
  type PolicyDocument,
  type PolicyType,
  parsePolicy,
} from '@iamkit/core'
import { IamOptionsError } from '../errors.js'
import { checkKinds, type KindsOf } from '../option-kinds.js'
import type { KnownServices } from './check-actions.js'
import { policyProblems } from './check-policy.js'
import type { ListPolicySource } from './list-source.js'

/** Policies by policy type, as objects or as JSON text. */
export interface PolicyDocuments {
  readonly identity?: readonly (PolicyDocument | string)[]
  readonly resource?: PolicyDocument | string
  readonly boundary?: PolicyDocument | string
}

export interface DocumentsOptions {
  /** Prefixes of services that are not this app's, but of which its policies may speak too. */
  readonly otherServices?: readonly string[]
}

/** A boundary by another name would bound nothing. */
const TYPES: KindsOf<PolicyDocuments> = { identity: 'list', resource: 'any', boundary: 'any' }
const KINDS: KindsOf<DocumentsOptions> = { otherServices: 'list' }

/**
 * A policy source for a small app, and for tests.
 *
 * @example
 * ```ts
 * documents({ identity: [{ Statement: { Effect: 'Allow', Action: 'docs:Get*', Resource: '*' } }] })
 * ```
 */
export function documents(all: PolicyDocuments, options: DocumentsOptions = {}): ListPolicySource {
  checkKinds('`documents`', all, TYPES)
  checkKinds('`documents`', options, KINDS)
  const { identity, resource, boundary } = all
  const compiled = {
    identity: identity?.map((source, i) => compileAs('identity', source, `identity ${i}`)),
    resource: resource === undefined ? undefined : compileAs('resource', resource, 'resource'),
    boundary: boundary === undefined ? undefined : compileAs('boundary', boundary, 'boundary'),
  }
  const policies = createPolicySet(compiled)
  const others = (options.otherServices ?? []).map((prefix) => prefix.toLowerCase())
  let services: readonly AnyService[] = []
  return Object.assign(() => policies, {
    forEvery: () => policies,
    useServices: (more: readonly AnyService[]) => {
      services = [...services, ...more]
      checkPolicies(Object.values(compiled).flat(), { services, others })
    },
  })
}

/** A misspelt action, resource or key would allow nothing, and in a Deny deny nothing. */
function checkPolicies(
  policies: readonly (CompiledPolicy | undefined)[],
  known: KnownServices,
): void {
  const [first, ...more] = policies.flatMap((policy) =>
    policy ? policyProblems(policy.source.name ?? '', policy, known) : [],
  )
  if (first === undefined) return
  const also = more.length > 0 ? `; and ${more.length} more` : ''
  throw new IamOptionsError('policies', `${first.file}, ${first.pointer}: ${first.message}${also}`)
}

function compileAs(
  type: PolicyType,
  source: PolicyDocument | string,
  name: string,
): CompiledPolicy {
  return compile(parsePolicy(source, { type, name }))
}
