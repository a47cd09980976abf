/**
 * One guarded app in a process of its own.
 *
 * Shape   an {@link AppOrder} → `{ port }`; each `'weigh'` → bytes in use. Ends with its parent.
 * Errors  None of its own; what cannot be decided goes to standard error.
 *
 * @module
 */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import * as express from '@iamkit/express'
import { createIam, type Loader } from '@iamkit/http'
import { bearer, identityFrom } from '@iamkit/http/bearer'
import { files, type PolicyFiles } from '@iamkit/http/files'
import * as koa from '@iamkit/koa'
import Router from '@koa/router'
import createExpress from 'express'
import Koa from 'koa'
import { bytesInUse } from '../measure/child.js'
import { AUDIENCE, ISSUER } from './issuer.js'
import { ACCOUNT, DOCUMENTS, docs, type Member } from './world.js'

export interface AppOrder {
  readonly framework: 'Express' | 'Koa'
  readonly folder: string
  readonly keys: string
}

/** What `GET /status` says. */
export interface AppStatus {
  readonly generation: number
  readonly problems: number
}

const PATH = '/documents/:documentId'
const STATUS = '/status'
const documents = new Map(DOCUMENTS.map((document) => [document.id, document]))

/** Now and then as slow as a database, so that callers may leave meanwhile. */
const load: Loader<Member, 'documentId'> = async ({ params }) => {
  const document = documents.get(params.documentId)
  if (Math.random() < 0.1) await wait(5)
  return document && { value: document, tags: { team: document.team } }
}

function createDocsIam(policies: PolicyFiles, keys: string) {
  return createIam({
    services: [docs],
    account: ACCOUNT,
    policies,
    explainDenials: false,
    identify: bearer({
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: ['ES256'],
      keys,
      keyCache: { cooldown: 1 },
      principal: identityFrom({ account: ACCOUNT, tags: { team: 'team' } }),
    }),
  })
}

type DocsIam = ReturnType<typeof createDocsIam>

function expressApp(iam: DocsIam, status: () => AppStatus): RequestListener {
  const { can, publicRoute, errors, assertCovered } = express.guard(iam)
  const app = createExpress()
  app.get(PATH, can('docs:GetDocument', { resource: load }), (req, res) => {
    res.json(express.accessOf<Member>(req).resource)
  })
  app.get(STATUS, publicRoute('the soak asks'), (_req, res) => {
    res.json(status())
  })
  app.use(errors())
  assertCovered(app, { print: () => {} })
  return app
}

function koaApp(iam: DocsIam, status: () => AppStatus): RequestListener {
  const { can, publicRoute, errors, assertCovered } = koa.guard(iam)
  const router = new Router()
  router.get(PATH, can('docs:GetDocument', { resource: load }), (ctx) => {
    ctx.body = koa.accessOf(ctx).resource
  })
  router.get(STATUS, publicRoute('the soak asks'), (ctx) => {
    ctx.body = status()
  })
  const app = new Koa().use(errors()).use(router.routes())
  assertCovered(app, { print: () => {} })
  const answer = app.callback()
  return (req, res) => void answer(req, res)
}

async function answer(message: AppOrder | 'weigh'): Promise<void> {
  if (message === 'weigh') {
    process.send?.(await bytesInUse())
    return
  }
  const { framework, folder, keys } = message
  // A file that is broken on purpose is no news.
  const policies = files(folder, { watch: true, onProblem: () => {} })
  const iam = createDocsIam(policies, keys)
  const status = () => {
    const { generation, problems } = policies.status()
    return { generation, problems: problems.length }
  }
  const server = createServer(framework === 'Koa' ? koaApp(iam, status) : expressApp(iam, status))
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port })
  })
}

process.on('disconnect', () => process.exit())
process.on('message', (message: AppOrder | 'weigh') => void answer(message))
