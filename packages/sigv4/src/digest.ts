/**
 * SHA-256 and HMAC on WebCrypto, and what goes with them.
 *
 * Units   a digest and a key have 32 bytes; hexadecimal is in lower case.
 * Errors  None.
 *
 * @module
 */

type Bytes = Uint8Array<ArrayBuffer>

/** A key that {@link hmac} takes. */
export type HmacKey = Awaited<ReturnType<typeof importHmacKey>>

const encoder = new TextEncoder()

/** The SHA-256 of bytes or of text in UTF-8, in hexadecimal. */
export async function sha256(content: string | Uint8Array): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', toBytes(content)))
}

export function importHmacKey(key: string | Uint8Array) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', toBytes(key), algorithm, false, ['sign'])
}

export async function hmac(key: HmacKey, text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

export function toHex(bytes: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Compares two digests in a time that does not depend on what is in them. */
export function equalDigests(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== 32 || b.length !== 32) return false
  let difference = 0
  for (let i = 0; i < 32; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

function toBytes(content: string | Uint8Array): Bytes {
  return typeof content === 'string' ? encoder.encode(content) : (content as Bytes)
}
