import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, documentsOf, nameOf, snapshot } from '../../test/snapshots.js'
import { PolicyBook } from './policy-book.js'
import type { SnapshotDocument, SnapshotPrincipal } from './snapshot.js'

function policyNo(i: number): SnapshotDocument {
  const Statement = { Effect: 'Allow', Action: `docs:Action${i}`, Resource: '*' }
  return { type: 'identity', name: `policy ${i}`, text: JSON.stringify({ Statement }) }
}

const roleOf = (...documents: SnapshotDocument[]): SnapshotPrincipal => ({
  type: 'role',
  id: 'AROA1',
  tags: {},
  identity: documents.map(nameOf),
})

describe('PolicyBook', () => {
  it('takes over a thousand documents within few turns of a process that is busy', async () => {
    const book = new PolicyBook()
    let turns = 0
    let isDone = false
    const replaced = book
      .replace(
        snapshot(
          1,
          Array.from({ length: 1_000 }, (_, i) => policyNo(i)),
        ),
      )
      .then(() => {
        isDone = true
      })
    while (!isDone) {
      const end = performance.now() + 10
      while (performance.now() < end);
      turns += 1
      await setImmediate()
    }
    await replaced
    expect(turns).toBeLessThan(200)
  })

  it('forgets, in time, the documents that nobody names any more', async () => {
    const book = new PolicyBook()
    await book.replace(snapshot(0))
    for (let seq = 1; seq <= 200; seq += 1) {
      const principals = { role: roleOf(policyNo(seq)) }
      const documents = documentsOf(policyNo(seq))
      await book.apply({ account, previous: seq - 1, seq, principals, documents })
    }
    const { documents = {}, principals } = book.snapshot ?? {}
    expect(Object.keys(documents).length).toBeLessThan(80)
    expect(documents).toHaveProperty([nameOf(policyNo(200))])
    expect(principals?.['role']).toEqual(roleOf(policyNo(200)))
  })

  it('changes nothing where a document is missing', async () => {
    const book = new PolicyBook()
    await book.replace(snapshot(1))
    const before = structuredClone(book.snapshot)
    const principals = { other: roleOf(policyNo(1)), role: null }
    const change = { account, previous: 1, seq: 2, principals, documents: documentsOf(policyNo(2)) }
    await expect(book.apply(change)).rejects.toMatchObject({ code: 'ERR_SNAPSHOT_INVALID' })
    expect(book.snapshot).toEqual(before)
  })

  it('holds what the changes say, one after the other, for every row of changes', async () => {
    const name = fc.constantFrom('ann', 'bob', '__proto__', 'toString')
    const step = fc.record({ name, policy: fc.option(fc.nat(90)) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 200 }), async (steps) => {
        const book = new PolicyBook()
        await book.replace({ ...snapshot(0, []), principals: {} })
        const expected = new Map<string, SnapshotPrincipal>()
        for (const [i, { name: who, policy }] of steps.entries()) {
          const role = policy === null ? null : roleOf(policyNo(policy))
          const principals = Object.fromEntries([[who, role]])
          const documents = policy === null ? {} : documentsOf(policyNo(policy))
          await book.apply({ account, previous: i, seq: i + 1, principals, documents })
          if (role) expected.set(who, role)
          else expected.delete(who)
        }
        expect(new Map(Object.entries(book.snapshot?.principals ?? {}))).toEqual(expected)
        for (const { identity } of expected.values()) {
          expect(book.snapshot?.documents).toHaveProperty([identity[0] ?? ''])
        }
      }),
      { numRuns: 30 },
    )
  })
})
