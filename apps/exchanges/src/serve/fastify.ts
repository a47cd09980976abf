/**
 * The app of the exchanges on Fastify.
 *
 * Errors  `CoverageError` at start-up, if a route were open.
 *
 * @module
 */
import { METHODS } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type GuardHook, guard } from '@iamkit/fastify'
import { keptAccess } from '@iamkit/http'
import type fastify from 'fastify'
import { createDocsIam } from '../docs.js'
import { type AppRoute, answerOf, OPEN_API, ROUTES, TABLE } from '../routes.js'
import { BODY_LIMIT, type Seen, type Served } from './served.js'

export async function serveFastify(create: typeof fastify, seen: Seen): Promise<Served> {
  const { can, protect, publicRoute, errors, assertCovered } = guard(createDocsIam(seen.faults))
  const app = create({ bodyLimit: BODY_LIMIT, forceCloseConnections: true })
  for (const method of METHODS) {
    const isKnown = app.supportedMethods.includes(method)
    if (!isKnown && method !== 'CONNECT') app.addHttpMethod(method, { hasBody: false })
  }
  assertCovered(app, { print: () => {} })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'nothing here' }))
  app.setErrorHandler(
    errors((error, _request, reply) => {
      const { statusCode = 500 } = error as { statusCode?: number }
      return reply.code(statusCode).send({ error: statusCode })
    }),
  )
  protect(app, TABLE)
  protect(app, OPEN_API)
  for (const route of ROUTES) {
    const method = route.method === 'ALL' ? app.supportedMethods : route.method
    const handler = handlerOf(route, seen)
    app.route({ method, url: route.path, preHandler: guardsOf(route), handler })
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return { port, close: () => app.close() }

  function guardsOf({ action, options, reason }: AppRoute): GuardHook[] {
    if (reason) return [publicRoute(reason)]
    return action ? [can(action, options as never)] : []
  }
}

function handlerOf(route: AppRoute, { ran }: Seen) {
  return async (request: object) => {
    ran.push(route.name)
    return answerOf(route, keptAccess(request))
  }
}
