/**
 * The app of the exchanges on Hono, through `@hono/node-server`.
 *
 * Errors  `CoverageError` at start-up, if a route were open.
 *
 * @module
 */
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { nodeConnection } from '@iamkit/hono/node'
import type { Hono } from 'hono'
import { honoApp } from './hono.js'
import { listening } from './listening.js'
import type { Seen, Served } from './served.js'

export function serveHono(App: typeof Hono, seen: Seen): Promise<Served> {
  const app = honoApp(App, { seen, connection: nodeConnection })
  return listening(createAdaptorServer({ fetch: app.fetch }) as Server)
}
