/**
 * Puts into the control plane what the app needs there, through the official AWS SDK.
 *
 * Shape   what is missing is made; what is there is left as it is, so that a policy that somebody has changed stays
 *         changed. Only trust policies are put anew: the issuer's port may be another.
 * Errors  The SDK's, of what the control plane refuses.
 *
 * @module
 */
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { type Credentials, createClient } from '@iamkit/client'
import type { RootCredentials } from '@iamkit/server'
import { docs } from '../docs.js'
import { CLIENT_ID } from '../issuer.js'
import { type AccountPlan, APP, APP_POLICY, type RolePlan } from './blueprint.js'

export interface Admin {
  readonly endpoint: string
  readonly root: RootCredentials
}

/** Tells the control plane of the app's service, and of folders that have a policy of their own. */
export async function registerDocs(admin: Admin, plan: AccountPlan): Promise<void> {
  const client = createClient<typeof docs>({ endpoint: admin.endpoint, credentials: admin.root })
  await client.registerService(docs)
  for (const { name, text } of plan.folderPolicies) {
    const resource = docs.arn.folder({ account: plan.account, folderId: name })
    await client.putResourcePolicy({ resource, policy: text })
  }
}

/** @param issuer the issuer's address, without its scheme */
export async function setUpAccount(admin: Admin, plan: AccountPlan, issuer: string): Promise<void> {
  const iam = clientOf(admin)
  const provider = { Url: `https://${issuer}`, ClientIDList: [CLIENT_ID] }
  await isMade(iam.send(new CreateOpenIDConnectProviderCommand(provider)))
  for (const { name, text } of plan.managed) {
    await isMade(iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: text })))
  }
  for (const role of plan.roles) {
    if (!(await makeRole(iam, role, plan.account))) continue
    for (const name of plan.everyone) {
      const PolicyArn = arnOf(plan.account, name)
      await iam.send(new AttachRolePolicyCommand({ RoleName: role.name, PolicyArn }))
    }
  }
}

/** The role's own part. False: it was there. */
export async function setUpRole(admin: Admin, role: RolePlan): Promise<void> {
  await makeRole(clientOf(admin), role, admin.root.account)
}

/** The user that the app is, and a key of it. */
export async function setUpApp(admin: Admin, known: Credentials | undefined): Promise<Credentials> {
  const iam = clientOf(admin)
  if (await isMade(iam.send(new CreateUserCommand({ UserName: APP })))) {
    const own = { UserName: APP, PolicyName: 'documents', PolicyDocument: APP_POLICY }
    await iam.send(new PutUserPolicyCommand(own))
  } else if (known) return known
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: APP }))
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
}

function clientOf({ endpoint, root }: Admin): IAMClient {
  return new IAMClient({ endpoint, region: 'us-east-1', credentials: root })
}

async function makeRole(iam: IAMClient, role: RolePlan, account: string): Promise<boolean> {
  const { name: RoleName, trust, inline, boundary } = role
  const isNew = await isMade(
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust })),
  )
  if (!isNew) {
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }))
    return false
  }
  for (const { name, text } of inline) {
    const policy = { RoleName, PolicyName: name, PolicyDocument: text }
    await iam.send(new PutRolePolicyCommand(policy))
  }
  if (boundary !== undefined) {
    const PermissionsBoundary = arnOf(account, boundary)
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }))
  }
  return true
}

function arnOf(account: string, policy: string): string {
  return `arn:aws:iam::${account}:policy/${policy}`
}

/** False: it was there before. */
async function isMade(made: Promise<unknown>): Promise<boolean> {
  try {
    await made
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'EntityAlreadyExistsException') return false
    throw error
  }
}
