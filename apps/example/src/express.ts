/**
 * The routes on Express: an action for each, and where its resource and its tags come from.
 *
 * Errors  what `assertCovered` says of a route that nobody guards, at start-up.
 *
 * @module
 */
import { accessOf, type Guard, guard } from '@iamkit/express'
import { nodeRequest } from '@iamkit/http/node'
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
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

const json = express.json({ limit: '64kb' })

export function createExpressApp(parts: AppParts): Express {
  const guards = guard(parts.iam)
  const app = express().disable('x-powered-by')
  addPublicRoutes(app, guards, parts)
  addFolderRoutes(app, guards, parts)
  addDocumentRoutes(app, guards, parts)
  app.use((_req, res) => send(res, unknownRoute()))
  app.use(guards.errors())
  app.use(problems())
  guards.assertCovered(app, { ...(parts.print && { print: parts.print }) })
  return app
}

function addPublicRoutes(app: Express, { publicRoute }: DocsGuard, parts: AppParts): void {
  const { health, keys, discovery, signIn, session, policies } = createPublicHandlers(parts)
  app.get('/health', publicRoute('load balancer'), open(health))
  app.get('/keys', publicRoute('public keys of the local issuer'), open(keys))
  app.get(DISCOVERY, publicRoute('where the issuer has its keys'), open(discovery))
  app.post('/sign-in/:name', publicRoute('local issuer, not for production'), open(signIn))
  app.post('/sessions/:name', publicRoute('the same, for the page'), open(session))
  app.get(POLICIES, publicRoute('the caller’s own, for the page'), open(policies))
}

function addFolderRoutes(app: Express, { can }: DocsGuard, { store, iam }: AppParts): void {
  const options = createRouteOptions(store)
  const { list, create, get, remove } = createFolderHandlers(store, iam)
  app.get(FOLDERS, can('docs:ListFolders'), run(list))
  app.put(FOLDER, json, can('docs:CreateFolder', options.newFolder), run(create))
  app.get(FOLDER, can('docs:GetFolder', options.folder), run(get))
  app.delete(FOLDER, can('docs:DeleteFolder', options.folder), run(remove))
}

function addDocumentRoutes(app: Express, { can }: DocsGuard, { store, iam }: AppParts): void {
  const options = createRouteOptions(store)
  const { list, create, get, update, remove, tag, untag } = createDocumentHandlers(store, iam)
  app.get(DOCUMENTS, can('docs:ListDocuments', options.folder), run(list))
  app.post(DOCUMENTS, json, can('docs:CreateDocument', options.newDocument), run(create))
  app.get(DOCUMENT, can('docs:GetDocument', options.document), run(get))
  app.put(DOCUMENT, json, can('docs:UpdateDocument', options.document), run(update))
  app.delete(DOCUMENT, can('docs:DeleteDocument', options.document), run(remove))
  app.post(TAGS, json, can('docs:TagDocument', options.moreTags), run(tag))
  app.delete(TAG, can('docs:UntagDocument', options.lessTags), run(untag))
  app.get(
    SHADOW_REPORT,
    can('docs:GetShadowReport', options.shadowReport),
    run(createReportHandler(iam)),
  )
}

/** A handler behind its guard. */
function run<Resource>(handle: Handler<Resource>): RequestHandler {
  return async (req, res) => {
    answer(res, await handle({ ...sentIn(req), access: accessOf<Resource>(req) }))
  }
}

function open(handle: PublicHandler): RequestHandler {
  return async (req, res) => answer(res, await handle(sentIn(req)))
}

function sentIn(req: Request): Sent {
  const { params, query, body } = req
  // No path has a wildcard, so that no parameter is a list.
  return { params: params as Sent['params'], query, body, request: nodeRequest(req, { params }) }
}

function answer(res: Response, { status, headers = {}, json: value, text }: Answer): void {
  res.status(status).set(headers)
  if (text !== undefined) res.type('text').send(text)
  else if (value !== undefined) res.json(value)
  else res.end()
}

function problems(): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: Express tells error handlers by their four parameters
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error)
    send(res, problemReply(error))
  }
}

function send(res: Response, { status, headers, body }: ProblemReply): void {
  res.status(status).set(headers).send(body)
}
