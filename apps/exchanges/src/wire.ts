/**
 * Sends an exchange's lines as they are; a client library would mend what the exchange wants broken.
 *
 * Errors  A plain `Error`: nothing came back within ten seconds.
 *
 * @module
 */
import { METHODS } from 'node:http'
import { connect } from 'node:net'
import { type Ask, MATTERS, type Reply } from './exchange.js'

/** The reply to one request, on a connection of its own. */
export async function askOverWire(port: number, ask: Ask): Promise<Reply> {
  const text = await exchangeText(port, requestText(ask))
  return parseReply(text.replace(/^HTTP\/1\.1 1\d\d [^\r]*\r\n\r\n/, ''))
}

/** The reply of a fetch handler; undefined where fetch itself cannot say what is asked. */
export async function askByFetch(
  handle: (request: Request) => Response | Promise<Response>,
  ask: Ask,
): Promise<Reply | undefined> {
  const request = fetchRequest(ask)
  if (request === undefined) return undefined
  const response = await handle(request)
  return replyOf(response.status, Object.fromEntries(response.headers), await response.text())
}

function headerLines({ as, headers = [], body, type = 'application/json' }: Ask): string[] {
  const caller = as === undefined ? [] : [`Authorization: Bearer ${as}`]
  if (body === undefined) return [...caller, ...headers]
  const length = new TextEncoder().encode(body).length
  return [...caller, ...headers, `Content-Type: ${type}`, `Content-Length: ${length}`]
}

function requestText(ask: Ask): string {
  const lines = [
    `${ask.line} HTTP/1.1`,
    ...headerLines(ask),
    'Host: localhost',
    'Connection: close',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${ask.body ?? ''}`
}

/** Fetch mends paths, joins headers, and has no words for some methods. */
function fetchRequest(ask: Ask): Request | undefined {
  const [method = '', target = ''] = ask.line.split(/ (.*)/s)
  const pairs = headerLines(ask).map(
    (line) => line.split(/: ?(.*)/s).slice(0, 2) as [string, string],
  )
  const names = pairs.map(([name]) => name.toLowerCase())
  const address = `http://localhost${target}`
  if (!target.startsWith('/') || !URL.canParse(address)) return undefined
  const { pathname, search } = new URL(address)
  const isSaid =
    pathname + search === target &&
    new Set(names).size === names.length &&
    METHODS.includes(method) &&
    method !== 'TRACE' &&
    !names.includes('expect')
  const hasBody = ask.body !== undefined && !/^(?:GET|HEAD)$/.test(method)
  if (!isSaid || (ask.body !== undefined && !hasBody)) return undefined
  return new Request(address, { method, headers: pairs, ...(hasBody && { body: ask.body }) })
}

/** Sends text over one connection, and gives all that comes back until it is closed. */
async function exchangeText(port: number, text: string): Promise<string> {
  const chunks: Buffer[] = []
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setTimeout(10_000, () => socket.destroy(new Error('no reply within 10 s')))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
  return Buffer.concat(chunks).toString('utf8')
}

function parseReply(text: string): Reply {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  const { 'transfer-encoding': coding, ...others } = Object.fromEntries(headers)
  const body = rest.join('\r\n\r\n')
  return replyOf(
    Number(status.split(' ')[1]),
    others,
    coding === 'chunked' ? unchunked(body) : body,
  )
}

function unchunked(text: string): string {
  const [, size = '0', rest = ''] = /^([\da-f]+)\r\n(.*)$/is.exec(text) ?? []
  const length = Number.parseInt(size, 16)
  return length === 0 ? '' : rest.slice(0, length) + unchunked(rest.slice(length + 2))
}

function replyOf(status: number, headers: Record<string, string>, body: string): Reply {
  const matter = MATTERS.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, headers[name]]],
  )
  return { status, headers: Object.fromEntries(matter), body: bodyOf(body) }
}

function bodyOf(text: string): unknown {
  const plain = text.replace(/urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/, 'urn:uuid:ID')
  try {
    return JSON.parse(plain)
  } catch {
    return plain
  }
}
