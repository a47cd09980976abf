/**
 * The routes: an action for each, and where its resource and its tags come from.
 *
 * Errors  what `assertCovered` says of a route that nobody guards, at start-up.
 *
 * @module
 */
import { type Guard, guard } from '@iamkit/express'
import express, { type Express, type Request, type Response } from 'express'
import type { docs } from './docs.js'
import type { DocsIam } from './iam.js'
import type { Issuer } from './issuer.js'
import { people } from './people.js'
import { problems, unknownRoute } from './problems.js'
import { createDocumentHandlers } from './routes/documents.js'
import { createFolderHandlers } from './routes/folders.js'
import { createLoaders } from './routes/loaders.js'
import type { Store } from './store/store.js'
import { namedTag, sentTags } from './tags.js'

export interface AppParts {
  readonly store: Store
  readonly issuer: Issuer
  readonly iam: DocsIam
  /** Takes the table of routes. Absent: standard output. */
  readonly print?: (table: string) => void
}

type DocsGuard = Guard<typeof docs>

const FOLDER = '/folders/:folderId'
const DOCUMENTS = '/folders/:folderId/documents'
const DOCUMENT = '/folders/:folderId/documents/:documentId'
const TAGS = '/folders/:folderId/documents/:documentId/tags'

const json = express.json({ limit: '64kb' })

export function createApp(parts: AppParts): Express {
  const { iam, print } = parts
  const guards = guard(iam)
  const app = express().disable('x-powered-by')
  addPublicRoutes(app, guards, parts)
  addFolderRoutes(app, guards, parts)
  addDocumentRoutes(app, guards, parts)
  app.use(unknownRoute)
  app.use(guards.errors())
  app.use(problems())
  guards.assertCovered(app, { ...(print && { print }) })
  return app
}

function addPublicRoutes(app: Express, { publicRoute }: DocsGuard, { issuer }: AppParts): void {
  app.get('/health', publicRoute('load balancer'), (_req, res) => {
    res.send('ok\n')
  })
  app.get('/keys', publicRoute('public keys of the local issuer'), (_req, res) => {
    res.json(issuer.keys)
  })
  app.post(
    '/sign-in/:name',
    publicRoute('local issuer, not for production'),
    async (req: Request<{ name: string }>, res: Response) => {
      const person = people.get(req.params.name)
      if (!person) return unknownRoute(req, res)
      res
        .set('cache-control', 'no-store')
        .type('text')
        .send(await issuer.signIn(person))
    },
  )
}

function addFolderRoutes(app: Express, { can }: DocsGuard, { store, iam }: AppParts): void {
  const { folder: resource } = createLoaders(store)
  const { list, create, get, remove } = createFolderHandlers(store, iam)
  app.get('/folders', can('docs:ListFolders'), list)
  app.put(FOLDER, json, can('docs:CreateFolder', { requestTags: sentTags }), create)
  app.get(FOLDER, can('docs:GetFolder', { resource }), get)
  app.delete(FOLDER, can('docs:DeleteFolder', { resource }), remove)
}

function addDocumentRoutes(app: Express, { can }: DocsGuard, { store, iam }: AppParts): void {
  const { folder, document: resource } = createLoaders(store)
  const { list, create, get, update, remove, tag, untag } = createDocumentHandlers(store, iam)
  const requestTags = sentTags
  app.get(DOCUMENTS, can('docs:ListDocuments', { resource: folder }), list)
  app.post(DOCUMENTS, json, can('docs:CreateDocument', { resource: folder, requestTags }), create)
  app.get(DOCUMENT, can('docs:GetDocument', { resource }), get)
  app.put(DOCUMENT, json, can('docs:UpdateDocument', { resource }), update)
  app.delete(DOCUMENT, can('docs:DeleteDocument', { resource }), remove)
  app.post(TAGS, json, can('docs:TagDocument', { resource, requestTags }), tag)
  app.delete(
    `${TAGS}/:tagKey`,
    can('docs:UntagDocument', { resource, requestTags: namedTag }),
    untag,
  )
}
