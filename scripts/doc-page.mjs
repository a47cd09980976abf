/**
 * Runs the modules of one documentation page, and prints what each of them printed, as JSON.
 *
 * `node doc-page.mjs FILE…`, in the page's folder. A module counts as run when its import has settled and a moment has
 * passed; what listens then is closed with the process. Every server gets a free port, whatever its code asks for, and
 * `fetch` finds it there.
 *
 * @module
 */
import { Server } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

/** Milliseconds for what a module does after its import: to listen, or to fail. */
const MOMENT = 50

/** The port that code asked for → the one that it got. */
const ports = new Map()

const listen = Reflect.get(Server.prototype, 'listen')
Server.prototype.listen = function (/** @type {any[]} */ ...args) {
  const [port, ...rest] = args
  if (!/^\d+$/.test(port)) return Reflect.apply(listen, this, args)
  this.once('listening', () => {
    const address = this.address()
    if (typeof address === 'object') ports.set(String(port), address?.port)
  })
  return Reflect.apply(listen, this, [0, ...rest])
}

const { fetch } = globalThis
globalThis.fetch = (input, init) => {
  if (typeof input !== 'string') return fetch(input, init)
  const url = input.replace(/(?<=^http:\/\/localhost:)\d+/, (port) => ports.get(port) ?? port)
  return fetch(url, init)
}

/** @type {{ file: string, output: string, error?: string }[]} */
const runs = []
const print = process.stdout.write.bind(process.stdout)

/** @param {unknown} text */
function keep(text) {
  const run = runs.at(-1)
  if (run) run.output += String(text)
  return true
}
process.stdout.write = keep

/** @param {unknown} error */
function fail(error) {
  const run = runs.at(-1)
  if (run) run.error ??= error instanceof Error ? (error.stack ?? error.message) : String(error)
}
process.on('uncaughtException', fail)

for (const file of process.argv.slice(2)) {
  runs.push({ file, output: '' })
  // A module that is no ES module cannot wait at its top: it says when it is done.
  await import(pathToFileURL(resolve(file)).href).then(({ done }) => done).catch(fail)
  await wait(MOMENT)
}
print(JSON.stringify(runs), () => process.exit())
