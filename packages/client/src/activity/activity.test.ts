import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { credentials, json, type Listener, listen, refuse } from '../../test/listener.js'
import { createClient } from '../client.js'
import { type DecidedEvent, reportActivity } from './activity.js'

let server: Listener
let down: boolean
beforeEach(async () => {
  down = false
  server = await listen((_, response) =>
    down ? refuse(response, 500, 'Down') : json(response, {}),
  )
})
afterEach(() => server.close())

const event = (
  resource: string,
  answer: DecidedEvent['decision']['answer'] = 'Allow',
): DecidedEvent => ({
  time: new Date('2026-05-01T12:00:00Z'),
  decision: {
    answer,
    request: { principal: { type: 'user', arn: 'arn:u' }, action: 'docs:GetDocument', resource },
  },
})

const start = (options: object = {}) => {
  const client = createClient({ endpoint: server.endpoint, credentials })
  return reportActivity(client, { app: 'docs', flushEvery: 3_600_000, ...options })
}
const bodies = () => server.received.map(({ body }) => JSON.parse(body))

describe('reportActivity', () => {
  it('counts equal decisions together', async () => {
    const activity = start()
    for (let i = 0; i < 5; i += 1) activity.onDecision(event('a'))
    activity.onDecision(event('a', 'ExplicitDeny'))
    await activity.close()
    expect(bodies()).toMatchObject([
      {
        app: 'docs',
        dropped: 0,
        events: [
          {
            principal: 'arn:u',
            resource: 'a',
            answer: 'Allow',
            count: 5,
            time: '2026-05-01T12:00:00.000Z',
          },
          { resource: 'a', answer: 'ExplicitDeny', count: 1 },
        ],
      },
    ])
    expect(activity.status()).toEqual({ held: 0, sent: 6, dropped: 0 })
  })

  it('holds a flood to its bound, and tells how much it dropped', async () => {
    const activity = start({ capacity: 10 })
    for (let i = 0; i < 100_000; i += 1) activity.onDecision(event(`r${i}`, 'ImplicitDeny'))
    expect(activity.status()).toEqual({ held: 10, sent: 0, dropped: 99_990 })
    await activity.close()
    expect(bodies()[0]).toMatchObject({ dropped: 99_990 })
  })

  it('sends a batch that failed again under its id, and loses nothing', async () => {
    const problems: unknown[] = []
    const activity = start({ onProblem: (error: unknown) => problems.push(error) })
    down = true
    activity.onDecision(event('a'))
    await activity.flush()
    down = false
    activity.onDecision(event('b'))
    await activity.close()
    const [first, again, next] = bodies()
    expect(again).toEqual(first)
    expect(next.batchId).not.toBe(first.batchId)
    expect(problems).toHaveLength(1)
    expect(activity.status()).toEqual({ held: 0, sent: 2, dropped: 0 })
  })

  it('drops what will never be taken, tells of it, and sends the rest', async () => {
    const problems: unknown[] = []
    server.answer = ({ body }, response) =>
      body.includes('odd') ? refuse(response, 400, 'ValidationException') : json(response, {})
    const activity = start({ onProblem: (error: unknown) => problems.push(error) })
    activity.onDecision(event('odd'))
    activity.onDecision(event('odd'))
    await activity.flush()
    activity.onDecision(event('b'))
    await activity.close()
    expect(bodies().map(({ dropped, events }) => [dropped, events.length])).toEqual([
      [0, 1],
      [2, 1],
    ])
    expect(problems).toMatchObject([{ code: 'ValidationException' }])
    expect(activity.status()).toEqual({ held: 0, sent: 1, dropped: 2 })
  })

  it('sends nothing where there was nothing', async () => {
    await start().close()
    expect(server.received).toEqual([])
  })
})
