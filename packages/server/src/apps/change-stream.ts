/**
 * What changes of an account, as server-sent events.
 *
 * Shape   `event: change` with a `ChangeShape`, its id the `seq`; `event: reset` where the follower must fetch the snapshot
 *         again; behind them, and every 5 seconds, a comment that says how old all that was told may be. With those leave
 *         and the session's end are looked at again.
 * Units   a follower that lets more than 1 MiB wait is let go, and resumes by the last id that it got.
 * Errors  None.
 * Source  HTML, "Server-sent events".
 *
 * @module
 */
import type { Accounts } from '../iam/bound-principals.js'
import type { AccountView } from '../state/account-view.js'
import { roleArn, userArn } from '../state/arns.js'
import type { World } from '../state/world.js'
import type { ChangeLog, LogEntry } from './change-log.js'
import type { ChangeShape, PrincipalShape, ResourceShape } from './shapes.js'
import { type Documents, resourceShape, roleShape, servicesOf, userShape } from './snapshot.js'

const MAX_WAITING = 1024 * 1024
const KEEP_ALIVE = 5_000

export interface StreamOptions {
  readonly log: ChangeLog
  readonly account: string
  /** Whose followers it is counted among. */
  readonly whose: string
  /** What the follower holds; undefined: it begins with what is now. */
  readonly since: number | undefined
  /** Asked before anything is told; false ends the stream. */
  readonly isStillAllowed: () => boolean
}

export function changeStream(options: StreamOptions): ReadableStream<Uint8Array> {
  let stop = () => {}
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        stop = follow(options, controller)
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_WAITING }),
  )
}

function follow(
  { log, account, whose, since, isStillAllowed }: StreamOptions,
  controller: ReadableStreamDefaultController<Uint8Array>,
): () => void {
  const encoder = new TextEncoder()
  let held = since ?? log.seq
  const end = () => {
    clearInterval(timer)
    unfollow()
  }
  const close = () => {
    end()
    controller.close()
  }
  const send = (text: string) => {
    controller.enqueue(encoder.encode(text))
    if ((controller.desiredSize ?? 0) <= 0) close()
  }
  const tell = (entries: readonly LogEntry[]) => {
    const texts = entries.map((entry) => {
      const text = log.textOf(entry, held, () => textOf(entry, held, log.world))
      held = entry.seq
      return text
    })
    send(texts.join('') + ageText(log))
  }
  const timer = setInterval(() => (isStillAllowed() ? tell([]) : close()), KEEP_ALIVE)
  timer.unref()
  const unfollow = log.follow((entry) => {
    if (entry.account === account && entry.seq > held) tell([entry])
  }, whose)

  const missed = log.after(account, held)
  if (missed) tell(missed)
  else {
    held = log.seq
    send(resetText(held))
  }
  return end
}

/** Behind what it speaks of: who has read so far has all that was known then. */
function ageText({ staleness }: ChangeLog): string {
  return `: staleness=${staleness.toFixed(3)} at=${Math.floor(performance.now())}\n\n`
}

function textOf(entry: LogEntry, previous: number, world: World): string {
  const view = world.account(entry.account)
  if (entry.isAll || !view) return resetText(entry.seq)
  const change = JSON.stringify(changeOf(entry, previous, { view, world }))
  return `id: ${entry.seq}\nevent: change\ndata: ${change}\n\n`
}

function resetText(seq: number): string {
  return `id: ${seq}\nevent: reset\ndata: ${JSON.stringify({ seq })}\n\n`
}

function changeOf(entry: LogEntry, previous: number, accounts: Accounts): ChangeShape {
  const { view } = accounts
  const documents: Documents = {}
  const principals = [...entry.principals].map((arn) => [arn, principalAt(arn, view, documents)])
  const resources = [...entry.resources].map((arn) => [arn, resourceAt(arn, accounts, documents)])
  return {
    account: entry.account,
    previous,
    seq: entry.seq,
    ...(principals.length > 0 && { principals: Object.fromEntries(principals) }),
    ...(resources.length > 0 && { resources: Object.fromEntries(resources) }),
    ...(entry.hasServices && { services: servicesOf(view) }),
    ...(Object.keys(documents).length > 0 && { documents }),
  }
}

/** Null: nobody has this ARN now. */
function principalAt(arn: string, view: AccountView, documents: Documents): PrincipalShape | null {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const user = view.named('user', name)
  if (user && userArn(view, user) === arn) return userShape(view, user, documents)
  const role = view.named('role', name)
  return role && roleArn(view, role) === arn ? roleShape(view, role, documents) : null
}

function resourceAt(arn: string, accounts: Accounts, documents: Documents): ResourceShape | null {
  const resource = accounts.view.get('resource', arn)
  return resource ? resourceShape(accounts, resource, documents) : null
}
