import { describe, expect, it } from 'vitest'
import { allow, HOME, inline, type Keys, keysIn, SmallWorld, tags } from '../../test/small-world.js'
import { createSts } from './sts.js'

const sts = { prefix: 'sts', operations: createSts() }

function setUp() {
  const world = new SmallWorld()
  const ask = (name: string, input: object, keys: Keys) => world.call(sts, [name, input], keys)
  return { world, ask }
}

describe('GetSessionToken', () => {
  it('gives a user credentials that end, whatever its policies say', async () => {
    const { world, ask } = setUp()
    const deny = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
    }
    const ada = world.user('ada', inline(deny))
    const answer = await ask('GetSessionToken', {}, world.keys(ada))
    expect(answer.Credentials.Expiration).toEqual(new Date('2026-05-02T00:00:00Z'))
    const { caller } = await world.caller(keysIn(answer))
    expect(caller).toMatchObject({
      userId: ada.id,
      principal: { type: 'user' },
      session: { kind: 'user' },
    })
    expect(await ask('GetCallerIdentity', {}, keysIn(answer))).toEqual({
      UserId: ada.id,
      Account: HOME,
      Arn: `arn:aws:iam::${HOME}:user/ada`,
    })
  })

  it('gives root an hour', async () => {
    const { world, ask } = setUp()
    const answer = await ask('GetSessionToken', { DurationSeconds: 129_600 }, world.keys())
    expect(answer.Credentials.Expiration).toEqual(new Date('2026-05-01T13:00:00Z'))
    expect((await world.caller(keysIn(answer))).caller.principal.type).toBe('root')
  })

  it.each(['GetSessionToken', 'GetFederationToken', 'GetAccessKeyInfo'])(
    'gives nothing that could call %s',
    async (name) => {
      const { world, ask } = setUp()
      const keys = keysIn(await ask('GetSessionToken', {}, world.keys(world.user('ada'))))
      const input = { Name: 'guest', AccessKeyId: keys.accessKeyId }
      await expect(ask(name, input, keys)).rejects.toMatchObject({
        code: 'AccessDenied',
        message: `Cannot call ${name} with session credentials`,
      })
    },
  )
})

describe('GetFederationToken', () => {
  const MAY = inline(allow('*'))

  it('makes a federated user, which can do nothing without a policy', async () => {
    const { world, ask } = setUp()
    const answer = await ask(
      'GetFederationToken',
      { Name: 'guest' },
      world.keys(world.user('ada', MAY)),
    )
    expect(answer).toMatchObject({
      FederatedUser: {
        FederatedUserId: `${HOME}:guest`,
        Arn: `arn:aws:sts::${HOME}:federated-user/guest`,
      },
      PackedPolicySize: 0,
    })
    const keys = keysIn(answer)
    expect(await ask('GetCallerIdentity', {}, keys)).toEqual({
      UserId: `${HOME}:guest`,
      Account: HOME,
      Arn: `arn:aws:sts::${HOME}:federated-user/guest`,
    })
    await expect(ask('AssumeRole', {}, keys)).rejects.toThrow('Cannot call AssumeRole')
  })

  it('needs permission, and permission for its tags', async () => {
    const { world, ask } = setUp()
    const poor = world.keys(world.user('ada'))
    await expect(ask('GetFederationToken', { Name: 'guest' }, poor)).rejects.toThrow(
      `is not authorized to perform: sts:GetFederationToken on resource: arn:aws:sts::${HOME}:federated-user/guest because no identity-based policy allows`,
    )
    const keys = world.keys(world.user('bob', inline(allow('sts:GetFederationToken'))))
    const input = { Name: 'guest', Tags: tags({ team: 'red' }) }
    await expect(ask('GetFederationToken', input, keys)).rejects.toThrow('sts:TagSession')
  })

  it('asks about the tag of its user that a passed one takes the place of', async () => {
    const { world, ask } = setUp()
    const Condition = { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } }
    const deny = allow('sts:TagSession', { Effect: 'Deny', Condition })
    const ada = world.user('ada', {
      inline: { may: JSON.stringify(allow('sts:*')), deny: JSON.stringify(deny) },
      tags: tags({ team: 'blue' }),
    })
    const pass = (key: string) =>
      ask('GetFederationToken', { Name: 'guest', Tags: tags({ [key]: 'red' }) }, world.keys(ada))
    await expect(pass('TEAM')).rejects.toThrow('sts:TagSession')
    expect(await pass('other')).toHaveProperty('Credentials')
  })

  it('does the same for root', async () => {
    const { world, ask } = setUp()
    const answer = await ask('GetFederationToken', { Name: 'guest' }, world.keys())
    expect((await world.caller(keysIn(answer))).caller.session).toMatchObject({ kind: 'federated' })
  })
})

describe('GetAccessKeyInfo', () => {
  it('tells the account of keys that last and of keys that end', async () => {
    const { world, ask } = setUp()
    const keys = world.keys(world.user('ada', inline(allow('*'))))
    const session = keysIn(await ask('GetSessionToken', {}, keys))
    for (const { accessKeyId } of [keys, session]) {
      expect(await ask('GetAccessKeyInfo', { AccessKeyId: accessKeyId }, keys)).toEqual({
        Account: HOME,
      })
    }
    const strange = { AccessKeyId: 'ASIA7777777777777777' }
    await expect(ask('GetAccessKeyInfo', strange, keys)).rejects.toMatchObject({
      code: 'ValidationError',
    })
  })
})
