import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CanSnapshot } from './can-snapshot.js'
import { type FollowSnapshotOptions, followSnapshot } from './follow-snapshot.js'

const snapshotOf = (...identity: string[]): CanSnapshot => ({
  format: 1,
  principal: {
    type: 'user',
    account: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/ann',
  },
  identity,
})

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function follow(load: FollowSnapshotOptions['load']) {
  const told: CanSnapshot[] = []
  const onChange = (snapshot: CanSnapshot) => void told.push(snapshot)
  const stop = followSnapshot({ first: snapshotOf('a'), load, onChange, every: 10 })
  stops.push(stop)
  return { told, stop }
}

describe('followSnapshot', () => {
  it('tells each snapshot that differs, and no other', async () => {
    const answers = ['a', 'b', 'b', 'c', 'a']
    let asked = 0
    const { told } = follow(async () => {
      const text = answers[Math.min(asked, answers.length - 1)] ?? ''
      asked += 1
      return snapshotOf(text)
    })
    await vi.waitFor(() => expect(asked).toBeGreaterThan(answers.length + 1))
    expect(told.map(({ identity }) => identity)).toEqual([['b'], ['c'], ['a']])
  })

  it('keeps the last where the server does not answer, and asks again', async () => {
    let asked = 0
    const { told } = follow(async () => {
      asked += 1
      if (asked === 1) throw new Error('away')
      if (asked === 2) return { title: 'Not signed in' } as never
      return snapshotOf('b')
    })
    await vi.waitFor(() => expect(told).toEqual([snapshotOf('b')]))
    expect(asked).toBeGreaterThanOrEqual(3)
  })

  it('asks one question at a time, and drops the answer when it is stopped', async () => {
    let asked = 0
    let signalled = false
    const { told, stop } = follow(
      (signal) =>
        new Promise((resolve) => {
          asked += 1
          signal.addEventListener('abort', () => {
            signalled = true
            resolve(snapshotOf('late'))
          })
        }),
    )
    await vi.waitFor(() => expect(asked).toBe(1))
    await new Promise((resolve) => setTimeout(resolve, 60))
    stop()
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect({ asked, signalled, told }).toEqual({ asked: 1, signalled: true, told: [] })
  })
})
