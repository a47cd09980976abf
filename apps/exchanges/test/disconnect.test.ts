import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import Router from '@koa/router'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { serveExpress } from '../src/serve/express.js'
import { serveFastify } from '../src/serve/fastify.js'
import { serveHono } from '../src/serve/hono-node.js'
import { serveKoa } from '../src/serve/koa.js'
import type { Seen, Served } from '../src/serve/served.js'
import { askOverWire } from '../src/wire.js'

const APPS: readonly (readonly [name: string, start: (seen: Seen) => Promise<Served>])[] = [
  ['Express', (seen) => serveExpress(express, seen)],
  ['Koa', (seen) => serveKoa({ App: Koa, Router }, seen)],
  ['Fastify', (seen) => serveFastify(fastify, seen)],
  ['Hono', (seen) => serveHono(Hono, seen)],
]

/** Sends a request, so that it arrives, and hangs up while the guard waits. */
async function hangUp(port: number, path: string, name: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  const text = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${name}\r\n\r\n`
  socket.write(text, () => socket.destroy())
  await once(socket, 'close')
}

/** Handles that keep the process alive, such as timers and sockets. */
const held = () => process.getActiveResourcesInfo().length

describe.each(APPS)('a caller of %s who hangs up while the guard waits', (_name, start) => {
  it.each([
    ['the loader', '/badly/f1/documents/never', 'ann'],
    ['a masked loader', '/badly-masked/f1/documents/never', 'bob'],
    ['the policies', '/folders/down-never/documents', 'ann'],
    ['the authenticator', '/status', 'never'],
    ['a row of the table', '/t/folders/down-never', 'ann'],
  ])('for %s leaves nothing behind, and runs no handler', async (_title, path, name) => {
    const seen: Seen = { ran: [], faults: [] }
    const unhandled: unknown[] = []
    const keep = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', keep)
    const { port, close } = await start(seen)
    const status = { line: 'GET /status', as: 'ann' }
    await askOverWire(port, status)
    await sleep(20)
    const before = held()
    await Promise.all(Array.from({ length: 40 }, () => hangUp(port, path, name)))
    // The guard's own limit is 25 ms; then every reply has found nobody.
    const isOver = () => held() <= before && seen.faults.length >= 40
    for (let waited = 0; !isOver() && waited < 400; waited += 1) await sleep(50)
    expect(held()).toBeLessThanOrEqual(before)
    expect((await askOverWire(port, status)).status).toBe(200)
    await close()
    process.off('unhandledRejection', keep)
    expect([seen.ran, unhandled]).toEqual([['status', 'status'], []])
    expect(seen.faults.length).toBe(40)
  })
})
