import { defineService } from '@iamkit/core'
import {
  type Authenticator,
  bodyTags,
  createIam,
  documents,
  type FaultEvent,
  type Iam,
  type IamOptions,
  type LoadedResource,
  type RouteRequest,
} from '@iamkit/http'

/** The service that the tests guard. */
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
    ReadStatus: { access: 'Read' },
  },
})

export type Docs = typeof docs

const SAME_TEAM = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } } as const

/** Callers do with documents of their team as they like; nobody writes what is secret. */
const policies = documents({
  identity: [
    {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'List', Effect: 'Allow', Action: 'docs:ListDocuments', Resource: '*' },
        { Sid: 'Status', Effect: 'Allow', Action: 'docs:ReadStatus', Resource: '*' },
        {
          Sid: 'OwnTeam',
          Effect: 'Allow',
          Action: ['docs:GetDocument', 'docs:DeleteDocument'],
          Resource: 'arn:aws:docs::acme:folder/*',
          Condition: SAME_TEAM,
        },
        {
          Sid: 'TagNewWithOwnTeam',
          Effect: 'Allow',
          Action: 'docs:CreateDocument',
          Resource: '*',
          Condition: {
            StringEquals: { 'aws:RequestTag/team': '${aws:PrincipalTag/team}' },
            'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
          },
        },
        {
          Sid: 'Admin',
          Effect: 'Allow',
          Action: 'docs:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:username': 'adm' } },
        },
        {
          Sid: 'NothingSecret',
          Effect: 'Deny',
          Action: 'docs:CreateDocument',
          Resource: '*',
          Condition: { StringEquals: { 'docs:Classification': 'secret' } },
        },
      ],
    },
  ],
})

/** `Bearer ann` is Ann of team eng, `Bearer bob` is Bob of team ops, `Bearer adm` may do everything. */
const identify: Authenticator = (request) => {
  const values = request.headers('authorization')
  if (values.length > 1) return { problem: 'invalid_request', description: 'two headers' }
  const name = /^Bearer (\w+)$/i.exec(values[0] ?? '')?.[1]
  if (name === undefined) return undefined
  const team = { ann: 'eng', bob: 'ops', adm: 'adm' }[name]
  if (team === undefined) return { problem: 'invalid_token', description: 'nobody has that name' }
  const arn = `arn:aws:iam::acme:user/${name}`
  return { principal: { type: 'user', account: 'acme', arn }, tags: { team } }
}

export interface StoredDocument {
  readonly id: string
  readonly team: string
}

/** Every document is of team eng but `theirs`, which is of team ops, and `none`, which is not there. */
export function loadDocument({
  params,
}: RouteRequest<'documentId'>): LoadedResource<StoredDocument> | undefined {
  const { documentId } = params
  if (documentId === 'none') return undefined
  const team = documentId === 'theirs' ? 'ops' : 'eng'
  return { value: { id: documentId, team }, tags: { team } }
}

export const documentTags = bodyTags()

/** The app's instance, with every fault kept for the test to look at. */
export function createDocsIam(options: Partial<IamOptions<Docs>> = {}): {
  iam: Iam<Docs>
  faults: FaultEvent[]
} {
  const faults: FaultEvent[] = []
  const iam = createIam({
    services: [docs],
    account: 'acme',
    policies,
    identify,
    explainDenials: false,
    onFault: (fault) => faults.push(fault),
    ...options,
  })
  return { iam, faults }
}
