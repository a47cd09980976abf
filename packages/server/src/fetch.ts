/**
 * fetch's requests and responses ↔ what the pipeline takes and gives.
 *
 * Shape   a body is read as far as one byte beyond what is taken: then it is refused for its length.
 * Errors  None, but those of a body that breaks off.
 *
 * @module
 */
import { isIP } from 'node:net'
import type { Received } from './wire/received.js'
import type { Reply } from './wire/reply.js'

/** What fetch's request does not say of itself. */
export interface FetchOrigin {
  /** The caller's address, as the platform knows it. Absent: `aws:SourceIp` is absent too. */
  readonly sourceIp?: string | undefined
}

/** All but the body; undefined where the origin's address is none. */
export function headOf(
  request: Request,
  { sourceIp }: FetchOrigin,
): Omit<Received, 'body'> | undefined {
  if (sourceIp !== undefined && isIP(sourceIp) === 0) return undefined
  const url = new URL(request.url)
  const headers = new Headers(request.headers)
  if (!headers.has('host')) headers.set('host', url.host)
  return {
    method: request.method,
    target: url.pathname + url.search,
    headers,
    isSecure: url.protocol === 'https:',
    ...(sourceIp !== undefined && { sourceIp }),
  }
}

export function toResponse({ status, headers, body }: Reply): Response {
  const hasBody = status !== 204 && status !== 304
  return new Response(hasBody ? body : null, { status, headers })
}

/** The first bytes of what comes; the rest is not asked for. */
export async function readAtMost(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    length += chunk.length
    if (length >= most) break
  }
  return Buffer.concat(parts).subarray(0, most)
}
