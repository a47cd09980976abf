/**
 * Apps with the guards of peers, each written as its documentation shows, and with the verification of a
 * token as a yardstick.
 *
 * Errors  None.
 *
 * @module
 */
import Router, { type RouterMiddleware as Middleware } from '@koa/router'
import express, { type RequestHandler } from 'express'
import Koa from 'koa'
import { DOCUMENTS } from '../../../src/http/documents.js'
import type { WebApp } from '../../../src/http/web-app.js'
import { createCedarMiddleware } from './cedar.js'
import { type Check, createCasbinCheck, createCaslCheck, verifyToken } from './checks.js'

const PATH = '/documents/:documentId'

const expressApp = (...before: RequestHandler<{ documentId: string }>[]) => {
  const app = express()
  app.get(PATH, ...before, (req, res) => {
    res.json(DOCUMENTS.get(req.params.documentId))
  })
  return app
}

/** A check as Express middleware. */
const inExpress =
  (check: Check): RequestHandler<{ documentId: string }> =>
  async (req, res, next) => {
    if (await check(req.headers, req.params.documentId)) next()
    else res.status(403).json({ error: 'forbidden' })
  }

/** The same as Koa middleware. */
const koaApp = (check: Check) => {
  const router = new Router()
  const guard: Middleware = async (ctx, next) => {
    if (await check(ctx.req.headers, String(ctx.params.documentId))) await next()
    else ctx.throw(403)
  }
  router.get(PATH, guard, (ctx) => {
    ctx.body = DOCUMENTS.get(String(ctx.params.documentId))
  })
  const app = new Koa()
  app.silent = true
  return app.use(router.routes()).callback()
}

const onExpress = (name: string, role: WebApp['role'], create: WebApp['create']): WebApp => {
  return { name: `Express + ${name}`, framework: 'Express 5', role, create }
}
const onKoa = (name: string, role: WebApp['role'], create: WebApp['create']): WebApp => {
  return { name: `Koa + ${name}`, framework: 'Koa 3', role, create }
}

export const peerApps: readonly WebApp[] = [
  onExpress('CASL', 'guard', () => expressApp(inExpress(createCaslCheck()))),
  onExpress('casbin', 'guard', async () => expressApp(inExpress(await createCasbinCheck()))),
  onExpress('Cedar', 'guard', () => expressApp(createCedarMiddleware() as never)),
  onExpress('jose HS256', 'yardstick', () => expressApp(inExpress(verifyToken))),
  onKoa('CASL', 'guard', () => koaApp(createCaslCheck())),
  onKoa('casbin', 'guard', async () => koaApp(await createCasbinCheck())),
  onKoa('jose HS256', 'yardstick', () => koaApp(verifyToken)),
]
