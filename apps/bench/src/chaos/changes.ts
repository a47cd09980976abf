/**
 * Opens and closes subjects, one after the other, for as long as it is told to.
 *
 * Shape   a change is sent again until it is acknowledged. One whose answer was lost may still be under way somewhere:
 *         until that is over, its subject is left alone.
 * Units   milliseconds.
 * Errors  None: what fails is counted.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import { RefusedError } from './caller.js'
import { now } from './now.js'
import type { Oracle } from './oracle.js'
import type { Stage } from './stage.js'

export interface ChangeTally {
  acknowledged: number
  /** The control plane said that it could not. */
  refused: number
  /** Nobody said anything. */
  unanswered: number
}

export const createChangeTally = (): ChangeTally => ({
  acknowledged: 0,
  refused: 0,
  unanswered: 0,
})

const AGAIN = 250
/** No server works longer on a call. */
const SETTLED = 30_000

interface Changing {
  readonly stage: Pick<Stage, 'subjects' | 'oracle'>
  readonly tally: ChangeTally
}

/** Changes every `lanes`-th subject, beginning with `lane`, a little apart. */
export async function keepChanging(
  changing: Changing,
  { lane, lanes, pause }: { readonly lane: number; readonly lanes: number; readonly pause: number },
  isOver: () => boolean,
): Promise<void> {
  const { subjects } = changing.stage
  const restUntil = new Map<number, number>()
  while (!isOver()) {
    for (let i = lane; i < subjects.length && !isOver(); i += lanes) {
      if ((restUntil.get(i) ?? 0) > now()) continue
      const { isCertain } = await change(changing, i)
      if (!isCertain) restUntil.set(i, now() + SETTLED)
      await wait(pause * (0.5 + Math.random()))
    }
    await wait(10)
  }
}

/** Resolves once it is acknowledged. */
export async function change(
  { stage, tally }: Changing,
  i: number,
): Promise<{ readonly isCertain: boolean; readonly sent: number; readonly acknowledged: number }> {
  const { subjects, oracle }: { subjects: Stage['subjects']; oracle: Oracle } = stage
  const isOpen = !oracle.isOpen(i)
  const sent = now()
  oracle.sent(i, isOpen, sent)
  for (let isCertain = true; ; ) {
    try {
      await subjects[i]?.write(isOpen)
      const acknowledged = now()
      oracle.acknowledged(i, acknowledged)
      tally.acknowledged += 1
      return { isCertain, sent, acknowledged }
    } catch (error) {
      if (error instanceof RefusedError) tally.refused += 1
      else {
        tally.unanswered += 1
        isCertain = false
      }
      await wait(AGAIN)
    }
  }
}
