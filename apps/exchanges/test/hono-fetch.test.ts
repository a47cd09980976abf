import { createRequire } from 'node:module'
import type { Connection } from '@iamkit/hono'
import { Hono } from 'hono'
import { honoApp } from '../src/serve/hono.js'
import { askByFetch } from '../src/wire.js'
import { type Run, runTable } from './run.js'

const require = createRequire(import.meta.url)

/** Both ends of the range. */
const FRAMEWORKS = [
  ['Hono 4.13.19', Hono],
  ['Hono 4.0.0', (require('hono-4-0') as { Hono: typeof Hono }).Hono],
] as const

/** What a runtime without sockets tells of this machine's own connections. */
const connection = (): Connection => ({ remoteAddress: '127.0.0.1', isSecure: false })

for (const [version, App] of FRAMEWORKS) {
  const run: Run = {
    frameworks: version.endsWith('4.0.0') ? ['hono-4.0', 'hono'] : ['hono'],
    version: `${version} as a bare fetch handler`,
    start: async (seen) => {
      const app = honoApp(App, { seen, connection })
      return {
        ask: (ask) => askByFetch((request) => app.fetch(request), ask),
        close: async () => {},
      }
    },
  }
  runTable(run, 41)
}
