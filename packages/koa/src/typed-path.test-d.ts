import Router from '@koa/router'
import { expectTypeOf } from 'vitest'
import type { Docs, loadDocument, StoredDocument } from '../test/docs.js'
import { accessOf } from './access.js'
import type { Guard } from './iam.js'
import { at } from './typed-path.js'

declare const guarded: Guard<Docs>
declare const load: typeof loadDocument
const { can } = guarded
const router = new Router()
const requestTags = () => undefined

// The path binds what the ARN needs, and the handler knows parameters, access and loaded object.
const get = at('/folders/:folderId/documents/:documentId', can('docs:GetDocument'), (ctx) => {
  expectTypeOf(ctx.params).toEqualTypeOf<Readonly<Record<'folderId' | 'documentId', string>>>()
  expectTypeOf(accessOf(ctx).resource).toEqualTypeOf<undefined>()
})
router.get(...get)
router.get(...at('/status', can('docs:ReadStatus')))
router.get('status', ...at('/folders/:folderId', can('docs:ListDocuments')))
router.get(
  ...at('/x/:folderId-:documentId.json', can('docs:GetDocument', { resource: load }), (ctx) => {
    expectTypeOf(accessOf(ctx).resource).toEqualTypeOf<StoredDocument>()
    expectTypeOf(ctx.state.iam.resource).toEqualTypeOf<StoredDocument>()
    ctx.body = ctx.params.documentId
  }),
)

// Without `at`, the state is typed all the same.
router.get('/folders/:folderId', can('docs:GetDocument', { resource: load }), (ctx) => {
  expectTypeOf(accessOf(ctx).resource).toEqualTypeOf<StoredDocument>()
})

// @ts-expect-error: the path must bind :documentId
at('/folders/:folderId/documents/:id', can('docs:GetDocument'))
// @ts-expect-error: the path must bind :folderId
at('/documents/:documentId', can('docs:GetDocument'))
// @ts-expect-error: the path must bind :documentId, which is optional
at('/folders/:folderId{/:documentId}', can('docs:GetDocument'))
// @ts-expect-error: the path must bind :folderId, and a wildcard binds several
at('/folders/*folderId', can('docs:ListDocuments'))
// @ts-expect-error: no such action
can('docs:ListDocumnets')

// A loader asks for names too.
at('/folders/:folderId/documents/:documentId', can('docs:ListDocuments', { resource: load }))
// @ts-expect-error: the path must bind :documentId, for the loader
at('/folders/:folderId', can('docs:ListDocuments', { resource: load }))

// Where the ARN comes from elsewhere, the loader alone asks.
at('/d/:documentId', can('docs:GetDocument', { arn: 'loaded', resource: load }))
at('/d/:x', can('docs:GetDocument', { arn: () => 'arn:aws:docs::acme:folder/f/document/d' }))
// @ts-expect-error: the path must bind :documentId, for the loader
at('/d/:x', can('docs:GetDocument', { arn: 'loaded', resource: load }))

// A prefix cannot be seen.
at('/documents/:documentId', can('docs:GetDocument', { parentParams: ['folderId'] }))

// Inline functions know the names that the ARN needs.
can('docs:GetDocument', {
  resource: ({ params }) => {
    expectTypeOf(params).toEqualTypeOf<Readonly<Record<'folderId' | 'documentId', string>>>()
    return undefined
  },
})

// Keys have the types that the service gives them.
can('docs:CreateDocument', { requestTags, context: () => ({ 'docs:Classification': 'public' }) })
// @ts-expect-error: the key is text
can('docs:CreateDocument', { requestTags, context: () => ({ 'docs:Classification': 7 }) })

// What TypeScript cannot see is left to the check at start-up.
at('/x' as string, can('docs:ListDocuments'))
router.get('/x', can('docs:ListDocuments'))
