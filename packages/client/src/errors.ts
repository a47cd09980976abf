/** Every code this package throws, beside those of the wire. A code is public API: renaming one is a major change. */
export type ClientErrorCode =
  | 'ERR_TRANSPORT'
  | 'ERR_CREDENTIALS'
  | 'ERR_CLIENT_OPTIONS_INVALID'
  | 'ERR_SNAPSHOT_INVALID'
  | 'ERR_POLICIES_UNAVAILABLE'

/** Cuts text that somebody else chose, so that a message stays one readable line. */
function cut(text: string, length = 256): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** The control plane answered, and refused. `code` is the wire's own: `AccessDenied`, `ResourceNotFound`, … */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: string
  readonly status: number
  readonly requestId: string | undefined

  constructor(
    code: string,
    message: string,
    answer: { status: number; requestId?: string | undefined },
  ) {
    super(`${cut(code, 64)}: ${cut(message, 1024)}`)
    this.code = code
    this.status = answer.status
    this.requestId = answer.requestId
  }
}

/** Why no answer came: it is never a denial and never an allow. */
export type TransportReason = 'network' | 'timeout' | 'aborted' | 'unreadable answer'

/** No answer came, or none that can be read. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly code = 'ERR_TRANSPORT' satisfies ClientErrorCode
  readonly reason: TransportReason

  constructor(reason: TransportReason, what: string, cause?: unknown) {
    super(`no answer from the control plane: ${reason}: ${cut(what)}`, { cause })
    this.reason = reason
  }
}

/** There are no credentials, or they cannot be had. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError'
  readonly code = 'ERR_CREDENTIALS' satisfies ClientErrorCode

  constructor(problem: string, cause?: unknown) {
    super(`no credentials: ${cut(problem)}`, { cause })
  }
}

/** An option is wrong. Thrown at start-up. */
export class ClientOptionsError extends Error {
  override readonly name = 'ClientOptionsError'
  readonly code = 'ERR_CLIENT_OPTIONS_INVALID' satisfies ClientErrorCode

  constructor(option: string, problem: string) {
    super(`invalid option \`${option}\`: ${problem}`)
  }
}

/** A snapshot or a change of policies that is not taken over; those in hand stay. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
  readonly code = 'ERR_SNAPSHOT_INVALID' satisfies ClientErrorCode

  constructor(problem: string, cause?: unknown) {
    super(`policies not taken over: ${cut(problem)}`, { cause })
  }
}

/** There are no policies to decide by, or they are too old. A guard answers 503. */
export class PoliciesUnavailableError extends Error {
  override readonly name = 'PoliciesUnavailableError'
  readonly code = 'ERR_POLICIES_UNAVAILABLE' satisfies ClientErrorCode

  constructor(problem: string, cause?: unknown) {
    super(`no policies to decide by: ${cut(problem)}`, { cause })
  }
}

/** Whether the control plane refused for lack of leave. By code, so that two copies of this package agree. */
export function isAccessDenied(error: unknown): error is ServiceError {
  return (
    error instanceof Error &&
    error.name === 'ServiceError' &&
    'code' in error &&
    (error.code === 'AccessDenied' || error.code === 'AccessDeniedException')
  )
}
