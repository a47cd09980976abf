/**
 * What is opened and closed, and the question whose answer it changes: each time in another of the ways in which policies
 * reach an app.
 *
 * Errors  {@link RefusedError} and those of fetch.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'
import { type Caller, RefusedError } from './caller.js'

export interface Question {
  readonly principal: RequestPrincipal
  readonly action: string
  readonly resource: string
}

export interface Subject {
  readonly question: Question
  /** The same again changes nothing. */
  readonly write: (isOpen: boolean) => Promise<void>
}

interface Setting {
  readonly caller: Caller
  readonly account: string
}

const ACTION = 'docs:GetDocument'
const SHARED = 'reading'

const DOCS = {
  resources: { document: { arn: 'document/{documentId}', tags: true } },
  actions: { GetDocument: { resource: 'document', access: 'Read' } },
}

const READ = policy({ Action: ACTION, Resource: '*' })
const READ_OPEN = policy({
  Action: ACTION,
  Resource: '*',
  Condition: { StringEquals: { 'aws:ResourceTag/state': 'open' } },
})

/** As many of each kind; all of them closed. */
export async function createSubjects(
  setting: Setting,
  ofEach: number,
): Promise<readonly Subject[]> {
  const { caller } = setting
  await caller.app('PUT', '/v1/services/docs', { definition: DOCS })
  await caller.iam('CreatePolicy', { PolicyName: SHARED, PolicyDocument: READ })
  await caller.iam('CreateGroup', { GroupName: SHARED })
  await caller.iam('PutGroupPolicy', {
    GroupName: SHARED,
    PolicyName: SHARED,
    PolicyDocument: READ,
  })
  const subjects: Subject[] = []
  for (let i = 0; i < ofEach; i++) {
    subjects.push(await byOwnPolicy(setting, `own-${i}`))
    subjects.push(await bySharedPolicy(setting, `shared-${i}`))
    subjects.push(await byGroup(setting, `member-${i}`))
    subjects.push(await byTag(setting, `tagged-${i}`))
  }
  return subjects
}

async function byOwnPolicy({ caller, account }: Setting, RoleName: string): Promise<Subject> {
  const principal = await createRole({ caller, account }, RoleName)
  const own = { RoleName, PolicyName: 'own' }
  return {
    question: questionOf(principal, account, RoleName),
    write: (isOpen) =>
      isOpen
        ? done(caller.iam('PutRolePolicy', { ...own, PolicyDocument: READ }))
        : gone(caller.iam('DeleteRolePolicy', own)),
  }
}

async function bySharedPolicy({ caller, account }: Setting, RoleName: string): Promise<Subject> {
  const principal = await createRole({ caller, account }, RoleName)
  const attached = { RoleName, PolicyArn: `arn:aws:iam::${account}:policy/${SHARED}` }
  return {
    question: questionOf(principal, account, RoleName),
    write: (isOpen) =>
      isOpen
        ? done(caller.iam('AttachRolePolicy', attached))
        : gone(caller.iam('DetachRolePolicy', attached)),
  }
}

async function byGroup({ caller, account }: Setting, UserName: string): Promise<Subject> {
  const made = await caller.iam('CreateUser', { UserName })
  const member = { UserName, GroupName: SHARED }
  const principal: RequestPrincipal = {
    type: 'user',
    account,
    arn: `arn:aws:iam::${account}:user/${UserName}`,
    id: idIn(made, 'UserId'),
  }
  return {
    question: questionOf(principal, account, UserName),
    write: (isOpen) =>
      isOpen
        ? done(caller.iam('AddUserToGroup', member))
        : gone(caller.iam('RemoveUserFromGroup', member)),
  }
}

async function byTag({ caller, account }: Setting, RoleName: string): Promise<Subject> {
  const principal = await createRole({ caller, account }, RoleName)
  const own = { RoleName, PolicyName: 'open', PolicyDocument: READ_OPEN }
  await caller.iam('PutRolePolicy', own)
  const question = questionOf(principal, account, RoleName)
  return {
    question,
    write: (isOpen) => {
      const tags = { state: isOpen ? 'open' : 'closed' }
      return done(caller.app('POST', '/v1/tags', { resource: question.resource, tags }))
    },
  }
}

async function createRole({ caller, account }: Setting, name: string): Promise<RequestPrincipal> {
  const Principal = { AWS: `arn:aws:iam::${account}:root` }
  const trust = policy({ Principal, Action: 'sts:AssumeRole' })
  const made = await caller.iam('CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust })
  return {
    type: 'role-session',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/chaos`,
    roleArn: `arn:aws:iam::${account}:role/${name}`,
    id: idIn(made, 'RoleId'),
  }
}

function questionOf(principal: RequestPrincipal, account: string, name: string): Question {
  return { principal, action: ACTION, resource: `arn:aws:docs::${account}:document/${name}` }
}

function policy(statement: object): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...statement }],
  })
}

function idIn(xml: string, name: string): string {
  return new RegExp(`<${name}>(\\w+)</${name}>`).exec(xml)?.[1] ?? ''
}

async function done(call: Promise<string>): Promise<void> {
  await call
}

/** What is not there is gone, perhaps by a call whose answer was lost. */
async function gone(call: Promise<string>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof RefusedError && error.status === 404)) throw error
  }
}
