import type { RequestHandler } from 'express'
import express from 'express'
import { expectTypeOf } from 'vitest'
import type { Docs, loadDocument } from '../test/docs.js'
import type { Guard } from './iam.js'
import type { RouteMustBind } from './typed-path.js'

declare const guarded: Guard<Docs>
declare const load: typeof loadDocument
const { can } = guarded
const app = express()
const requestTags = () => undefined

// The path binds what the ARN needs, and the handler behind the guard still knows its parameters.
app.get('/folders/:folderId/documents/:documentId', can('docs:GetDocument'), (req, res) => {
  expectTypeOf(req.params).toEqualTypeOf<{ folderId: string } & { documentId: string }>()
  res.json(req.params.documentId)
})
app.get('/status', can('docs:ReadStatus'))
app.route('/folders/:folderId').get(can('docs:ListDocuments'), (req, res) => {
  res.json(req.params.folderId)
})

// @ts-expect-error: the path must bind :documentId
app.get('/folders/:folderId/documents/:id', can('docs:GetDocument'), (_req, res) => res.end())
// @ts-expect-error: the path must bind :folderId
app.get('/documents/:documentId', can('docs:GetDocument'), (_req, res) => res.end())
// @ts-expect-error: the path must bind :folderId
app.route('/folders').get(can('docs:ListDocuments'), (_req, res) => res.end())
// @ts-expect-error: no such action
app.get('/folders/:folderId', can('docs:ListDocumnets'))

// A loader asks for names too.
app.get('/folders/:folderId/documents/:documentId', can('docs:GetDocument', { resource: load }))
// @ts-expect-error: the path must bind :documentId, for the loader
app.get('/folders/:folderId', can('docs:ListDocuments', { resource: load }), (_req, res) =>
  res.end(),
)

// Where the ARN comes from elsewhere, the loader alone asks.
app.get('/d/:documentId', can('docs:GetDocument', { arn: 'loaded', resource: load }))
app.get('/d/:x', can('docs:GetDocument', { arn: () => 'arn:aws:docs::acme:folder/f/document/d' }))
// @ts-expect-error: the path must bind :documentId, for the loader
app.get('/d/:x', can('docs:GetDocument', { arn: 'loaded', resource: load }), (_req, res) =>
  res.end(),
)

// A parent's path cannot be seen.
app.get('/documents/:documentId', can('docs:GetDocument', { parentParams: ['folderId'] }))

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
app.get(/^\/(?<folderId>.)/, can('docs:ListDocuments'))
app.get('/x' as string, can('docs:ListDocuments'))
expectTypeOf<RouteMustBind<'folderId'>>().toExtend<RequestHandler>()
