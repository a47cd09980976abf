/**
 * The server's log: JSON lines, without anything that a caller sent but names.
 *
 * Errors  None.
 *
 * @module
 */
import { destination, pino } from 'pino'
import type { Trace } from './audit/event-of.js'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface Log {
  readonly debug: (fields: object, message: string) => void
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

/** Writes to standard error. */
export function createLog(level: LogLevel = 'warn'): Log {
  return pino({ level, base: null }, destination({ dest: 2, sync: true }))
}

/**
 * An error as the log has it. What the language and Node say of a wrong value may hold the value: that is left out.
 */
export function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error }
  const { name, message, stack = '', cause } = error
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
  const isOfValue = [TypeError, RangeError, SyntaxError].some((kind) => error instanceof kind)
  const code = 'code' in error ? String(error.code) : undefined
  return {
    error: name,
    ...(code !== undefined && { code }),
    ...(code !== undefined && !isOfValue && { message: message.slice(0, 500) }),
    stack: frames.slice(0, 12).join('\n'),
    ...(cause !== undefined && { cause: errorFields(cause) }),
  }
}

export function callFields(trace: Trace): object {
  const { requestId, target, caller, fault } = trace
  return {
    requestId,
    ...(target && { service: target.service, operation: target.operation }),
    ...(caller && { account: caller.account, userId: caller.userId }),
    ...(fault && { code: fault.code }),
  }
}
