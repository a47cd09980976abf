import { createRequire } from 'node:module'
import { Hono } from 'hono'
import { serveHono } from '../src/serve/hono-node.js'
import { askOverWire } from '../src/wire.js'
import { runTable } from './run.js'

const require = createRequire(import.meta.url)

/** Both ends of the range. */
const FRAMEWORKS = [
  ['Hono 4.13.19', Hono],
  ['Hono 4.0.0', (require('hono-4-0') as { Hono: typeof Hono }).Hono],
] as const

for (const [version, App] of FRAMEWORKS) {
  runTable({
    frameworks: version.endsWith('4.0.0') ? ['hono-4.0', 'hono'] : ['hono'],
    version: `${version} with @hono/node-server`,
    start: async (seen) => {
      const { port, close } = await serveHono(App, seen)
      return { ask: (ask) => askOverWire(port, ask), close }
    },
  })
}
