/**
 * A plugin that serves files to everybody.
 *
 * Errors  None.
 *
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import { methodsOf, preHandlersOf } from './route-record.js'

/**
 * The same plugin in a place of its own, where each route that reads is declared. One that writes stays open,
 * and `assertCovered` names it.
 */
export function declaredPlugin<Options extends object>(
  files: unknown,
  everybody: object,
): FastifyPluginAsync<Options> {
  return async (app, options) => {
    app.addHook('onRoute', (route) => {
      const isReading = methodsOf(route).every((method) => method === 'GET' || method === 'HEAD')
      if (isReading) route.preHandler = [everybody, ...preHandlersOf(route)] as never
    })
    // Fastify has put this place under the prefix already.
    const own = { ...options, prefix: undefined }
    await app.register(files as FastifyPluginAsync<Options>, own as never)
  }
}
