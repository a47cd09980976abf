import { describe, expectTypeOf, it } from 'vitest'
import type { AnyService } from './any-service.js'
import { defineService } from './service.js'

const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}', tags: true },
    document: { arn: 'folder/{folderId}/document/{documentId}', tags: true },
  },
  conditionKeys: { 'docs:Classification': 'String' },
  actions: {
    GetDocument: { resource: 'document', access: 'Read' },
    CreateDocument: { resource: 'document', access: 'Write', keys: ['docs:Classification'] },
    Ping: { access: 'Read' },
  },
})
const regional = defineService('jobs', {
  partition: 'app',
  region: 'eu-west-1',
  resources: { job: { arn: 'job:{id}' } },
  actions: { RunJob: { resource: 'job', access: 'Write' } },
})

describe('arn', () => {
  it('is a literal type where the parts are literals', () => {
    const arn = docs.arn.document({ account: 'acme', folderId: 'f1', documentId: 'd1' })
    expectTypeOf(arn).toEqualTypeOf<'arn:aws:docs::acme:folder/f1/document/d1'>()
    const job = regional.arn.job({ account: '123456789012', id: '7' })
    expectTypeOf(job).toEqualTypeOf<'arn:app:jobs:eu-west-1:123456789012:job:7'>()
  })

  it('keeps its shape where the parts are any text', () => {
    const folderId: string = 'f1'
    const arn = docs.arn.folder({ account: 'acme', folderId })
    expectTypeOf(arn).toEqualTypeOf<`arn:aws:docs::acme:folder/${string}`>()
  })

  it('needs every part, as text', () => {
    // @ts-expect-error documentId is missing
    docs.arn.document({ account: 'acme', folderId: 'f1' })
    // @ts-expect-error the account is missing
    docs.arn.folder({ folderId: 'f1' })
    // @ts-expect-error a number is no part
    docs.arn.folder({ account: 'acme', folderId: 1 })
    // @ts-expect-error a list is no part
    docs.arn.folder({ account: 'acme', folderId: ['f1'] })
    // @ts-expect-error what may be undefined is no part
    docs.arn.folder({ account: 'acme', folderId: 'f1' as string | undefined })
  })

  it('has a builder for each resource type and for no other', () => {
    expectTypeOf(docs.arn).toHaveProperty('folder')
    // @ts-expect-error no such resource type
    docs.arn.documnt
  })
})

describe('match', () => {
  it('is a union by resource type', () => {
    const match = docs.match('arn:aws:docs::acme:folder/f1')
    expectTypeOf(match?.resourceType).toEqualTypeOf<'folder' | 'document' | undefined>()
    if (match?.resourceType === 'document') {
      expectTypeOf(match.params).toEqualTypeOf<{
        readonly folderId: string
        readonly documentId: string
      }>()
    }
    if (match?.resourceType === 'folder') {
      expectTypeOf(match.params).toEqualTypeOf<{ readonly folderId: string }>()
    }
  })
})

describe('actions', () => {
  it('are the names, prefix included', () => {
    expectTypeOf(docs.actions).toEqualTypeOf<
      readonly ('docs:GetDocument' | 'docs:CreateDocument' | 'docs:Ping')[]
    >()
  })
})

describe('Service', () => {
  it('is an AnyService, alone and among others', () => {
    expectTypeOf(docs).toExtend<AnyService>()
    expectTypeOf<readonly [typeof docs, typeof regional]>().toExtend<readonly AnyService[]>()
  })

  it('lets code that does not know it build an ARN', () => {
    const service: AnyService = docs
    expectTypeOf(service.arn.document?.({ account: 'acme' })).toEqualTypeOf<string | undefined>()
  })
})

describe('defineService', () => {
  it('refuses an action on a resource that is not there', () => {
    defineService('docs', {
      resources: { folder: { arn: 'folder/{id}' }, document: { arn: 'document/{id}' } },
      actions: {
        // @ts-expect-error no such resource
        GetFolder: { resource: 'foldr', access: 'Read' },
      },
    })
    defineService('docs', {
      actions: {
        // @ts-expect-error no resources at all
        GetFolder: { resource: 'folder', access: 'Read' },
      },
    })
  })

  it('refuses an access level that IAM does not have', () => {
    defineService('docs', {
      actions: {
        // @ts-expect-error no such level
        Get: { access: 'Raed' },
      },
    })
  })

  it('refuses a key that is not declared', () => {
    defineService('docs', {
      conditionKeys: { 'docs:Classification': 'String' },
      actions: {
        // @ts-expect-error no such key
        Get: { access: 'Read', keys: ['docs:Clasification'] },
      },
    })
  })

  it('refuses a condition key of another prefix or of no type', () => {
    defineService('docs', {
      conditionKeys: {
        // @ts-expect-error begins with another prefix
        'doc:Classification': 'String',
        'docs:Classification': 'String',
      },
      actions: { Get: { access: 'Read' } },
    })
    defineService('docs', {
      conditionKeys: {
        // @ts-expect-error no such type
        'docs:Size': 'Number',
      },
      actions: { Get: { access: 'Read' } },
    })
  })

  it('refuses a trust that is not explicit', () => {
    defineService('docs', {
      resources: {
        // @ts-expect-error left out, trust is implicit
        key: { arn: 'key/{id}', trust: 'implicit' },
      },
      actions: { Get: { access: 'Read' } },
    })
  })
})
