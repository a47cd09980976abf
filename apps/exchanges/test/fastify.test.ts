import { createRequire } from 'node:module'
import fastify from 'fastify'
import { serveFastify } from '../src/serve/fastify.js'
import { askOverWire } from '../src/wire.js'
import { runTable } from './run.js'

const require = createRequire(import.meta.url)

/** Both ends of the range. */
const FRAMEWORKS = [
  ['Fastify 5.12.8', fastify],
  ['Fastify 5.0.0', require('fastify-5-0') as typeof fastify],
] as const

for (const [version, create] of FRAMEWORKS) {
  runTable({
    frameworks: version.endsWith('5.0.0') ? ['fastify-5.0', 'fastify'] : ['fastify'],
    version,
    start: async (seen) => {
      const { port, close } = await serveFastify(create, seen)
      return { ask: (ask) => askOverWire(port, ask), close }
    },
  })
}
