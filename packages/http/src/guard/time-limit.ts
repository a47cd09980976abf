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

/** Something of the app's that answers a question. */
export interface Work<Q, A> {
  /** What is awaited, for the message: `the loader`. */
  readonly name: string
  /** Milliseconds. */
  readonly limit: number
  readonly run: (question: Q) => A | Promise<A>
  /** Told when the limit is over, for work that can be given up. */
  readonly abort?: (question: Q, reason: unknown) => void
}

/**
 * Gives the work's answer, at once where it is there at once. After the limit the work is told to give up, and
 * what it still answers is ignored.
 */
export function withinLimit<Q, A>(work: Work<Q, A>, question: Q): A | Promise<A> {
  const { run } = work
  try {
    const answer = run(question)
    return isPromise(answer) ? inTime(answer, work, question) : answer
  } catch (cause) {
    throw unavailable(work, cause)
  }
}

async function inTime<Q, A>(answer: Promise<A>, work: Work<Q, A>, question: Q): Promise<A> {
  const { name, limit, abort } = work
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new UnavailableError(`${name} took longer than ${limit} ms`)
      reject(error)
      abort?.(question, error)
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

function unavailable({ name }: { readonly name: string }, cause: unknown): UnavailableError {
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
  if (typeof value !== 'object' || value === null) return false
  return typeof (value as { readonly then?: unknown }).then === 'function'
}
