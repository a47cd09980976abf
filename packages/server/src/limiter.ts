/**
 * How many calls each caller may make: a bucket that fills evenly, and from which every call takes one.
 *
 * Units   calls and seconds; the buckets of the last 10,000 callers are kept.
 * Errors  {@link Fault} `Throttling` from {@link Limiter.take}, which AWS's clients try again.
 *
 * @module
 */
import type { Caller } from './authenticate/caller.js'
import { Fault } from './fault.js'
import { Recent } from './recent.js'

export interface RateLimit {
  /** Calls that a caller may make in each second, for ever. */
  readonly perSecond: number
  /** Calls that it may make at once. */
  readonly burst: number
}

interface Bucket {
  left: number
  /** Milliseconds. */
  at: number
}

export interface Limiter {
  readonly take: (caller: string, now: Date) => void
  /** Whether there is one to take. */
  readonly has: (caller: string, now: Date) => boolean
}

/** Whose calls are counted together: all sessions of a user or a role, whatever they call themselves. */
export function countedAs({ principal, account, session }: Caller): string | undefined {
  if (account === '') return undefined
  return `${account} ${('id' in principal ? principal.id : session?.subject) ?? 'root'}`
}

export function createLimiter({ perSecond, burst }: RateLimit): Limiter {
  const buckets = new Recent<Bucket>(10_000)
  const fill = (bucket: Bucket, time: number) => {
    const filled = (Math.max(0, time - bucket.at) / 1000) * perSecond
    bucket.left = Math.min(burst, bucket.left + filled)
    bucket.at = time
    return bucket.left >= 1
  }
  return {
    take: (caller, now) => {
      const time = now.getTime()
      const bucket = buckets.getOr(caller, () => ({ left: burst, at: time }))
      if (!fill(bucket, time)) throw throttled()
      bucket.left -= 1
    },
    has: (caller, now) => {
      const bucket = buckets.get(caller)
      return bucket === undefined || fill(bucket, now.getTime())
    },
  }
}

/** Its status is the service's: 400 on AWS's older ones. */
export function throttled(): Fault {
  return new Fault('Throttling', 'Rate exceeded')
}
