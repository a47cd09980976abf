import { Hono, type MiddlewareHandler } from 'hono'
import { expectTypeOf } from 'vitest'
import type { Docs, loadDocument } from '../test/docs.js'
import type { Guard } from './iam.js'
import type { RouteMustBind } from './typed-path.js'

declare const guarded: Guard<Docs>
declare const load: typeof loadDocument
const { can, publicRoute, protect, assertCovered } = guarded
const app = new Hono()
const requestTags = () => undefined

// The path binds what the ARN needs, and the handler behind the guard still knows its parameters.
app.get('/folders/:folderId/documents/:documentId', can('docs:GetDocument'), (c) => {
  expectTypeOf(c.req.param('documentId')).toEqualTypeOf<string>()
  // @ts-expect-error: no such parameter
  expectTypeOf(c.req.param('id')).toEqualTypeOf<string>()
  return c.json(c.req.param())
})
app.get('/status', can('docs:ReadStatus'), (c) => c.text('ok'))
app.get('/health', publicRoute('load balancer'), (c) => c.text('ok'))
app.get('/folders/:folderId{[a-z]+}', can('docs:ListDocuments'), (c) =>
  c.text(c.req.param('folderId')),
)

// The app's own variables stay known behind the guard.
const typed = new Hono<{ Variables: { user: string } }>()
typed.get('/folders/:folderId', can('docs:ListDocuments'), (c) => {
  expectTypeOf(c.get('user')).toEqualTypeOf<string>()
  return c.text(c.req.param('folderId'))
})
protect(typed, { 'GET /folders/:folderId': 'docs:ListDocuments' })
assertCovered(typed)

// @ts-expect-error: the path must bind :documentId
app.get('/folders/:folderId/documents/:id', can('docs:GetDocument'), (c) => c.text('ok'))
// @ts-expect-error: the path must bind :folderId
app.get('/documents/:documentId', can('docs:GetDocument'), (c) => c.text('ok'))
// @ts-expect-error: the path may bind no :folderId
app.get('/folders/:folderId?', can('docs:ListDocuments'), (c) => c.text('ok'))
// @ts-expect-error: no such action
can('docs:ListDocumnets')

// A loader asks for names too.
app.get(
  '/folders/:folderId/documents/:documentId',
  can('docs:GetDocument', { resource: load }),
  (c) => c.text('ok'),
)
// @ts-expect-error: the path must bind :documentId, for the loader
app.get('/folders/:folderId', can('docs:ListDocuments', { resource: load }), (c) => c.text('ok'))

// Where the ARN comes from elsewhere, the loader alone asks.
app.get('/d/:documentId', can('docs:GetDocument', { arn: 'loaded', resource: load }), (c) =>
  c.text('ok'),
)
// @ts-expect-error: the path must bind :documentId, for the loader
app.get('/d/:x', can('docs:GetDocument', { arn: 'loaded', resource: load }), (c) => c.text('ok'))

// The path at which the app is mounted cannot be seen.
app.get('/documents/:documentId', can('docs:GetDocument', { parentParams: ['folderId'] }), (c) =>
  c.text('ok'),
)

// Keys have the types that the service gives them.
can('docs:CreateDocument', { requestTags, context: () => ({ 'docs:Classification': 'public' }) })
// @ts-expect-error: the key is text
can('docs:CreateDocument', { requestTags, context: () => ({ 'docs:Classification': 7 }) })

// What TypeScript cannot see is left to the check at start-up.
app.get('/x' as string, can('docs:ListDocuments'), (c) => c.text('ok'))
expectTypeOf<RouteMustBind<'folderId'>>().toExtend<MiddlewareHandler>()
