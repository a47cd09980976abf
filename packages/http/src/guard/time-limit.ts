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

/** Gives the work's answer; after the limit it is told to give up, and what it still answers is ignored. */
export async function withinLimit<T>({ name, limit, run, abort }: Work<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const answer = run()
    if (!isPromise(answer)) return answer
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new UnavailableError(`${name} took longer than ${limit} ms`)
        reject(error)
        abort?.(error)
      }, limit)
    })
    return await Promise.race([answer, late])
  } catch (cause) {
    if (cause instanceof UnavailableError) throw cause
    throw new UnavailableError(`${name} failed`, { cause })
  } finally {
    clearTimeout(timer)
  }
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value
}
