/**
 * SHA-256 and HMAC on WebCrypto or on what a server brings along, and what goes with them.
 *
 * Shape   a key is the function that signs with it.
 * Units   a digest and a key have 32 bytes; hexadecimal is in lower case.
 * Errors  None.
 *
 * @module
 */

type Bytes = Uint8Array<ArrayBuffer>

/**
 * SHA-256 and HMAC that answer at once, such as those of `node:crypto`. WebCrypto answers from another thread, which on a
 * server takes several times as long as the hash of a short text.
 */
export interface Digests {
  /** Of bytes or of text in UTF-8, in hexadecimal. */
  readonly sha256: (content: string | Uint8Array) => string
  /** With SHA-256: 32 bytes. */
  readonly hmac: (key: string | Uint8Array, text: string) => Uint8Array
}

/** Signs a text with one key. */
export type Signer = (text: string) => Uint8Array | Promise<Uint8Array>

/** What is longer is hashed in another thread all the same: nobody else should wait for it. */
const MAX_AT_ONCE = 65_536

const encoder = new TextEncoder()

/** The SHA-256 of bytes or of text in UTF-8, in hexadecimal. */
export async function sha256(
  content: string | Uint8Array,
  digests: Digests | undefined,
): Promise<string> {
  if (digests && content.length <= MAX_AT_ONCE) return digests.sha256(content)
  return toHex(await crypto.subtle.digest('SHA-256', toBytes(content)))
}

export async function hmacSigner(
  key: string | Uint8Array,
  digests: Digests | undefined,
): Promise<Signer> {
  if (digests) return (text) => digests.hmac(key, text)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', toBytes(key), algorithm, false, ['sign'])
  return async (text) =>
    new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)))
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
