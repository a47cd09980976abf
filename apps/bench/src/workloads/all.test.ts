import { describe, expect, it } from 'vitest'
import type { Decider } from '../engines/engine.js'
import { floor } from '../engines/floor.js'
import { iamkit, iamkitReasons } from '../engines/iamkit.js'
import { admit, isContender } from '../measure/contender.js'
import { createScenario } from './all.js'
import { large } from './large.js'
import { principal } from './principals.js'
import { isAllowedByReference } from './scenario.js'

const noCorpus = () => new Map()
const ids = ['W1', 'W2', 'W3', 'W4', 'W5-10', 'W5-100', 'W5-1000']

describe('a scenario', () => {
  it.each(ids)('asks as much that is allowed as that is refused: %s', (id) => {
    const { questions } = createScenario(id, noCorpus)
    expect(Math.log2(questions.length) % 1).toBe(0)
    expect(questions.length).toBeGreaterThanOrEqual(256)
    expect(questions.filter(({ isAllowed }) => isAllowed)).toHaveLength(questions.length / 2)
  })

  it.each(ids)('is decided rightly by iamkit: %s', async (id) => {
    const scenario = createScenario(id, noCorpus)
    for (const engine of [iamkit, iamkitReasons]) {
      expect(await admit(engine, scenario)).toHaveProperty('requests')
    }
  })

  it.each(['W1', 'W2', 'W3'])('is decided rightly by hand: %s', async (id) => {
    expect(await admit(floor, createScenario(id, noCorpus))).toHaveProperty('requests')
  })

  it('of many statements is answered by its design as the reference answers', () => {
    const { documents, questions } = large(100)
    const answers = questions.map((question) => isAllowedByReference(documents, question))
    expect(answers).toEqual(questions.map(({ isAllowed }) => isAllowed))
  })

  it('of a principal is answered as the reference answers', () => {
    for (const i of [0, 1, 99_999]) {
      const { documents, questions } = principal(i)
      const answers = questions.map((question) => isAllowedByReference(documents, question))
      expect(answers).toEqual([true, false, true])
      expect(questions.map(({ isAllowed }) => isAllowed)).toEqual(answers)
    }
  })

  it('is unknown by another name', () => {
    expect(() => createScenario('W0', noCorpus)).toThrow('no scenario `W0`')
  })
})

describe('an engine', () => {
  const scenario = createScenario('W1', noCorpus)
  const engineOf = (decide: Decider['decide']) => {
    const prepare = () => () => ({ requestFor: () => undefined, decide })
    return { name: 'it', kind: 'peer', speaksIam: false, prepare } as const
  }

  it('that allows everything is left out', async () => {
    const tried = await admit(
      engineOf(() => true),
      scenario,
    )
    expect(isContender(tried)).toBe(false)
    expect(tried).toMatchObject({ reason: 'left out' })
  })

  it('that throws is left out', async () => {
    const fail = () => {
      throw new Error('no')
    }
    expect(await admit(engineOf(fail), scenario)).toMatchObject({ reason: 'left out' })
  })
})
