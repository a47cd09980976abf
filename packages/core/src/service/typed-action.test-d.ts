import { describe, expectTypeOf, it } from 'vitest'
import type { AnyService } from './any-service.js'
import { defineService } from './service.js'
import type {
  ActionOf,
  ArnOf,
  ContextOf,
  ParamsOf,
  ResourceOf,
  ResourceOfAction,
} from './typed-action.js'

const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}' },
    document: { arn: 'folder/{folderId}/document/{documentId}' },
  },
  conditionKeys: {
    'docs:Classification': 'String',
    'docs:PageCount': 'Numeric',
    'docs:Published': { type: 'Date' },
    'docs:Labels': { type: 'String', multivalued: true },
  },
  actions: {
    GetDocument: { resource: 'document', access: 'Read' },
    CreateDocument: {
      resource: 'document',
      access: 'Write',
      keys: ['docs:PageCount', 'docs:Published', 'docs:Labels'],
    },
    Ping: { access: 'Read' },
  },
})
const billing = defineService('billing', {
  partition: 'app',
  resources: { invoice: { arn: 'invoice/{number}' } },
  actions: { PayInvoice: { resource: 'invoice', access: 'Write' } },
})
type Docs = typeof docs
type Both = typeof docs | typeof billing

describe('ActionOf', () => {
  it('is every action, of a union of services too', () => {
    expectTypeOf<ActionOf<Both>>().toEqualTypeOf<
      'docs:GetDocument' | 'docs:CreateDocument' | 'docs:Ping' | 'billing:PayInvoice'
    >()
  })

  it('is any text where the service is not known', () => {
    expectTypeOf<ActionOf<AnyService>>().toEqualTypeOf<string>()
  })
})

describe('ResourceOfAction', () => {
  it('is the resource type, or undefined', () => {
    expectTypeOf<ResourceOfAction<Docs, 'docs:GetDocument'>>().toEqualTypeOf<'document'>()
    expectTypeOf<ResourceOfAction<Docs, 'docs:Ping'>>().toEqualTypeOf<undefined>()
    expectTypeOf<ResourceOfAction<Both, 'billing:PayInvoice'>>().toEqualTypeOf<'invoice'>()
    expectTypeOf<ResourceOfAction<AnyService, 'a:B'>>().toEqualTypeOf<string | undefined>()
  })

  it('takes no action of another service', () => {
    // @ts-expect-error no such action
    expectTypeOf<ResourceOfAction<Docs, 'billing:PayInvoice'>>().toBeNever()
  })
})

describe('ParamsOf', () => {
  it('is what the ARN of the action needs', () => {
    expectTypeOf<ParamsOf<Docs, 'docs:GetDocument'>>().toEqualTypeOf<{
      readonly folderId: string
      readonly documentId: string
    }>()
    expectTypeOf<ParamsOf<Both, 'billing:PayInvoice'>>().toEqualTypeOf<{
      readonly number: string
    }>()
    expectTypeOf<keyof ParamsOf<Docs, 'docs:Ping'>>().toBeNever()
    expectTypeOf<ParamsOf<AnyService, 'a:B'>>().toEqualTypeOf<{ readonly [x: string]: string }>()
  })

  it('can be asked by a generic function', () => {
    const ask = <A extends ActionOf<Both>>(action: A, params: ParamsOf<Both, A>) => [action, params]
    ask('docs:GetDocument', { folderId: 'f1', documentId: 'd1' })
    // @ts-expect-error documentId is missing
    ask('docs:GetDocument', { folderId: 'f1' })
  })
})

describe('ContextOf', () => {
  it('is what the action may send, each key of its type', () => {
    expectTypeOf<ContextOf<Docs, 'docs:CreateDocument'>>().toEqualTypeOf<{
      readonly 'docs:PageCount'?: number | undefined
      readonly 'docs:Published'?: Date | undefined
      readonly 'docs:Labels'?: readonly string[] | undefined
    }>()
    expectTypeOf<keyof ContextOf<Docs, 'docs:GetDocument'>>().toBeNever()
    expectTypeOf<keyof ContextOf<AnyService, 'a:B'>>().toEqualTypeOf<string>()
  })
})

describe('ArnOf', () => {
  it('is the text of an ARN of one type, or of any', () => {
    expectTypeOf<
      ArnOf<Docs, 'folder'>
    >().toEqualTypeOf<`arn:aws:docs::${string}:folder/${string}`>()
    expectTypeOf<
      ArnOf<typeof billing>
    >().toEqualTypeOf<`arn:app:billing::${string}:invoice/${string}`>()
    expectTypeOf(docs.arn.folder({ account: 'acme', folderId: 'f1' })).toExtend<ArnOf<Both>>()
    // @ts-expect-error an ARN of another service
    const arn: ArnOf<Docs> = 'arn:aws:s3:::bucket'
    expectTypeOf(arn).toBeString()
  })
})

describe('ResourceOf', () => {
  it('is every resource type', () => {
    expectTypeOf<ResourceOf<Both>>().toEqualTypeOf<'folder' | 'document' | 'invoice'>()
  })
})
