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
  readonly run: (signal: AbortSignal) => T | Promise<T>
}

/** Awaits the work's answer; after the limit its signal is aborted and its answer ignored. */
export async function withinLimit<T>({ name, limit, run }: Work<T>): Promise<T> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new UnavailableError(`${name} took longer than ${limit} ms`)
      reject(error)
      controller.abort(error)
    }, limit)
  })
  try {
    const work = (async () => run(controller.signal))()
    return await Promise.race([work, late])
  } catch (cause) {
    if (cause instanceof UnavailableError) throw cause
    throw new UnavailableError(`${name} failed`, { cause })
  } finally {
    clearTimeout(timer)
  }
}
