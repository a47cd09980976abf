/**
 * The routes on Koa: the same actions, options and handlers as on Express.
 *
 * Errors  what `assertCovered` says of a route that nobody guards, at start-up.
 *
 * @module
 */
import { nodeRequest } from '@iamkit/http/node'
import { type AccessState, accessOf, at, type Guard, guard } from '@iamkit/koa'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa, { type Middleware, type ParameterizedContext } from 'koa'
import type { AppParts } from './app-parts.js'
import type { docs } from './docs.js'
import { type ProblemReply, problemReply, unknownRoute } from './problems.js'
import { createDocumentHandlers } from './routes/documents.js'
import { createFolderHandlers } from './routes/folders.js'
import type { Answer, Handler, PublicHandler, Sent } from './routes/handler.js'
import { createRouteOptions } from './routes/options.js'
import {
  DISCOVERY,
  DOCUMENT,
  DOCUMENTS,
  FOLDER,
  FOLDERS,
  POLICIES,
  SHADOW_REPORT,
  TAG,
  TAGS,
} from './routes/paths.js'
import { createPublicHandlers } from './routes/public.js'
import { createReportHandler } from './routes/report.js'

type DocsGuard = Guard<typeof docs>

export function createKoaApp(parts: AppParts): Koa {
  const guards = guard(parts.iam)
  const router = new Router()
  addPublicRoutes(router, guards, parts)
  addFolderRoutes(router, guards, parts)
  addDocumentRoutes(router, guards, parts)
  const app = new Koa()
  app.use(problems())
  app.use(guards.errors())
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: '64kb' }))
  app.use(router.routes())
  guards.assertCovered(app, { ...(parts.print && { print: parts.print }) })
  return app
}

function addPublicRoutes(router: Router, { publicRoute }: DocsGuard, parts: AppParts): void {
  const { health, keys, discovery, signIn, session, policies } = createPublicHandlers(parts)
  router.get('/health', publicRoute('load balancer'), open(health))
  router.get('/keys', publicRoute('public keys of the local issuer'), open(keys))
  router.get(DISCOVERY, publicRoute('where the issuer has its keys'), open(discovery))
  router.post('/sign-in/:name', publicRoute('local issuer, not for production'), open(signIn))
  router.post('/sessions/:name', publicRoute('the same, for the page'), open(session))
  router.get(POLICIES, publicRoute('the caller’s own, for the page'), open(policies))
}

function addFolderRoutes(router: Router, { can }: DocsGuard, { store, iam }: AppParts): void {
  const options = createRouteOptions(store)
  const { list, create, get, remove } = createFolderHandlers(store, iam)
  router.get(...at(FOLDERS, can('docs:ListFolders'), run(list)))
  router.put(...at(FOLDER, can('docs:CreateFolder', options.newFolder), run(create)))
  router.get(...at(FOLDER, can('docs:GetFolder', options.folder), run(get)))
  router.delete(...at(FOLDER, can('docs:DeleteFolder', options.folder), run(remove)))
}

function addDocumentRoutes(router: Router, { can }: DocsGuard, { store, iam }: AppParts): void {
  const options = createRouteOptions(store)
  const { list, create, get, update, remove, tag, untag } = createDocumentHandlers(store, iam)
  router.get(...at(DOCUMENTS, can('docs:ListDocuments', options.folder), run(list)))
  router.post(...at(DOCUMENTS, can('docs:CreateDocument', options.newDocument), run(create)))
  router.get(...at(DOCUMENT, can('docs:GetDocument', options.document), run(get)))
  router.put(...at(DOCUMENT, can('docs:UpdateDocument', options.document), run(update)))
  router.delete(...at(DOCUMENT, can('docs:DeleteDocument', options.document), run(remove)))
  router.post(...at(TAGS, can('docs:TagDocument', options.moreTags), run(tag)))
  router.delete(...at(TAG, can('docs:UntagDocument', options.lessTags), run(untag)))
  const report = run(createReportHandler(iam))
  router.get(...at(SHADOW_REPORT, can('docs:GetShadowReport', options.shadowReport), report))
}

type GuardedContext<Resource> = ParameterizedContext<
  AccessState<Resource>,
  { params: Sent['params'] }
>

/** A handler behind its guard. */
function run<Resource>(handle: Handler<Resource>) {
  return async (ctx: GuardedContext<Resource>): Promise<void> => {
    answer(ctx, await handle({ ...sentIn(ctx), access: accessOf(ctx) }))
  }
}

function open(handle: PublicHandler) {
  return async (ctx: Context): Promise<void> => answer(ctx, await handle(sentIn(ctx)))
}

/** The little of a context that handlers need. */
type Context = Pick<ParameterizedContext, 'req' | 'request' | 'response'> & {
  readonly params: Sent['params']
}

function sentIn({ params, req, request: { query, body } }: Context): Sent {
  return { params, query, body, request: nodeRequest(req, { params }) }
}

function answer({ response }: Context, { status, headers = {}, json, text }: Answer): void {
  response.status = status
  response.set(headers)
  if (text !== undefined) response.body = text
  else if (json !== undefined) response.body = JSON.stringify(json)
  if (json !== undefined) response.type = 'json'
}

/** Stands before everything else: in Koa, what is outside answers for what is inside. */
function problems(): Middleware {
  return async ({ response }, next) => {
    try {
      await next()
      // Nothing has answered.
      if (response.status === 404 && !response.body) send(response, unknownRoute())
    } catch (error) {
      if (response.headerSent) throw error
      send(response, problemReply(error))
    }
  }
}

function send(response: Koa.Response, { status, headers, body }: ProblemReply): void {
  response.status = status
  response.body = body
  response.set(headers)
}
