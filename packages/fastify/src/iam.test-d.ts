import fastify, { type FastifyInstance, type preHandlerHookHandler } from 'fastify'
import { expectTypeOf } from 'vitest'
import type { Docs, loadDocument } from '../test/docs.js'
import type { Guard, GuardHook } from './iam.js'

declare const guarded: Guard<Docs>
declare const load: typeof loadDocument
const { can, publicRoute, unguarded, protect, errors, assertCovered } = guarded
const requestTags = () => undefined

// Apps of every kind take the hooks, and the handler keeps the types of its route.
const http2 = fastify({ http2: true })
assertCovered(http2)
protect(http2, { 'GET /status': 'docs:ReadStatus' })
http2.get('/status', { preHandler: can('docs:ReadStatus') }, async () => 'ok')
const app = fastify({ logger: true })
assertCovered(app)
app.setErrorHandler(errors())
app.get<{ Params: { folderId: string }; Querystring: { page: number } }>(
  '/folders/:folderId',
  { preHandler: [unguarded('counts', async () => {}), can('docs:ListDocuments')] },
  async (request) => {
    expectTypeOf(request.query.page).toEqualTypeOf<number>()
    return request.params.folderId
  },
)
app.register(async (api: FastifyInstance) => {
  api.get('/health', { preHandler: publicRoute('load balancer') }, async () => 'ok')
})
expectTypeOf<GuardHook>().toExtend<preHandlerHookHandler>()

// A hook keeps its own type when it says why it stands before the guard.
const hook: preHandlerHookHandler = (_request, _reply, done) => done()
expectTypeOf(unguarded('waits', hook)).toEqualTypeOf<preHandlerHookHandler>()

// @ts-expect-error: no such action
can('docs:ListDocumnets')

// Inline functions know the names that the ARN needs; where it comes from elsewhere, any name.
can('docs:GetDocument', {
  resource: ({ params }) => {
    expectTypeOf(params).toEqualTypeOf<Readonly<Record<'folderId' | 'documentId', string>>>()
    return undefined
  },
})
can('docs:GetDocument', { arn: 'loaded', resource: load })
can('docs:GetDocument', { arn: ({ params }) => `arn:aws:docs::acme:${params['*']}` })

// Keys have the types that the service gives them.
can('docs:CreateDocument', { requestTags, context: () => ({ 'docs:Classification': 'public' }) })
// @ts-expect-error: the key is text
can('docs:CreateDocument', { requestTags, context: () => ({ 'docs:Classification': 7 }) })
