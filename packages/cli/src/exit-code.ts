/**
 * What the command ends with.
 *
 * Shape   0 allowed or passed, 1 denied or failed, 2 wrong usage, 3 could not reach or read.
 * Errors  {@link UsageError} and {@link UnreachableError} are thrown by commands and become 2 and 3.
 *
 * @module
 */
export const EXIT = { passed: 0, failed: 1, usage: 2, unreachable: 3 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The command was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'ERR_USAGE'
}

/** A file, a folder or a server is not there, or cannot be read. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly code = 'ERR_UNREACHABLE'
}
