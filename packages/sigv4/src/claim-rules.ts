/**
 * What a claim must keep to before anyone asks whether it is true.
 *
 * Units   seconds, inclusive.
 * Errors  `SignatureError` from every function here: `SignatureDoesNotMatch`, or `RequestExpired` from {@link checkTime}.
 * Source  IAM User Guide, "Troubleshoot Signature Version 4 signing". Stricter than AWS: a path with empty or dot
 *         segments is refused, because its signature would hold for other paths too.
 *
 * @module
 */
import { formatAmzDate } from './amz-date.js'
import { normalizePath, UNSIGNED_PAYLOAD } from './canonical-request.js'
import type { Claim } from './claim.js'
import { sha256 } from './digest.js'
import { cut, mismatch, SignatureError } from './errors.js'
import type { Message } from './received-request.js'
import { MAX_EXPIRES_IN } from './signature-parameters.js'
import type { VerifyOptions } from './verify-options.js'

export function checkPath({ path }: Message, { pathEncoding }: VerifyOptions): void {
  if (pathEncoding === 'single' || normalizePath(path) === path) return
  throw mismatch('the path has empty or dot segments, which no signature tells apart')
}

/** The scope names the day of the request, and a service and a region that the server is. */
export function checkScope(claim: Claim, { service, region }: VerifyOptions): void {
  if (!claim.timestamp.startsWith(claim.day)) {
    throw mismatch(`the credential's day \`${claim.day}\` is not that of \`${claim.timestamp}\``)
  }
  if (![service].flat().includes(claim.service)) {
    throw mismatch(`the credential is for another service: \`${claim.service}\``)
  }
  if (region !== undefined && ![region].flat().includes(claim.region)) {
    throw mismatch(`the credential is for another region: \`${claim.region}\``)
  }
}

/** `host` and all that begins with `x-amz-` is signed, and all that is signed is there. */
export function checkHeaders({ headers }: Message, claim: Claim): void {
  const signed = new Set(claim.signedHeaders)
  for (const name of ['host', ...headers.keys()]) {
    const isNeeded = name === 'host' || name.startsWith('x-amz-')
    if (isNeeded && !signed.has(name)) throw mismatch(`header \`${cut(name)}\` is not signed`)
  }
  for (const name of signed) {
    if (!headers.has(name)) throw mismatch(`header \`${cut(name)}\` is signed and not there`)
  }
}

/** Every comparison is written so that a number which is none refuses. */
export function checkTime({ date, timestamp, expiresIn }: Claim, options: VerifyOptions): void {
  const { now, clockTolerance = 900, maxExpiresIn = MAX_EXPIRES_IN } = options
  const age = (now.getTime() - date.getTime()) / 1000
  if (!(age >= -clockTolerance)) {
    const latest = `${shifted(now, clockTolerance)} (${formatAmzDate(now)} + ${span(clockTolerance)})`
    throw expired(`signature not yet current: ${timestamp} is still later than ${latest}`)
  }
  if (expiresIn !== undefined && !(expiresIn <= maxExpiresIn)) {
    throw mismatch(`\`X-Amz-Expires\` is more than ${maxExpiresIn} seconds`)
  }
  const life = expiresIn ?? clockTolerance
  if (!(age <= life)) {
    const earliest = `${shifted(now, -life)} (${formatAmzDate(now)} - ${span(life)})`
    throw expired(`signature expired: ${timestamp} is now earlier than ${earliest}`)
  }
}

/** The hash that goes into the signature: of the body that came, unless the body may be left out. */
export async function checkPayload(
  body: Uint8Array,
  { payloadHash, expiresIn }: Claim,
  { pathEncoding, allowUnsignedPayload, digests }: VerifyOptions,
): Promise<string> {
  const isOpen = expiresIn !== undefined && pathEncoding === 'single'
  const claimed = payloadHash ?? (isOpen ? UNSIGNED_PAYLOAD : undefined)
  if (claimed === UNSIGNED_PAYLOAD) {
    if (allowUnsignedPayload) return UNSIGNED_PAYLOAD
    throw mismatch('the body is not signed')
  }
  const hash = await sha256(body, digests)
  if (claimed === undefined || claimed === hash) return hash
  throw mismatch('the body is not the one of `x-amz-content-sha256`')
}

/** A tolerance that is no number gives no time. */
function shifted(now: Date, seconds: number): string {
  const date = new Date(now.getTime() + seconds * 1000)
  return Number.isNaN(date.getTime()) ? 'any time' : formatAmzDate(date)
}

function span(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min.` : `${seconds} sec.`
}

/** In AWS's own words, which people search for. */
function expired(problem: string): SignatureError {
  return new SignatureError('RequestExpired', problem)
}
