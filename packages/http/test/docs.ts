import { type ConditionBlock, defineService, type PolicyDocument } from '@iamkit/core'
import {
  createIam,
  documents,
  type FaultEvent,
  type HttpRequest,
  type Iam,
  type IamOptions,
  type Identity,
} from '../src/index.js'

export const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}', tags: true },
    document: { arn: 'folder/{folderId}/document/{documentId}', tags: true },
    key: { arn: 'key/{keyId}', trust: 'explicit' },
  },
  conditionKeys: {
    'docs:Classification': 'String',
    'docs:PageCount': 'Numeric',
    'docs:Labels': { type: 'String', multivalued: true },
  },
  actions: {
    ListDocuments: { resource: 'folder', access: 'List' },
    GetDocument: { resource: 'document', access: 'Read' },
    CreateDocument: {
      resource: 'document',
      access: 'Write',
      requestTags: true,
      keys: ['docs:Classification', 'docs:PageCount', 'docs:Labels'],
    },
    UseKey: { resource: 'key', access: 'Write' },
    ReadStatus: { access: 'Read' },
  },
})

export type Docs = typeof docs

export const ann: Identity = {
  principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ann' },
  tags: { team: 'eng' },
}

export const allowAll: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Sid: 'All', Effect: 'Allow', Action: 'docs:*', Resource: '*' },
}

/** Allows what a condition says, and nothing else. */
export function allowIf(condition: ConditionBlock): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'docs:*', Resource: '*', Condition: condition },
  }
}

export interface DocsIam {
  readonly iam: Iam<Docs>
  readonly faults: readonly FaultEvent[]
}

/** An instance at 12:00:00 UTC on 1 May 2026 to which everybody is Ann, and whose faults are kept. */
export function docsIam(
  policy: PolicyDocument = allowAll,
  options: Partial<IamOptions<Docs>> = {},
): DocsIam {
  const faults: FaultEvent[] = []
  const iam = createIam({
    services: [docs],
    account: 'acme',
    policies: documents({ identity: [policy] }),
    identify: () => ann,
    clock: () => new Date('2026-05-01T12:00:00Z'),
    onFault: (fault) => faults.push(fault),
    ...options,
  })
  return { iam, faults }
}

export type RequestParts = Partial<Omit<HttpRequest, 'headers'>> & {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
}

export function httpRequest({ headers = {}, ...parts }: RequestParts = {}): HttpRequest {
  return {
    method: 'GET',
    params: { folderId: 'f1', documentId: 'd1' },
    headers: (name) => [headers[name] ?? []].flat(),
    query: {},
    body: undefined,
    remoteAddress: '203.0.113.9',
    isSecure: false,
    source: undefined,
    ...parts,
  }
}
