import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verify } from '@iamkit/sigv4'
import type { Credentials } from '../src/index.js'

export const credentials: Credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }

/** A request as it came over the socket. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Whose signature it bears; undefined where none holds. */
  readonly signedBy: string | undefined
}

export type Answer = (received: Received, response: ServerResponse) => void | Promise<void>

export interface Listener {
  readonly endpoint: string
  readonly received: Received[]
  /** Puts another answer in its place. */
  answer: Answer
  close(): Promise<void>
}

/** A server on a socket of its own, that keeps what it was asked. */
export async function listen(answer: Answer): Promise<Listener> {
  const received: Received[] = []
  const listener: Listener = { endpoint: '', received, answer, close: async () => undefined }
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const one = await receive(request, Buffer.concat(chunks))
    received.push(one)
    await listener.answer(one, response)
  }
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(listener, {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  })
}

async function receive(request: IncomingMessage, body: Buffer): Promise<Received> {
  const { method = '', url = '', headers } = request
  const signed = { method, target: url, headers: Object.entries(request.headersDistinct), body }
  const service = headers['content-type']?.startsWith('application/x-www-form') ? 'sts' : 'iamkit'
  const secretFor = (id: string) =>
    id.startsWith('ASIA') ? `secret of ${id}` : credentials.secretAccessKey
  const signedBy = await verify(signed, { secretFor, service, now: new Date() }).then(
    ({ accessKeyId }) => accessKeyId,
    () => undefined,
  )
  return { method, url, headers, body: body.toString(), signedBy }
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': code })
    .end(JSON.stringify({ message: `because of ${code}` }))
}

export const allow = { decisionId: 'd1', answer: 'Allow', allowed: true, statements: [] }
export const deny = { decisionId: 'd2', answer: 'ImplicitDeny', allowed: false, statements: [] }
