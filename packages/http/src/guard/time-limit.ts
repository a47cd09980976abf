/**
 * A limit on how long a request waits for identity, loader and policies.
 *
 * Units   milliseconds.
 * Errors  {@link UnavailableError}: the work threw, or took too long.
 *
 * @module
 */

/** Something that a decision needs could not be had. The request is refused with 503. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'
}

export interface Work<T> {
  /** What is awaited, for the message: `the loader`. */
  readonly name: string
  /** Milliseconds. */
  readonly limit: number
  readonly run: () => T | Promise<T>
  /** Told when the limit is over, for work that can be given up. */
  readonly abort?: (reason: unknown) => void
}

/**
 * Gives the work's answer, at once where it is there at once. After the limit the work is told to give up, and
 * what it still answers is ignored.
 */
export function withinLimit<T>(work: Work<T>): T | Promise<T> {
  try {
    const answer = work.run()
    return isPromise(answer) ? inTime(answer, work) : answer
  } catch (cause) {
    throw unavailable(work, cause)
  }
}

async function inTime<T>(answer: Promise<T>, work: Work<T>): Promise<T> {
  const { name, limit, abort } = work
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new UnavailableError(`${name} took longer than ${limit} ms`)
      reject(error)
      abort?.(error)
    }, limit)
  })
  try {
    return await Promise.race([answer, late])
  } catch (cause) {
    throw unavailable(work, cause)
  } finally {
    clearTimeout(timer)
  }
}

function unavailable({ name }: Work<unknown>, cause: unknown): UnavailableError {
  return cause instanceof UnavailableError
    ? cause
    : new UnavailableError(`${name} failed`, { cause })
}

/** What comes of an answer: at once where it is there at once, because every promise takes time of its own. */
export function andThen<T, U>(
  answer: T | Promise<T>,
  use: (answer: T) => U | Promise<U>,
): U | Promise<U> {
  return isPromise(answer) ? answer.then(use) : use(answer)
}

/** Does what may fail, now or later, and makes something else of a failure. */
export function orElse<T>(run: () => T | Promise<T>, fail: (cause: unknown) => T): T | Promise<T> {
  try {
    const answer = run()
    return isPromise(answer) ? answer.catch(fail) : answer
  } catch (cause) {
    return fail(cause)
  }
}

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value
}
