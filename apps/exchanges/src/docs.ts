/**
 * The app of the exchanges: its service, its policies, its callers and its documents.
 *
 * Errors  None.
 *
 * @module
 */
import { defineService, type RequestContext } from '@iamkit/core'
import {
  type Authenticator,
  createIam,
  documents,
  type FaultEvent,
  type GroupPolicySource,
  type Iam,
  type Identification,
  type LoadedResource,
  type RouteRequest,
} from '@iamkit/http'

export const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}', tags: true },
    document: { arn: 'folder/{folderId}/document/{documentId}', tags: true },
  },
  conditionKeys: { 'docs:Classification': 'String' },
  actions: {
    ListDocuments: { resource: 'folder', access: 'List' },
    GetDocument: { resource: 'document', access: 'Read' },
    CreateDocument: {
      resource: 'document',
      access: 'Write',
      requestTags: true,
      keys: ['docs:Classification'],
    },
    DeleteDocument: { resource: 'document', access: 'Write' },
    TagFolder: { resource: 'folder', access: 'Tagging', requestTags: true },
    UntagFolder: { resource: 'folder', access: 'Tagging', requestTags: true },
    PurgeFolder: { resource: 'folder', access: 'Write' },
    ReadStatus: { access: 'Read' },
  },
})

export type Docs = typeof docs

const OWN_TEAM = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } } as const
const OWN_TAGS = {
  StringEquals: { 'aws:RequestTag/team': '${aws:PrincipalTag/team}' },
  'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
} as const

const allow = <C>(Action: string | string[], Condition?: C) => ({
  Effect: 'Allow' as const,
  Action,
  Resource: '*',
  ...(Condition && { Condition }),
})

/** Callers do with documents of their team as they like; nobody writes what is secret. */
const known = documents({
  identity: [
    {
      Version: '2012-10-17',
      Statement: [
        allow(['docs:ListDocuments', 'docs:ReadStatus']),
        allow(['docs:GetDocument', 'docs:DeleteDocument'], OWN_TEAM),
        allow(['docs:CreateDocument', 'docs:TagFolder'], OWN_TAGS),
        allow('docs:UntagFolder', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['stage'] } }),
        allow('docs:PurgeFolder', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
        allow('docs:*', { StringEquals: { 'aws:username': 'adm' } }),
        {
          Effect: 'Deny',
          Action: 'docs:CreateDocument',
          Resource: '*',
          Condition: { StringEquals: { 'docs:Classification': 'secret' } },
        },
        {
          Effect: 'Deny',
          Action: 'docs:ReadStatus',
          Resource: '*',
          Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
        },
      ],
    },
  ],
  resource: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 'docs:GetDocument',
      Resource: 'arn:aws:docs::acme:folder/open/*',
    },
  },
})

/** The policies, or what a source does that is down: the folder of the resource says which. */
const policies: GroupPolicySource = (question) => {
  const folder = /:folder\/down-(\w+)/.exec(question.resource)?.[1]
  switch (folder) {
    case undefined:
      return known(question)
    case 'later':
      return Promise.resolve(known(question))
    case 'never':
      return new Promise(() => {})
    case 'nothing':
      return undefined as never
    case 'junk':
      return { identity: ['*'] } as never
    default:
      throw new Error('password is hunter2')
  }
}

function user(name: string, team: string, account = 'acme') {
  const arn = `arn:aws:iam::${account}:user/${name}`
  return { principal: { type: 'user' as const, account, arn }, tags: { team } }
}

const callers: Readonly<Record<string, () => Identification | Promise<Identification>>> = {
  ann: () => user('ann', 'eng'),
  bob: () => user('bob', 'ops'),
  adm: () => user('adm', 'adm'),
  late: () => Promise.resolve(user('late', 'eng')),
  mia: () => ({ ...user('mia', 'eng'), multiFactorAuth: { present: true, ageSeconds: 60 } }),
  eve: () => user('eve', 'eng', 'globex'),
  job: () => ({
    principal: {
      type: 'role-session',
      account: 'acme',
      arn: 'arn:aws:sts::acme:assumed-role/job/run-7',
      roleArn: 'arn:aws:iam::acme:role/job',
    },
    tags: { team: 'eng' },
  }),
  odd: () => ({ ...user('odd', 'eng'), tags: { __proto__: null, constructor: 'eng' } as never }),
  twice: () => ({ ...user('twice', 'eng'), tags: { team: 'eng', TEAM: 'ops' } }),
  broken: () => {
    throw new Error('password is hunter2')
  },
  refused: () => Promise.reject(new Error('password is hunter2')),
  never: () => new Promise(() => {}),
  nobody: () => undefined,
}

/** `Bearer ann` is Ann of team eng, `Bearer bob` is Bob of team ops, `Bearer adm` may do everything. */
const identify: Authenticator = (request) => {
  const values = request.headers('authorization')
  if (values.length > 1) return { problem: 'invalid_request', description: 'two headers' }
  const name = /^Bearer (\w+)$/i.exec(values[0] ?? '')?.[1]
  if (name === undefined) return undefined
  const found = Object.hasOwn(callers, name) ? callers[name] : undefined
  return found ? found() : { problem: 'invalid_token', description: 'nobody has that name' }
}

/** Every document is of team eng but `theirs`, which is of team ops, and `none`, which is not there. */
export function loadDocument({ params }: RouteRequest): LoadedResource<unknown> | undefined {
  const { documentId = '' } = params
  if (documentId === 'none') return undefined
  const team = documentId === 'theirs' ? 'ops' : 'eng'
  return { value: { id: documentId, team }, tags: { team } }
}

/** The app's instance, with every fault kept for the run to look at. */
export function createDocsIam(faults: FaultEvent[]): Iam<Docs> {
  return createIam({
    services: [docs],
    account: 'acme',
    policies,
    identify,
    trustedProxies: ['127.0.0.1', '10.0.0.0/8'],
    stepUp: { acrValues: 'urn:example:mfa', maxAge: 300 },
    explainDenials: false,
    timeLimit: 25,
    clock: () => new Date('2026-01-02T03:04:05Z'),
    onFault: (fault) => faults.push(fault),
    onDecision: ({ decision }) => {
      const context = decision.request.context as RequestContext
      if (context.get('aws:useragent') === 'audit-down') throw new Error('password is hunter2')
    },
  })
}
