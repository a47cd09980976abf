import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { allowAll, docsIam, httpRequest } from '../../test/docs.js'
import type { FaultEvent } from './fault.js'

const fails = () => Promise.reject<never>(new Error('the log server is down'))
/** As types have it: what it answers is nobody's. */
const later: () => unknown = fails
const onDecision = later as () => void

describe('a listener that answers later', () => {
  it('holds nothing up where it fails, and is a fault to hear of', async () => {
    const { iam, faults } = docsIam(allowAll, { onDecision })
    const outcome = await iam.guard(iam.route('docs:GetDocument'), httpRequest())
    expect(outcome.kind).toBe('allowed')
    await setImmediate()
    const id = outcome.kind === 'allowed' && outcome.access.decision.id
    expect(faults).toMatchObject([
      { id, action: 'docs:GetDocument', cause: { message: 'the log server is down' } },
    ])
  })

  it('does not end the app where what hears of faults fails too', async () => {
    const heard: FaultEvent[] = []
    const unhandled: unknown[] = []
    const listen = (cause: unknown) => unhandled.push(cause)
    process.on('unhandledRejection', listen)
    const hear = (event: FaultEvent): unknown => heard.push(event) && fails()
    const onFault = hear as () => void
    const { iam } = docsIam(allowAll, { onDecision, onFault, policies: fails })
    expect(await iam.guard(iam.route('docs:GetDocument'), httpRequest())).toMatchObject({
      kind: 'unavailable',
      status: 503,
    })
    const sound = docsIam(allowAll, { onDecision, onFault })
    await sound.iam.guard(sound.iam.route('docs:GetDocument'), httpRequest())
    await setImmediate()
    await setImmediate()
    process.off('unhandledRejection', listen)
    expect([heard.length, unhandled]).toEqual([2, []])
  })
})
