/**
 * Who calls: what an authenticator makes of a request.
 *
 * Shape   an {@link Authenticator} answers an {@link Identity}, nothing where the request carries no
 *         credentials, or a {@link CredentialProblem} where it carries bad ones. It throws where it
 *         cannot tell, because the key server is down for example: the request is refused with 503.
 * Errors  core's `RequestError` (`ERR_REQUEST_INVALID`) from {@link checkIdentity}.
 * Source  RFC 6750, section 3; specification 4.1 and 4.2.
 *
 * @module
 */
import {
  type ContextEntries,
  type PrincipalAttributes,
  RequestError,
  type RequestPrincipal,
} from '@iamkit/core'
import { fieldsOf, foreignField } from '../option-kinds.js'
import type { HttpRequest } from '../request.js'

/** A caller, and what is known of it: its tags, its login. */
export interface Identity extends PrincipalAttributes {
  readonly principal: RequestPrincipal
  /** Names of the groups that a user is in: policies may be attached to them. */
  readonly groups?: readonly string[] | undefined
  /** The texts of the policies that the session was made with. A policy source that knows none of them is refused. */
  readonly sessionPolicies?: readonly string[] | undefined
  /** Keys that the identity provider vouches for, such as `login.example.com:sub`. Keys of `aws:` are not taken from here. */
  readonly providerKeys?: ContextEntries | undefined
}

/** Credentials that do not hold. */
export interface CredentialProblem {
  /** `invalid_request`: malformed, answered with 400. `invalid_token`: answered with 401. */
  readonly problem: 'invalid_request' | 'invalid_token'
  /** For the caller: ASCII without quotes and backslashes, and nothing secret. */
  readonly description: string
  /** The challenge that belongs to these credentials. Absent: the authenticator's first. */
  readonly challenge?: string
}

export type Identification = Identity | CredentialProblem | undefined | null

export interface Authenticator {
  (request: HttpRequest): Identification | Promise<Identification>
  /** The challenge of a 401, such as `Bearer realm="docs"`, or one for each way to sign in. Absent: `Bearer`. */
  readonly challenge?: string | readonly string[]
}

const FIELDS = fieldsOf<Identity>({
  principal: true,
  tags: true,
  groups: true,
  userId: true,
  tokenIssueTime: true,
  multiFactorAuth: true,
  sourceIdentity: true,
  federatedProvider: true,
  organization: true,
  sessionPolicies: true,
  providerKeys: true,
})

/** What is wrong with an authenticator's answer. */
export function answerProblem(found: object): string | undefined {
  if (typeof found === 'object' && 'problem' in found) return undefined
  const problem = identityProblem(found)
  return problem && `an authenticator must answer \`{ principal, tags }\` or undefined: ${problem}`
}

/**
 * What is wrong with an identity: a principal without its wrapping, one of its parts missing, or tags by another name,
 * which no Deny would see.
 */
function identityProblem(identity: unknown): string | undefined {
  const { principal, groups, sessionPolicies } = Object(identity) as Partial<Identity>
  if (typeof principal !== 'object' || principal === null) return 'it has no `principal`'
  const foreign = foreignField(identity as object, FIELDS)
  if (foreign !== undefined) return `\`${foreign}\` is none of ${[...FIELDS].join(', ')}`
  if (!isTexts(groups)) return '`groups` is a list of names'
  if (!isTexts(sessionPolicies)) return '`sessionPolicies` is a list of texts'
  return principalProblem(principal)
}

/** Refuses an identity that the app's own code gives. */
export function checkIdentity(identity: unknown): void {
  const problem = identityProblem(identity)
  if (problem !== undefined) throw new RequestError('identity', problem)
}

/** One caller of each type, with all that such a caller must have. */
const SAMPLES: Readonly<Record<RequestPrincipal['type'], Readonly<Record<string, string>>>> = {
  user: { account: 'acme', arn: 'arn:aws:iam::acme:user/ann' },
  'role-session': {
    account: 'acme',
    arn: 'arn:aws:sts::acme:assumed-role/editor/ann',
    roleArn: 'arn:aws:iam::acme:role/editor',
  },
  'federated-user': {
    account: 'acme',
    arn: 'arn:aws:sts::acme:federated-user/bob',
    userArn: 'arn:aws:iam::acme:user/ann',
  },
  root: { account: 'acme', arn: 'arn:aws:iam::acme:root' },
  service: { service: 'backup.amazonaws.com' },
  'federated-caller': { provider: 'login.example.com' },
  anonymous: {},
}

type FieldOf<Principal> = Principal extends unknown ? keyof Principal : never

const PRINCIPAL_FIELDS = fieldsOf<Record<FieldOf<RequestPrincipal>, unknown>>({
  type: true,
  account: true,
  arn: true,
  id: true,
  managementAccount: true,
  roleArn: true,
  serviceLinkedRole: true,
  userArn: true,
  service: true,
  provider: true,
})

function principalProblem(principal: RequestPrincipal): string | undefined {
  const { type } = principal
  const sample = Object.hasOwn(SAMPLES, type) ? SAMPLES[type] : undefined
  if (sample === undefined) return `\`principal.type\` is one of ${Object.keys(SAMPLES).join(', ')}`
  const given = principal as object as Readonly<Record<string, unknown>>
  for (const field in sample) {
    if (typeof given[field] === 'string' && given[field] !== '') continue
    return `its principal, of type \`${type}\`, has no \`${field}\`, such as \`${sample[field]}\``
  }
  const foreign = foreignField(principal, PRINCIPAL_FIELDS)
  return foreign && `\`${foreign}\` is no part of a principal: put it beside \`principal\``
}

function isTexts(list: unknown): boolean {
  if (list === undefined) return true
  return Array.isArray(list) && list.every((text) => typeof text === 'string')
}
