import { createRequire } from 'node:module'
import Router from '@koa/router'
import Koa from 'koa'
import { type KoaFamily, serveKoa } from '../src/serve/koa.js'
import { askOverWire } from '../src/wire.js'
import { runTable } from './run.js'

const require = createRequire(import.meta.url)

/** Both ends of the ranges of Koa and its router, and one between. */
const FRAMEWORKS: readonly (readonly [version: string, of: KoaFamily])[] = [
  ['Koa 3.3.0 with router 15.7.0', { App: Koa, Router }],
  ['Koa 3.3.0 with router 14.0.0', { App: Koa, Router: require('koa-router-14') as typeof Router }],
  [
    'Koa 3.0.0 with router 13.0.0',
    { App: require('koa-3-0') as typeof Koa, Router: require('koa-router-13') as typeof Router },
  ],
]

for (const [version, of] of FRAMEWORKS) {
  runTable({
    frameworks: version.endsWith('15.7.0') ? ['koa'] : ['koa-router-14', 'koa'],
    version,
    start: async (seen) => {
      const { port, close } = await serveKoa(of, seen)
      return { ask: (ask) => askOverWire(port, ask), close }
    },
  })
}
