/**
 * The app under test, over real HTTP, and a look past it into its database.
 *
 * Errors  None of its own.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { people } from '../src/people.js'
import { type Server, type ServerOptions, startServer } from '../src/server.js'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown
}

export interface Call {
  readonly method: string
  /** As it goes over the wire: nothing is normalised, nothing is escaped. */
  readonly path: string
  /** Signs in; absent: no token. */
  readonly as?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** Text goes as it is, anything else as JSON. */
  readonly body?: unknown
}

export interface Example extends Server {
  call(call: Call): Promise<Answer>
  /** `GET /folders`, by its shorter name. */
  as(name: string, line: string, body?: unknown): Promise<Answer>
  /** Everything that is in the database. */
  kept(): Promise<string>
}

/** Without a data folder it gets one of its own, which goes with it. */
export async function startExample(options: ServerOptions = {}): Promise<Example> {
  const { data = mkdtempSync(join(tmpdir(), 'iamkit-example-')) } = options
  unpackCluster(join(data, 'database'))
  const server = await startServer({ port: 0, print: () => {}, ...options, data })
  const call = async ({ as: name, ...rest }: Call): Promise<Answer> => {
    const person = name === undefined ? undefined : people.get(name)
    if (name !== undefined && !person) throw new Error(`nobody is called ${name}`)
    const token = person && (await server.signIn(person)).token
    return send(server.url, { ...rest, ...(token !== undefined && { token }) })
  }
  return {
    ...server,
    call,
    async close() {
      await server.close()
      if (options.data === undefined) rmSync(data, { recursive: true, force: true })
    },
    as(name, line, body) {
      const [method = '', path = ''] = line.split(' ')
      return call({ as: name, method, path, ...(body !== undefined && { body }) })
    },
    async kept() {
      const folders = await server.store.folders.list()
      const documents = await Promise.all(
        folders.map(async ({ id }) => {
          const all = { after: '', limit: 10_000, filter: { kind: 'all' } } as const
          const { documents: found } = await server.store.documents.list(id, all)
          return Promise.all(found.map((one) => server.store.documents.find(id, one.id)))
        }),
      )
      return JSON.stringify({ folders, documents }, null, 1)
    },
  }
}

/** What a new database begins with, which takes long to make anew for each test. */
export function unpackCluster(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true })
  execFileSync('tar', ['-xzf', inject('pgliteSeed'), '-C', folder], { stdio: 'ignore' })
}

type Sent = Omit<Call, 'as'> & { readonly token?: string }

/** Not `fetch`, which would put the path in order before it goes out. */
function send(url: string, { method, path, token, headers, body }: Sent): Promise<Answer> {
  const payload = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ hostname, port, method, path, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const status = response.statusCode ?? 0
        resolve({ status, headers: plain(response.headers), text, json: parsed(text) })
      })
    })
    sent.on('error', reject)
    if (payload !== undefined) sent.setHeader('content-type', 'application/json')
    if (token !== undefined) sent.setHeader('authorization', `Bearer ${token}`)
    for (const [name, value] of Object.entries(headers ?? {})) sent.setHeader(name, value)
    sent.end(payload)
  })
}

function plain(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
