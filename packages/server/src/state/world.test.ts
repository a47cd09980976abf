import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coalesce } from './coalesce.js'
import { Draft } from './draft.js'
import type { Entities } from './entity.js'
import { WorldState } from './world.js'

const account = '111122223333'
const createDate = '2026-01-01T00:00:00.000Z'

function user(id: string, more: Partial<Entities['user']> = {}): Entities['user'] {
  const none = { attached: [], inline: {}, tags: [], groups: [] }
  return { id, name: `name-${id}`, path: '/', createDate, ...none, ...more }
}

function policy(id: string, name: string): Entities['policy'] {
  const versions = [{ id: 'v1', document: '{}', createDate }]
  const numbers = { versions, defaultVersion: 'v1', nextVersion: 2 }
  return { id, name, path: '/', createDate, updateDate: createDate, tags: [], ...numbers }
}

describe('WorldState', () => {
  it('has an account as long as it has a record', () => {
    const world = new WorldState()
    const draft = new Draft(world, account)
    expect(world.account(account)).toBeUndefined()
    draft.put('user', user('u1'))
    expect(world.accounts()).toEqual([account])
    draft.remove('user', 'u1')
    expect(world.account(account)).toBeUndefined()
    expect(world.accounts()).toEqual([])
  })

  it('finds an access key in whatever account it is, until it is removed', () => {
    const world = new WorldState()
    const draft = new Draft(world, account)
    const key = { id: 'AKIA1', createDate, status: 'Active', secret: 'v1.x' } as const
    draft.put('access-key', key)
    expect(world.accessKey('AKIA1')).toEqual({ account, key })
    draft.remove('access-key', 'AKIA1')
    expect(world.accessKey('AKIA1')).toBeUndefined()
  })
})

describe('Draft', () => {
  it('finds records by name whatever its case, and lists them in the order of names', () => {
    const draft = new Draft(new WorldState(), account)
    for (const name of ['beta', 'Alpha', 'gamma']) draft.put('user', user(`id-${name}`, { name }))
    expect(draft.list('user').map(({ name }) => name)).toEqual(['Alpha', 'beta', 'gamma'])
    draft.put('user', user('id-beta', { name: 'zeta' }))
    draft.remove('user', 'id-gamma')
    expect(draft.list('user').map(({ name }) => name)).toEqual(['Alpha', 'zeta'])
    expect(draft.named('user', 'ALPHA')?.id).toBe('id-Alpha')
    expect(draft.named('user', 'beta')).toBeUndefined()
    expect(draft.count('user')).toBe(2)
  })

  it('leaves a list that was given out as it is', () => {
    const draft = new Draft(new WorldState(), account)
    draft.put('user', user('u1'))
    const list = draft.list('user')
    draft.put('user', user('u2'))
    expect(list).toHaveLength(1)
  })

  it('refuses a name that another record has', () => {
    const draft = new Draft(new WorldState(), account)
    draft.put('user', user('u1', { name: 'Ada' }))
    expect(() => draft.put('user', user('u2', { name: 'ada' }))).toThrow(
      'the name of user u2 is taken',
    )
  })

  it('says who bears a policy, and follows each change', () => {
    const draft = new Draft(new WorldState(), account)
    const arn = `arn:aws:iam::${account}:policy/p`
    draft.put('user', user('u1', { attached: [arn], boundary: arn, groups: ['g1'] }))
    draft.put('user', user('u2', { groups: ['g1'] }))
    expect(draft.attachments(arn)).toEqual({
      users: new Set(['u1']),
      groups: new Set(),
      roles: new Set(),
      boundaries: new Set(['u1']),
    })
    expect(draft.members('g1')).toEqual(new Set(['u1', 'u2']))
    draft.put('user', user('u1', { groups: ['g1'] }))
    expect(draft.attachments(arn).users).toEqual(new Set())
  })

  it('may change members while it goes over them', () => {
    const draft = new Draft(new WorldState(), account)
    for (const id of ['u1', 'u2', 'u3']) draft.put('user', user(id, { groups: ['g1'] }))
    let steps = 0
    for (const id of draft.members('g1')) {
      draft.put('user', user(id, { groups: ['g1', 'g2'] }))
      if (id === 'u2') draft.remove('user', id)
      steps++
    }
    expect(steps).toBe(3)
    expect(draft.members('g2')).toEqual(new Set(['u1', 'u3']))
  })

  it('lists keys of a user, and of root, the oldest first', () => {
    const draft = new Draft(new WorldState(), account)
    const key = { status: 'Active', secret: 'v1.x' } as const
    draft.put('access-key', { ...key, id: 'AKIA2', user: 'u1', createDate: '2026-02-01' })
    draft.put('access-key', { ...key, id: 'AKIA1', user: 'u1', createDate: '2026-03-01' })
    draft.put('access-key', { ...key, id: 'AKIA0', createDate })
    expect(draft.keysOf('u1').map(({ id }) => id)).toEqual(['AKIA2', 'AKIA1'])
    expect(draft.keysOf(undefined).map(({ id }) => id)).toEqual(['AKIA0'])
  })

  it('freezes what is put, all the way down', () => {
    const draft = new Draft(new WorldState(), account)
    const tags = [{ Key: 'team', Value: 'blue' }]
    draft.put('user', user('u1', { tags }))
    expect(() => tags.push({ Key: 'a', Value: 'b' })).toThrow(TypeError)
  })

  it('takes no change after it is over', () => {
    const draft = new Draft(new WorldState(), account)
    draft.close()
    expect(() => draft.put('user', user('u1'))).toThrow('an operation wrote after it was over')
  })
})

type Step = readonly [id: string, name: string | undefined, groups: readonly string[]]

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.tuple(
    fc.constantFrom('u1', 'u2', 'u3'),
    fc.option(fc.constantFrom('a', 'B', 'b', 'c'), { nil: undefined }),
    fc.uniqueArray(fc.constantFrom('g1', 'g2')),
  ),
  { maxLength: 20 },
)

/** Everything that can be asked of users, so that two worlds can be compared. */
function look(world: WorldState): unknown {
  const view = world.account(account)
  if (!view) return undefined
  return {
    users: view.list('user'),
    count: view.count('user'),
    names: ['a', 'b', 'c'].map((name) => view.named('user', name)),
    members: ['g1', 'g2'].map((group) => [...view.members(group)].sort()),
  }
}

function run(world: WorldState, all: readonly Step[]): Draft {
  const draft = new Draft(world, account)
  for (const [id, name, groups] of all) {
    const holder = name === undefined ? undefined : draft.named('user', name)
    if (name === undefined) draft.remove('user', id)
    else if (!holder || holder.id === id) draft.put('user', user(id, { name, groups }))
    draft.list('user') // so that lists are brought up to date, and not only made
  }
  return draft
}

describe('changes', () => {
  it('are as if they had never been once undone, for every series of them', () => {
    const property = fc.property(steps, steps, (first, second) => {
      const world = new WorldState()
      run(world, first)
      const before = look(world)
      run(world, second).undo()
      expect(look(world)).toEqual(before)
    })
    fc.assert(property)
  })

  it('lead elsewhere to the same state when they are coalesced, for every series of them', () => {
    const property = fc.property(steps, steps, (first, second) => {
      const world = new WorldState()
      const other = new WorldState()
      for (const part of [first, second]) {
        const changes = coalesce(run(world, part).changes)
        expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length)
        for (const change of changes) other.apply(change)
      }
      expect(look(other)).toEqual(look(world))
    })
    fc.assert(property)
  })

  it('of one kind leave names of another alone', () => {
    const draft = new Draft(new WorldState(), account)
    draft.put('policy', policy('p1', 'same'))
    draft.put('user', user('u1', { name: 'same' }))
    draft.remove('user', 'u1')
    expect(draft.named('policy', 'same')?.id).toBe('p1')
  })
})
