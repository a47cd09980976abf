/**
 * An app in a process of its own: it follows the policies and decides by them, over and over.
 *
 * Shape   an {@link AppOrder}, then a {@link Told} for each look; `{ offset }` sets its wall clock wrong. Ends with its parent.
 * Units   milliseconds; `from` and `to` by the clock that all processes share.
 * Errors  None: what cannot be decided is told.
 *
 * @module
 */
import {
  type Credentials,
  createClient,
  type RemotePolicies,
  remotePolicies,
  reportActivity,
} from '@iamkit/client'
import { fileCopy } from '@iamkit/client/node'
import { evaluate, resourceTagEntries } from '@iamkit/core'
import { now } from './now.js'
import type { Question } from './subjects.js'

export interface AppOrder {
  readonly endpoint: string
  readonly credentials: Credentials
  readonly account: string
  readonly questions: readonly Question[]
  readonly stalenessLimit: number
  /** The file of the kept copy. */
  readonly copy: string
  /** By how much the wall clock is wrong from the beginning. */
  readonly offset: number
  /** Questions to the control plane itself, each second. */
  readonly callsPerSecond: number
}

/** What the app decided between two moments. */
export interface Told {
  readonly from: number
  readonly to: number
  /** A digit a question: 1 for allowed. Absent: it refused to decide. */
  readonly answers?: string
  readonly isLive: boolean
  /** Calls to the control plane that were answered, and that were not, since the last time. */
  readonly answered: number
  readonly unanswered: number
}

const LOOK_EVERY = 25

let offset = 0
const rightly = Date.now
Date.now = () => rightly() + offset

process.on('disconnect', () => process.exit())
process.on('message', (message: AppOrder | { readonly offset: number }) => {
  offset = message.offset
  if ('endpoint' in message) begin(message)
})

function begin(order: AppOrder): void {
  const { endpoint, credentials, stalenessLimit, copy, callsPerSecond } = order
  const client = createClient({ endpoint, credentials, attempts: 2, timeout: 5_000 })
  const activity = reportActivity(client, { app: 'chaos', flushEvery: 1_000 })
  const calls = { answered: 0, unanswered: 0 }
  const tell = () => {
    const from = now()
    const answers = decideAll(source, order, activity.onDecision)
    process.send?.({
      from,
      to: now(),
      ...(answers !== undefined && { answers }),
      isLive: source.status().isLive,
      ...calls,
    } satisfies Told)
    Object.assign(calls, { answered: 0, unanswered: 0 })
  }
  const source = remotePolicies(client, {
    stalenessLimit,
    pollEvery: 500,
    keep: fileCopy(copy),
    onChange: tell,
  })
  setInterval(tell, LOOK_EVERY)
  const [first] = order.questions
  if (callsPerSecond === 0 || !first) return
  setInterval(() => {
    client.authorize({ action: first.action, resource: first.resource }).then(
      () => {
        calls.answered += 1
      },
      () => {
        calls.unanswered += 1
      },
    )
  }, 1000 / callsPerSecond)
}

function decideAll(
  source: RemotePolicies,
  { questions, account }: AppOrder,
  onDecision: ReturnType<typeof reportActivity>['onDecision'],
): string | undefined {
  try {
    let answers = ''
    for (const { principal, action, resource } of questions) {
      const context = resourceTagEntries(source.tagsOf(resource))
      const request = { principal, action, resource, resourceAccount: account, context }
      const { answer } = evaluate(source({ principal, resource }), request)
      onDecision({ time: new Date(), decision: { answer, request } })
      answers += answer === 'Allow' ? '1' : '0'
    }
    return answers
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_POLICIES_UNAVAILABLE') return undefined
    throw error
  }
}
