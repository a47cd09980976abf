import { defineService, type ResourceFilter } from '@iamkit/core'
import { describe, expectTypeOf, it } from 'vitest'
import {
  type Client,
  createClient,
  fromEnvironment,
  type ItemResult,
  type RemoteDecision,
} from './index.js'

const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}' },
    document: { arn: 'document/{documentId}', tags: true },
  },
  conditionKeys: { 'docs:Pages': 'Numeric' },
  actions: {
    GetDocument: { resource: 'document', access: 'Read', keys: ['docs:Pages'] },
    ListDocuments: { resource: 'folder', access: 'List' },
    Ping: { access: 'Read' },
  },
})
const client: Client<typeof docs> = createClient<typeof docs>({
  endpoint: 'https://iam.example.com',
  credentials: fromEnvironment(),
})
const document = docs.arn.document({ account: 'acme', documentId: 'd1' })
const folder = docs.arn.folder({ account: 'acme', folderId: 'f1' })

describe('authorize', () => {
  it('takes the app’s actions with their resources and keys', () => {
    const decision = client.authorize({
      action: 'docs:GetDocument',
      resource: document,
      context: { 'docs:Pages': 3, 'aws:SourceIp': '192.0.2.1' },
    })
    expectTypeOf(decision).toEqualTypeOf<Promise<RemoteDecision>>()
    void client.authorize({ action: 'docs:Ping', resource: '*' })
  })

  it('refuses another action, resource, key or value', () => {
    // @ts-expect-error no such action
    void client.authorize({ action: 'docs:GetDocuments', resource: document })
    // @ts-expect-error the action acts on a document
    void client.authorize({ action: 'docs:GetDocument', resource: folder })
    // @ts-expect-error the action has no resource
    void client.authorize({ action: 'docs:Ping', resource: document })
    void client.authorize({
      action: 'docs:ListDocuments',
      resource: folder,
      // @ts-expect-error the action does not send this key
      context: { 'docs:Pages': 1 },
    })
    void client.authorize({
      action: 'docs:GetDocument',
      resource: document,
      // @ts-expect-error a number is wanted
      context: { 'docs:Pages': '3' },
    })
  })

  it('takes any text where the service is not known', () => {
    const any = createClient({
      endpoint: 'https://iam.example.com',
      credentials: fromEnvironment(),
    })
    void any.authorize({ action: 'a:B', resource: 'c', context: { d: 'e' } })
  })
})

describe('the other calls', () => {
  it('are typed by the app’s service as well', () => {
    expectTypeOf(client.authorizeMany([{ action: 'docs:Ping', resource: '*' }])).toEqualTypeOf<
      Promise<readonly ItemResult[]>
    >()
    expectTypeOf(
      client.filter({ action: 'docs:GetDocument', resourceType: 'document' }),
    ).toEqualTypeOf<Promise<ResourceFilter>>()
    expectTypeOf(client.explain({ action: 'docs:Ping', resource: '*' })).resolves.toHaveProperty(
      'text',
    )
    expectTypeOf(client.getResourceTags({ resource: document })).resolves.toEqualTypeOf<
      Readonly<Record<string, string>>
    >()
    void client.tagResource({ resource: document, tags: { team: 'eng' } })
    void client.untagResource({ resource: document, tagKeys: ['team'] })
    void client.putResourcePolicy({ resource: folder, policy: '{}' })
    void client.listActions({ service: 'docs' })
    void client.registerService(docs)
  })

  it('refuse what the service does not have', () => {
    // @ts-expect-error folders carry no tags
    void client.tagResource({ resource: folder, tags: { team: 'eng' } })
    // @ts-expect-error a tag is text
    void client.tagResource({ resource: document, tags: { team: 1 } })
    // @ts-expect-error an ARN of another service
    void client.putResourcePolicy({ resource: 'arn:aws:s3:::bucket', policy: '{}' })
    // @ts-expect-error no such service
    void client.listActions({ service: 'billing' })
    // @ts-expect-error the action lists by folder
    void client.filter({ action: 'docs:ListDocuments', resourceType: 'document' })
  })
})

describe('a result', () => {
  it('of many must be asked whether it is an error', () => {
    const take = (item: ItemResult) => ('error' in item ? item.error.code : item.allowed)
    expectTypeOf(take).returns.toEqualTypeOf<string | boolean>()
    // @ts-expect-error it may be an error
    const wrong = (item: ItemResult): boolean => item.allowed
    void wrong
  })
})
