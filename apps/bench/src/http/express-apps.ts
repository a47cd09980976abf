/**
 * Express without a guard, and with iamkit's.
 *
 * Errors  None.
 *
 * @module
 */
import { accessOf, guard } from '@iamkit/express'
import express from 'express'
import { DOCUMENTS } from './documents.js'
import { createDocsIam, loadDocument } from './guarded.js'
import type { WebApp } from './web-app.js'

const PATH = '/documents/:documentId'

function createBareApp() {
  const app = express()
  app.get(PATH, (req, res) => {
    res.json(DOCUMENTS.get(req.params.documentId))
  })
  return app
}

function createGuardedApp() {
  const { can, errors, assertCovered } = guard(createDocsIam())
  const app = express()
  app.get(PATH, can('docs:GetDocument', { resource: loadDocument }), (req, res) => {
    res.json(accessOf(req).resource)
  })
  app.use(errors())
  assertCovered(app, { print: () => {} })
  return app
}

export const expressApps: readonly WebApp[] = [
  { name: 'Express', framework: 'Express 5', role: 'bare', create: createBareApp },
  { name: 'Express + iamkit', framework: 'Express 5', role: 'guard', create: createGuardedApp },
]
