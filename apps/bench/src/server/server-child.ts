/**
 * A control plane, or a bare server that checks signatures and nothing else, in a process of its own.
 *
 * Shape   a {@link ServerOrder} → `{ port }`; `'cpu'` → microseconds of the whole process; `'memory'` → {@link Memory}. Ends
 *         with its parent.
 * Errors  ends with the error where it cannot begin.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createControlPlane,
  createLog,
  createVault,
  openPglite,
  openPostgres,
  parseVaultKeys,
  type RootCredentials,
} from '@iamkit/server'
import { listen } from '@iamkit/server/node'
import { verify } from '@iamkit/sigv4'
import { bytesInUse } from '../measure/child.js'

export type ServerOrder =
  | { readonly kind: 'bare'; readonly secrets: Readonly<Record<string, string>> }
  | {
      readonly kind: 'iamkit'
      readonly store:
        | { readonly folder: string }
        | { readonly url: string; readonly schema: string }
      readonly vaultKey: string
      readonly root: RootCredentials
    }

/** Bytes. */
export interface Memory {
  readonly resident: number
  /** Once all garbage is gone. */
  readonly inUse: number
}

/** Nobody is held back. */
const RATE = { perSecond: 1e6, burst: 1e6 }

async function serveIam(order: Extract<ServerOrder, { kind: 'iamkit' }>): Promise<number> {
  const { store, vaultKey, root } = order
  const controlPlane = await createControlPlane({
    store: await ('folder' in store ? openPglite(store) : openPostgres(store)),
    vault: createVault(parseVaultKeys(vaultKey)),
    root,
    rateLimit: RATE,
    log: createLog('silent'),
  })
  process.once('disconnect', () => void controlPlane.close().finally(() => process.exit()))
  return (await listen(controlPlane)).port
}

function serveBare({ secrets }: Extract<ServerOrder, { kind: 'bare' }>): Promise<number> {
  const answer = Buffer.from(JSON.stringify({ isSigned: true }))
  const respond = async (req: IncomingMessage, res: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    await verify(
      {
        method: req.method ?? '',
        target: req.url ?? '',
        headers: Object.entries(req.headersDistinct),
        body: Buffer.concat(chunks),
      },
      { secretFor: (id) => secrets[id], service: ['iam', 'sts', 'iamkit'], now: new Date() },
    )
    const headers = { 'content-type': 'application/json', 'content-length': answer.length }
    res.writeHead(200, headers).end(answer)
  }
  const server = createServer((req, res) => {
    respond(req, res).catch(() => res.writeHead(403, { 'content-length': 0 }).end())
  })
  process.once('disconnect', () => process.exit())
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function answer(message: ServerOrder | 'cpu' | 'memory'): Promise<unknown> {
  if (message === 'cpu') {
    const { user, system } = process.cpuUsage()
    return user + system
  }
  if (message === 'memory') {
    const inUse = await bytesInUse()
    return { resident: process.memoryUsage.rss(), inUse } satisfies Memory
  }
  return { port: await (message.kind === 'bare' ? serveBare(message) : serveIam(message)) }
}

process.on('message', (message: ServerOrder | 'cpu' | 'memory') => {
  void answer(message).then((said) => process.send?.(said))
})
