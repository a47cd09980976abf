/**
 * The page: built by Vite when the app starts, kept in memory, and served beside the app's routes.
 *
 * Shape   a few files by their exact addresses, the same for everybody; all else is the app's to answer. So no path of the
 *         page can shadow a guarded one.
 * Errors  Vite's, where the page cannot be built.
 *
 * @module
 */
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { build } from 'vite'

/** Whether the request was for the page, and has been answered. */
export type Page = (...exchange: Parameters<RequestListener>) => boolean

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export async function buildPage(): Promise<Page> {
  const files = await buildFiles()
  return (req, res) => {
    const file = files.get(req.url ?? '')
    if (file === undefined || (req.method !== 'GET' && req.method !== 'HEAD')) return false
    res.writeHead(200, {
      'content-type': file.type,
      'content-length': file.bytes.length,
      'cache-control': 'no-cache',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    res.end(req.method === 'HEAD' ? undefined : file.bytes)
    return true
  }
}

interface PageFile {
  readonly type: string
  readonly bytes: Buffer
}

async function buildFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const configFile = join(import.meta.dirname, '../page/vite.config.ts')
  const built = await build({ configFile, logLevel: 'error', build: { write: false } })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  return new Map(
    outputs.map((file) => {
      const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
      const type = TYPES[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
      const address = file.fileName === 'index.html' ? '/' : `/${file.fileName}`
      return [address, { type, bytes }]
    }),
  )
}
