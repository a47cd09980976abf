/**
 * The app, listening: its data folder claimed, its database open.
 *
 * Shape   {@link startServer} either gives a whole {@link Server} or leaves nothing behind.
 * Errors  {@link DataFolderError} (`ERR_DATA_FOLDER`), {@link PortError} (`ERR_PORT_IN_USE`).
 *
 * @module
 */
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { DecisionEvent, Mode } from '@iamkit/http'
import type { AppParts } from './app-parts.js'
import type { Authority } from './authority/authority.js'
import { fileAuthority } from './authority/files.js'
import { openControlPlane } from './control-plane/authority.js'
import { claimFolder } from './data-folder.js'
import { PortError } from './errors.js'
import { createExpressApp } from './express.js'
import { createDocsIam, type DocsIam } from './iam.js'
import { type Issuer, openIssuer } from './issuer.js'
import { createKoaApp } from './koa.js'
import { buildPage, type Page } from './page.js'
import { seed } from './store/seed.js'
import { openStore, type Store } from './store/store.js'

/** This machine alone: the local issuer signs in anybody. */
const HOST = '127.0.0.1'
const FIRST_PORT = 3000
const PORTS_TRIED = 20
/** Milliseconds that requests under way get to end. */
const PATIENCE = 2000

export interface ServerOptions {
  /** Absent: `files`. */
  readonly authority?: 'control-plane' | 'files'
  /** Absent: `express`. */
  readonly framework?: 'express' | 'koa'
  /** Whether the page is built and served. Absent: false. */
  readonly page?: boolean
  /** Absent: `enforce`. */
  readonly mode?: Mode
  /** The data folder. Absent: nothing is kept. */
  readonly data?: string
  /** Absent: 3000, or the next free one. 0: any free one. */
  readonly port?: number
  readonly onDecision?: (event: DecisionEvent) => void
  /** Takes the table of routes. Absent: standard output. */
  readonly print?: (table: string) => void
}

export interface Server {
  /** Without a slash at its end. */
  readonly url: string
  readonly issuer: Issuer
  readonly signIn: Authority['signIn']
  /** Lines that tell people where to look. */
  readonly notes: readonly string[]
  readonly store: Store
  readonly iam: DocsIam
  /** Ends what is under way, closes the database, gives the folder back. */
  close(): Promise<void>
}

export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { framework, data, port, mode, onDecision, print } = options
  const undo: (() => unknown)[] = []
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    if (data !== undefined) undo.push(claimFolder(data))
    // The page is built while all else opens; whether that went well is asked at the end.
    const building = options.page ? buildPage() : undefined
    building?.catch(() => {})
    // First of all a port: by its address the control plane knows the issuer.
    const gate = createGate()
    const http =
      port === undefined ? await listenSomewhere(gate.listener) : await listen(gate.listener, port)
    undo.push(() => stop(http))
    const url = `http://${HOST}:${(http.address() as AddressInfo).port}`
    const { issuer, authority } = await openAuthority(options, url)
    undo.push(() => authority.close())
    const { signIn, notes, register } = authority
    const iam = createDocsIam({
      authority,
      ...(mode && { mode }),
      ...(onDecision && { onDecision }),
    })
    const opened = await openStore(data && join(data, 'database'))
    undo.push(() => opened.close())
    const store = register ? { ...opened, folders: await register(opened.folders) } : opened
    await seed(store)
    const app = listenerOf(framework, { store, issuer, iam, authority, ...(print && { print }) })
    const page = await building
    gate.open(page ? withPage(page, app) : app)
    // Once more: what is under way ends before anything that it needs.
    undo.push(() => stop(http))
    return { url, issuer, signIn, notes, store, iam, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Who says which policies there are and who calls. */
async function openAuthority({ authority, data }: ServerOptions, url: string) {
  const keyFile = data && join(data, 'issuer.json')
  if (authority !== 'control-plane') {
    const issuer = await openIssuer(keyFile)
    return { issuer, authority: fileAuthority(issuer) }
  }
  const issuer = await openIssuer(keyFile, url)
  const folder = data === undefined ? {} : { folder: join(data, 'control-plane') }
  return { issuer, authority: await openControlPlane({ issuer, ...folder }) }
}

/** Answers 503 until there is an app. */
function createGate(): { readonly listener: RequestListener; open(app: RequestListener): void } {
  let answer: RequestListener = (_req, res) => res.writeHead(503, { 'retry-after': '1' }).end()
  return {
    listener: (req, res) => answer(req, res),
    open: (app) => {
      answer = app
    },
  }
}

function withPage(page: Page, app: RequestListener): RequestListener {
  return (req, res) => {
    if (!page(req, res)) app(req, res)
  }
}

function listenerOf(framework: ServerOptions['framework'], parts: AppParts): RequestListener {
  if (framework !== 'koa') return createExpressApp(parts)
  const answer = createKoaApp(parts).callback()
  return (req, res) => void answer(req, res)
}

async function listenSomewhere(app: RequestListener): Promise<HttpServer> {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    try {
      return await listen(app, port)
    } catch (error) {
      if (!(error instanceof PortError)) throw error
    }
  }
  throw new PortError(FIRST_PORT)
}

function listen(app: RequestListener, port: number): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const server = createServer(app)
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortError(port) : error)
    })
    server.listen(port, HOST, () => resolve(server))
  })
}

function stop(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), PATIENCE)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
