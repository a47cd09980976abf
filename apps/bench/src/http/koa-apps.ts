/**
 * Koa without a guard, and with iamkit's.
 *
 * Errors  None.
 *
 * @module
 */
import { accessOf, guard } from '@iamkit/koa'
import Router from '@koa/router'
import Koa from 'koa'
import { DOCUMENTS } from './documents.js'
import { createDocsIam, loadDocument } from './guarded.js'
import type { WebApp } from './web-app.js'

const PATH = '/documents/:documentId'

function createBareApp() {
  const router = new Router()
  router.get(PATH, (ctx) => {
    ctx.body = DOCUMENTS.get(String(ctx.params.documentId))
  })
  return new Koa().use(router.routes()).callback()
}

function createGuardedApp() {
  const { can, errors, assertCovered } = guard(createDocsIam())
  const router = new Router()
  router.get(PATH, can('docs:GetDocument', { resource: loadDocument }), (ctx) => {
    ctx.body = accessOf(ctx).resource
  })
  const app = new Koa().use(errors()).use(router.routes())
  assertCovered(app, { print: () => {} })
  return app.callback()
}

export const koaApps: readonly WebApp[] = [
  { name: 'Koa', framework: 'Koa 3', role: 'bare', create: createBareApp },
  { name: 'Koa + iamkit', framework: 'Koa 3', role: 'guard', create: createGuardedApp },
]
