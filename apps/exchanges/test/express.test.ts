import { createRequire } from 'node:module'
import express from 'express'
import { serveExpress } from '../src/serve/express.js'
import { askOverWire } from '../src/wire.js'
import { runTable } from './run.js'

const require = createRequire(import.meta.url)

/** Both ends of the range. */
const FRAMEWORKS = [
  ['Express 5.3.0', express],
  ['Express 5.0.0', require('express-5-0') as typeof express],
] as const

for (const [version, create] of FRAMEWORKS) {
  runTable({
    frameworks: ['express'],
    version,
    start: async (seen) => {
      const { port, close } = await serveExpress(create, seen)
      return { ask: (ask) => askOverWire(port, ask), close }
    },
  })
}
