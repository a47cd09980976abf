/**
 * When a request is made again, and after how long.
 *
 * Shape   on 429, 503 and network errors only. The pause is chance, up to a bound that doubles, or what the answer asks for.
 * Units   milliseconds.
 * Errors  None.
 * Source  RFC 9110, section 10.2.3.
 *
 * @module
 */
const FIRST_BOUND = 100
const LAST_BOUND = 5_000
/** Who is told to wait longer than this gives up instead. */
const LONGEST_WAIT = 30_000

export function isRetryable(status: number): boolean {
  return status === 429 || status === 503
}

/** How long to wait before attempt `attempt + 1`; `undefined`: do not. */
export function pauseBefore(
  attempt: number,
  retryAfter: string | null,
  now: number,
): number | undefined {
  const asked = retryAfter === null ? undefined : readRetryAfter(retryAfter, now)
  if (asked !== undefined && asked > LONGEST_WAIT) return undefined
  const bound = Math.min(LAST_BOUND, FIRST_BOUND * 2 ** (attempt - 1))
  return Math.max(asked ?? 0, Math.random() * bound)
}

function readRetryAfter(text: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** Ends early, with the signal's reason, when the signal does. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
