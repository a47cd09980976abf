/**
 * What the two accounts are to hold: roles with their policies, and the policies of folders.
 *
 * Shape   people say which roles there are, the policy folder says what they may; the rest is what signing in and the app
 *         itself need.
 * Errors  What the file system says.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { POLICY_FOLDER } from '../authority/files.js'
import { ACME, GLOBEX } from '../docs.js'
import { CLIENT_ID } from '../issuer.js'
import { people } from '../people.js'

export interface NamedPolicy {
  readonly name: string
  readonly text: string
}

export interface RolePlan {
  readonly name: string
  readonly trust: string
  /** Of the role alone. */
  readonly inline: readonly NamedPolicy[]
  /** Name of a managed policy. */
  readonly boundary?: string
}

export interface AccountPlan {
  readonly account: string
  /** Managed policies; those of everyone are attached to each role that people have. */
  readonly managed: readonly NamedPolicy[]
  readonly everyone: readonly string[]
  readonly roles: readonly RolePlan[]
  /** By the name of the folder. */
  readonly folderPolicies: readonly NamedPolicy[]
}

/** The user by which the app asks for policies, and its role in the other account. */
export const APP = 'documents-app'

/** A session may ask for the token by which the app knows it. */
const SIGN_IN: NamedPolicy = {
  name: 'sign-in',
  text: policyText([{ Effect: 'Allow', Action: 'iamkit:IssueToken', Resource: '*' }]),
}

const READ_POLICIES = {
  Effect: 'Allow',
  Action: ['iamkit:GetSnapshot', 'iamkit:WatchChanges'],
  Resource: '*',
}

/** What the app may do in its own account: know policies, keep tags of folders, report what it decided. */
export const APP_POLICY: string = policyText([
  READ_POLICIES,
  { Effect: 'Allow', Action: 'iamkit:ReportActivity', Resource: '*' },
  {
    Effect: 'Allow',
    Action: ['iamkit:TagResource', 'iamkit:UntagResource'],
    Resource: `arn:aws:docs::${ACME}:folder/*`,
  },
  { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${GLOBEX}:role/${APP}` },
])

/** @param issuer the issuer's address, without its scheme, as providers are named */
export function planOf(account: string, issuer: string): AccountPlan {
  const folder = join(POLICY_FOLDER, account)
  const everyone = [...policiesIn(join(folder, 'identity/everyone')), SIGN_IN]
  const boundaries = policiesIn(join(folder, 'boundary/role'))
  return {
    account,
    managed: [
      ...everyone,
      ...boundaries.map(({ name, text }) => ({ name: boundaryOf(name), text })),
    ],
    everyone: everyone.map(({ name }) => name),
    roles: rolesOf(account).map((name) => ({
      name,
      trust: trustIn(issuer, account, name),
      inline: policiesIn(join(folder, 'identity/role', name)),
      ...(boundaries.some((one) => one.name === name) && { boundary: boundaryOf(name) }),
    })),
    folderPolicies: policiesIn(join(folder, 'resource/docs/folder')),
  }
}

/** What another account lets the app know: its policies, by a role of its own. */
export const APP_ROLE: RolePlan = {
  name: APP,
  trust: policyText([
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACME}:user/${APP}` },
      Action: 'sts:AssumeRole',
    },
  ]),
  inline: [{ name: 'read-policies', text: policyText([READ_POLICIES]) }],
}

function boundaryOf(role: string): string {
  return `${role}-boundary`
}

function rolesOf(account: string): readonly string[] {
  const own = [...people.values()].filter((person) => person.account === account)
  return [...new Set(own.map(({ role }) => role))]
}

/** Who has a token of the issuer, for this client, and is one of the role's people. */
function trustIn(issuer: string, account: string, role: string): string {
  const names = [...people.values()]
    .filter((person) => person.account === account && person.role === role)
    .map(({ name }) => name)
  return policyText([
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
      Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
      Condition: { StringEquals: { [`${issuer}:aud`]: CLIENT_ID, [`${issuer}:sub`]: names } },
    },
  ])
}

function policiesIn(folder: string): readonly NamedPolicy[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.json'))
    .map(({ name }) => ({
      name: basename(name, '.json'),
      text: readFileSync(join(folder, name), 'utf8'),
    }))
}

function policyText(Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement })
}
