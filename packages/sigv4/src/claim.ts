/**
 * What a request says of its own signature, before any of it is believed.
 *
 * Shape   either the header `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…` with `X-Amz-Date`,
 *         or the query parameters `X-Amz-Algorithm`, `-Credential`, `-Date`, `-Expires`, `-SignedHeaders` and `-Signature`;
 *         never both.
 * Units   `expiresIn` counts seconds, 1 to 604800.
 * Errors  `SignatureError` from {@link readClaim}: `MissingAuthenticationToken` where neither is there,
 *         `IncompleteSignature` where it is not whole, or is there twice.
 * Source  IAM User Guide, "Elements of an AWS API request signature" and "Authentication methods".
 *
 * @module
 */
import { parseAmzDate } from './amz-date.js'
import { ALGORITHM, type QueryPair } from './canonical-request.js'
import { cut, incomplete, SignatureError } from './errors.js'
import type { Message } from './received-request.js'
import { MAX_EXPIRES_IN, SIGNATURE_PARAMETERS } from './signature-parameters.js'

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=([^\s,]+), *SignedHeaders=([^\s,]+), *Signature=([^\s,]+)$/
const AUTHORIZATION_SHAPE = 'AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…'
const CREDENTIAL = /^([\w.-]{1,128})\/(\d{8})\/([\w.-]{1,64})\/([\w.-]{1,64})\/aws4_request$/
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/

export interface Claim {
  readonly accessKeyId: string
  readonly sessionToken: string | undefined
  /** Eight digits, of the credential scope. */
  readonly day: string
  readonly region: string
  readonly service: string
  /** As written, and as a time. */
  readonly timestamp: string
  readonly date: Date
  /** In lower case, sorted, each once. */
  readonly signedHeaders: readonly string[]
  /** 32 bytes. */
  readonly signature: Uint8Array
  /** `x-amz-content-sha256`, where the request has it. */
  readonly payloadHash: string | undefined
  /** Only of a presigned request. */
  readonly expiresIn: number | undefined
}

export function readClaim(message: Message): Claim {
  const parameters = amzParameters(message.query)
  const authorization = message.headers.get('authorization')?.[0]
  if (SIGNATURE_PARAMETERS.some((name) => parameters.has(name.toLowerCase()))) {
    if (authorization !== undefined) throw incomplete('signed in the header and in the query')
    return queryClaim(message, parameters)
  }
  return headerClaim(message, authorization)
}

function headerClaim({ headers }: Message, authorization = ''): Claim {
  const [credential, signedHeaders, signature] = readAuthorization(authorization)
  return {
    ...readCredential(credential),
    ...readDate(headers.get('x-amz-date')?.[0]),
    signedHeaders: readSignedHeaders(signedHeaders),
    signature: readSignature(signature),
    sessionToken: headers.get('x-amz-security-token')?.[0]?.trim(),
    payloadHash: headers.get('x-amz-content-sha256')?.[0]?.trim(),
    expiresIn: undefined,
  }
}

function queryClaim({ headers }: Message, parameters: ReadonlyMap<string, QueryPair>): Claim {
  for (const name of ['x-amz-date', 'x-amz-security-token']) {
    if (headers.has(name)) throw incomplete(`\`${name}\` as a header of a presigned request`)
  }
  const get = (name: string) => parameterValue(parameters.get(name.toLowerCase()), name)
  if (get('X-Amz-Algorithm') !== ALGORITHM) {
    throw incomplete(`\`X-Amz-Algorithm\` must be \`${ALGORITHM}\``)
  }
  const inHeader = headers.get('x-amz-content-sha256')?.[0]?.trim()
  const inQuery = parameters.get('x-amz-content-sha256')?.[1]
  if (inHeader !== undefined && inQuery !== undefined) throw incomplete('two hashes of one body')
  return {
    ...readCredential(get('X-Amz-Credential')),
    ...readDate(get('X-Amz-Date')),
    signedHeaders: readSignedHeaders(get('X-Amz-SignedHeaders')),
    signature: readSignature(get('X-Amz-Signature')),
    sessionToken: get('X-Amz-Security-Token'),
    payloadHash: inHeader ?? inQuery,
    expiresIn: readExpiresIn(get('X-Amz-Expires')),
  }
}

/** The parameters that begin with `X-Amz-`, by their name in lower case; none of them is there twice. */
function amzParameters(query: readonly QueryPair[]): ReadonlyMap<string, QueryPair> {
  const parameters = new Map<string, QueryPair>()
  for (const pair of query) {
    const name = pair[0].toLowerCase()
    if (!name.startsWith('x-amz-')) continue
    if (parameters.has(name)) throw incomplete(`more than one parameter \`${cut(pair[0])}\``)
    parameters.set(name, pair)
  }
  return parameters
}

function parameterValue(pair: QueryPair | undefined, name: string): string | undefined {
  if (!pair) return undefined
  if (pair[0] !== name) throw incomplete(`\`${cut(pair[0])}\` is spelled \`${name}\``)
  try {
    return decodeURIComponent(pair[1])
  } catch {
    throw incomplete(`\`${name}\` is no UTF-8`)
  }
}

/** Credential, signed headers and signature, as written. */
function readAuthorization(authorization: string): readonly (string | undefined)[] {
  if (!/^AWS4-/i.test(authorization)) {
    throw new SignatureError('MissingAuthenticationToken', 'the request is not signed')
  }
  const fields = AUTHORIZATION.exec(authorization)
  if (!fields) throw incomplete(`the Authorization header must be \`${AUTHORIZATION_SHAPE}\``)
  return fields.slice(1)
}

function readCredential(text: string | undefined) {
  const [, accessKeyId, day, region, service] = CREDENTIAL.exec(text ?? '') ?? []
  if (!accessKeyId || !day || !region || !service) {
    throw incomplete('`Credential` must be `<key id>/<yyyymmdd>/<region>/<service>/aws4_request`')
  }
  return { accessKeyId, day, region, service }
}

function readDate(timestamp = '') {
  const date = parseAmzDate(timestamp)
  if (!date) throw incomplete('`X-Amz-Date` must be there, such as `20150830T123600Z`')
  return { timestamp, date }
}

function readSignedHeaders(text = ''): readonly string[] {
  const names = text.split(';')
  const isList = names.every((name, i) => HEADER_NAME.test(name) && (names[i - 1] ?? '') < name)
  if (!isList) throw incomplete('`SignedHeaders` must be names in lower case, sorted, each once')
  return names
}

function readSignature(text = ''): Uint8Array {
  if (!/^[\da-f]{64}$/.test(text)) throw incomplete('`Signature` must be 64 digits of 0-9 and a-f')
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
}

function readExpiresIn(text = ''): number {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > MAX_EXPIRES_IN) {
    throw incomplete(`\`X-Amz-Expires\` must be a number of seconds from 1 to ${MAX_EXPIRES_IN}`)
  }
  return seconds
}
