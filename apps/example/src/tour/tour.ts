/**
 * Walks the tour: each call over HTTP, one after the other.
 *
 * Shape   {@link walkTour} gives a {@link Visit} as soon as its call has been answered.
 * Errors  what `fetch` says where the server cannot be reached.
 *
 * @module
 */
import type { Authority } from '../authority/authority.js'
import { people } from '../people.js'
import type { DecisionJournal } from './journal.js'
import { steps, type TourStep } from './steps.js'
import { why } from './why.js'

export interface Visit {
  /** From 1. */
  readonly number: number
  /** With its path filled in. */
  readonly step: TourStep
  /** How it was answered. */
  readonly status: number
  readonly why: readonly string[]
}

export interface TourOptions {
  readonly url: string
  readonly signIn: Authority['signIn']
  /** Hears of the app's decisions. */
  readonly journal: DecisionJournal
}

export async function* walkTour({ url, signIn, journal }: TourOptions): AsyncGenerator<Visit> {
  const names = { folder: `launch-${crypto.randomUUID().slice(0, 4)}`, document: 'none' }
  for (const [i, step] of steps.entries()) {
    const path = step.path.replace('{folder}', names.folder).replace('{document}', names.document)
    const request = await requestOf(step, signIn)
    const { result, decisions } = await journal.during(async () => {
      const response = await fetch(`${url}${path}`, request)
      return { response, body: await response.text() }
    })
    const { response, body } = result
    names.document = response.headers.get('location')?.split('/').at(-1) ?? names.document
    // The guard decides first; what comes behind it are the rows of a list.
    const [decision] = decisions
    const reasons = decision ? why(decision.explain()) : [detailOf(body)]
    yield { number: i + 1, step: { ...step, path }, status: response.status, why: reasons }
  }
}

async function requestOf(
  { name, method, body }: TourStep,
  signIn: Authority['signIn'],
): Promise<RequestInit> {
  const person = name === undefined ? undefined : people.get(name)
  const headers = {
    ...(person && { authorization: `Bearer ${(await signIn(person)).token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  return { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
}

/** Where nothing was decided, the answer itself says why. */
function detailOf(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown }
    return typeof detail === 'string' ? detail : ''
  } catch {
    return ''
  }
}
