/**
 * The policies of a simulation: a principal's own, and those that the request brings.
 *
 * Shape   each has a name of its own in explanations; {@link sourceId} says what answers call it.
 * Errors  {@link Fault} `InvalidInput` for a document that cannot be read, `NoSuchEntity`.
 * Source  IAM API reference, SimulatePrincipalPolicy and SimulateCustomPolicy.
 *
 * @module
 */
import { type CompiledPolicy, compile, type PolicyType, parsePolicy } from '@iamkit/core'
import { compiledDocument, type NamedDocument } from '../authorize/compiled-document.js'
import {
  type CarriedDocuments,
  groupDocuments,
  roleDocuments,
  userDocuments,
} from '../authorize/documents-of.js'
import { Fault, missing } from '../fault.js'
import type { AccountView } from '../state/account-view.js'
import type { GroupEntity, RoleEntity, UserEntity } from '../state/entity.js'
import { arnOf } from './named.js'

/** Whose policies are simulated. */
export type Source =
  | { readonly kind: 'user'; readonly entity: UserEntity }
  | { readonly kind: 'group'; readonly entity: GroupEntity }
  | { readonly kind: 'role'; readonly entity: RoleEntity }

export interface SimulatedPolicies {
  readonly identity: readonly CompiledPolicy[]
  readonly boundary?: CompiledPolicy
  readonly resource?: CompiledPolicy
}

export interface Exclusion {
  readonly PolicyArn?: string | undefined
  readonly PolicyType?: string | undefined
  readonly InlinePolicyIdentifier?:
    | {
        readonly PolicyName: string
        readonly AttachmentType: string
        readonly AttachmentName: string
      }
    | undefined
}

export interface PolicyInput {
  readonly PolicyInputList?: readonly string[] | undefined
  readonly PermissionsBoundaryPolicyInputList?: readonly string[] | undefined
  readonly PolicyExclusionList?: readonly Exclusion[] | undefined
  readonly ResourcePolicy?: string | undefined
}

export function lookUpSource(view: AccountView, arn: string): Source | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  for (const kind of ['user', 'group', 'role'] as const) {
    const entity = view.named(kind, name)
    if (entity && arnOf(view, kind, entity) === arn) return { kind, entity } as Source
  }
  return undefined
}

export function findSource(view: AccountView, arn: string): Source {
  const source = lookUpSource(view, arn)
  if (!source) throw missing(`The entity with ARN ${arn} cannot be found.`)
  return source
}

/** Policies of the source and those that the request adds; a boundary of the request stands for the source's own. */
export function simulatedPolicies(
  view: AccountView,
  source: Source | undefined,
  input: PolicyInput,
): SimulatedPolicies {
  checkSize(input)
  const carried = source ? carriedBy(view, source) : { identity: [] }
  const excluded = (input.PolicyExclusionList ?? []).map(exclusionOf)
  const isKept = (document: NamedDocument) => !excluded.some((test) => test(document))
  const boundary = boundaryOf(carried, input)
  return {
    identity: [
      ...carried.identity.filter(isKept).map(compiledDocument),
      ...inputPolicies('PolicyInputList', input.PolicyInputList, 'identity'),
    ],
    ...(boundary && { boundary }),
    ...(input.ResourcePolicy !== undefined && {
      resource: inputPolicy('ResourcePolicy', input.ResourcePolicy, 'resource'),
    }),
  }
}

/** Characters of all policies that a request brings: far more than a user may have. */
const MOST_TEXT = 262_144

function checkSize(input: PolicyInput): void {
  const { PolicyInputList = [], PermissionsBoundaryPolicyInputList = [], ResourcePolicy } = input
  const texts = [...PolicyInputList, ...PermissionsBoundaryPolicyInputList, ResourcePolicy ?? '']
  const size = texts.reduce((sum, text) => sum + text.length, 0)
  if (size > MOST_TEXT)
    throw invalidInput(
      `The policies of a simulation have at most ${MOST_TEXT} characters together.`,
    )
}

/** A page is shorter where policies are long, so that nobody keeps the server busy with one call. */
export function mostItems({ identity, boundary, resource }: SimulatedPolicies): number {
  const statements = [...identity, boundary, resource].reduce(
    (sum, policy) => sum + (policy?.source.statements.length ?? 0),
    0,
  )
  return Math.max(1, Math.floor(MOST_STATEMENTS / Math.max(1, statements)))
}

/** That one answer asks. */
const MOST_STATEMENTS = 20_000

/** What AWS's answers call a policy. */
export function sourceId(name: string): string {
  if (name.startsWith('arn:')) return name.slice(name.lastIndexOf('/') + 1)
  return name.replace('/', '_').replace(' inline ', '_')
}

function carriedBy(view: AccountView, source: Source): CarriedDocuments {
  switch (source.kind) {
    case 'user':
      return userDocuments(view, source.entity)
    case 'group':
      return groupDocuments(view, source.entity)
    case 'role':
      return roleDocuments(view, source.entity)
  }
}

function boundaryOf(
  { boundary }: CarriedDocuments,
  { PermissionsBoundaryPolicyInputList: list = [] }: PolicyInput,
): CompiledPolicy | undefined {
  if (list.length > 1)
    throw invalidInput('PermissionsBoundaryPolicyInputList holds more than one policy.')
  const [given] = inputPolicies('PermissionsBoundaryPolicyInputList', list, 'boundary')
  return given ?? (boundary && compiledDocument(boundary))
}

function exclusionOf(exclusion: Exclusion): (document: NamedDocument) => boolean {
  const { PolicyArn, PolicyType, InlinePolicyIdentifier: inline } = exclusion
  if (PolicyType !== undefined)
    throw invalidInput('PolicyExclusionList: policies are excluded by ARN or by inline name only.')
  if (!inline) return ({ name }) => name === PolicyArn
  const { AttachmentType, AttachmentName, PolicyName } = inline
  const excluded = `${AttachmentType.toLowerCase()}/${AttachmentName} inline ${PolicyName}`
  return ({ name }) => name === excluded
}

function inputPolicies(
  member: string,
  texts: readonly string[] = [],
  type: PolicyType,
): readonly CompiledPolicy[] {
  return texts.map((text, index) => inputPolicy(`${member}.${index + 1}`, text, type))
}

/** Not kept: nobody asks for it again. */
function inputPolicy(name: string, text: string, type: PolicyType): CompiledPolicy {
  try {
    return compile(parsePolicy(text, { type, name, quotas: false }))
  } catch (error) {
    throw invalidInput((error as Error).message)
  }
}

export function invalidInput(message: string): Fault {
  return new Fault('InvalidInput', message, 400)
}
