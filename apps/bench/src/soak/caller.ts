/**
 * Callers: each sends one call after the other, and holds the answer to what it must be.
 *
 * Units   milliseconds.
 * Errors  None: what is wrong is counted.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Call, drawCall } from './calls.js'
import type { Issuer } from './issuer.js'
import type { WatchedApp } from './policies.js'
import type { Team } from './world.js'

/** Leaves the machine to others as well. */
const PAUSE = 3
const MAX_EXAMPLES = 5

export interface Tally {
  calls: number
  /** Answered by a policy, and not the same by every policy that may have been in force. */
  inDoubt: number
  left: number
  wrong: number
  serverErrors: number
  /** No answer came, although the caller waited. */
  unanswered: number
  /** How the first wrong ones were answered. */
  readonly examples: string[]
}

export function createTally(): Tally {
  return {
    calls: 0,
    inDoubt: 0,
    left: 0,
    wrong: 0,
    serverErrors: 0,
    unanswered: 0,
    examples: [],
  }
}

/** What an answer says of the app, where any of some teams may have been closed. */
export function judge(call: Call, status: number, closed: readonly Team[]): keyof Tally | 'right' {
  if (status >= 500) return 'serverErrors'
  const right = new Set(closed.map((team) => call.status(team)))
  if (!right.has(status)) return 'wrong'
  return right.size > 1 ? 'inDoubt' : 'right'
}

export interface CallerOptions extends WatchedApp {
  readonly issuer: Issuer
  readonly tally: Tally
  readonly isOver: () => boolean
}

export async function keepCalling(options: CallerOptions): Promise<void> {
  const { issuer, tally, isOver } = options
  while (!isOver()) {
    const call = await drawCall(issuer, Math.random)
    tally.calls += 1
    if (call.leaves) await leave(call, options)
    else await ask(call, options)
    await wait(PAUSE)
  }
}

async function ask(call: Call, { app, closed, tally }: CallerOptions): Promise<void> {
  const start = performance.now()
  try {
    const response = await fetch(`${app.url}${call.path}`, requestOf(call))
    const body = await response.text()
    const verdict = judge(call, response.status, closed.between(start, performance.now()))
    if (verdict === 'inDoubt') tally.inDoubt += 1
    else if (verdict !== 'right')
      note(tally, verdict, `${response.status} to ${call.path}: ${body}`)
  } catch (error) {
    note(tally, 'unanswered', String(error))
  }
}

async function leave(call: Call, { app, tally }: CallerOptions): Promise<void> {
  const signal = AbortSignal.timeout(2)
  tally.left += 1
  await fetch(`${app.url}${call.path}`, { ...requestOf(call), signal }).then(
    (response) => response.text().catch(() => {}),
    () => {}, // so it was meant
  )
}

function requestOf({ authorization }: Call): RequestInit {
  return { headers: authorization === undefined ? {} : { authorization } }
}

function note(tally: Tally, verdict: keyof Tally, example: string): void {
  if (verdict !== 'examples') tally[verdict] += 1
  if (tally.examples.length < MAX_EXAMPLES) tally.examples.push(`${verdict}: ${example}`)
}
