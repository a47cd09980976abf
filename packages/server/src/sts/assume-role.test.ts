import { describe, expect, it } from 'vitest'
import {
  AWAY,
  allow,
  HOME,
  inline,
  type Keys,
  keysIn,
  SmallWorld,
  tags,
  trust,
} from '../../test/small-world.js'
import { createSts } from './sts.js'

const sts = { prefix: 'sts', operations: createSts() }
const MAY_ASSUME = inline(allow('sts:*'))
const arn = (name: string, account = HOME) => `arn:aws:iam::${account}:role/${name}`

function setUp() {
  const world = new SmallWorld()
  const assume = (keys: Keys, role: string, more: object = {}) =>
    world.call(sts, ['AssumeRole', { RoleArn: arn(role), RoleSessionName: 'night', ...more }], keys)
  const who = (keys: Keys) => world.call(sts, ['GetCallerIdentity', {}], keys)
  return { world, assume, who }
}

describe('AssumeRole', () => {
  it('makes a session of the role, whose name says both', async () => {
    const { world, assume, who } = setUp()
    const role = world.role('ops', trust({ AWS: HOME }), { path: '/team/' })
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    const answer = await assume(keys, 'team/ops')
    expect(answer).toEqual({
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
        SecretAccessKey: expect.stringMatching(/^.{40}$/),
        SessionToken: expect.any(String),
        Expiration: new Date('2026-05-01T13:00:00Z'),
      },
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:night`,
        Arn: `arn:aws:sts::${HOME}:assumed-role/ops/night`,
      },
    })
    expect(await who(keysIn(answer))).toEqual({
      UserId: `${role.id}:night`,
      Account: HOME,
      Arn: `arn:aws:sts::${HOME}:assumed-role/ops/night`,
    })
  })

  it.each([
    [
      'names the user: no permission of its own is needed',
      [{ AWS: `arn:aws:iam::${HOME}:user/ada` }, {}],
      true,
    ],
    ['names the account, and the user may', [{ AWS: HOME }, MAY_ASSUME], true],
    ['names the account, and the user may not', [{ AWS: HOME }, {}], false],
    ['names another account', [{ AWS: AWAY }, MAY_ASSUME], false],
  ] as const)(
    'asks both sides in one account: the trust policy %s',
    async (_, [principal, user], isAllowed) => {
      const { world, assume } = setUp()
      const ada = world.user('ada', user)
      world.role('ops', trust(principal), {
        trustIds: { [`arn:aws:iam::${HOME}:user/ada`]: ada.id },
      })
      const asked = assume(world.keys(ada), 'ops')
      if (isAllowed) await expect(asked).resolves.toHaveProperty('Credentials')
      else await expect(asked).rejects.toMatchObject({ code: 'AccessDenied', status: 403 })
    },
  )

  it('asks both sides across accounts', async () => {
    const { world, assume } = setUp()
    const bob = `arn:aws:iam::${AWAY}:user/bob`
    world.role('ops', trust({ AWS: bob }))
    const poor = world.keys(world.user('bob', {}, AWAY), AWAY)
    await expect(assume(poor, 'ops')).rejects.toThrow(
      `User: ${bob} is not authorized to perform: sts:AssumeRole on resource: ${arn('ops')}`,
    )
    const rich = world.keys(world.user('bob', MAY_ASSUME, AWAY), AWAY)
    await expect(assume(rich, 'ops')).resolves.toHaveProperty('Credentials')
  })

  it('tells nobody which roles there are', async () => {
    const { world, assume } = setUp()
    world.role('ops', trust({ AWS: AWAY }))
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    const messages = await Promise.all(
      ['ops', 'gone'].map((role) => assume(keys, role).catch(({ message }) => message)),
    )
    expect(messages).toEqual(
      ['ops', 'gone'].map(
        (role) =>
          `User: arn:aws:iam::${HOME}:user/ada is not authorized to perform: sts:AssumeRole on resource: ${arn(role)} because no role trust policy allows the sts:AssumeRole action`,
      ),
    )
  })

  it('is not for root', async () => {
    const { world, assume } = setUp()
    world.role('ops', trust({ AWS: HOME }))
    await expect(assume(world.keys(), 'ops')).rejects.toMatchObject({
      code: 'AccessDenied',
      message: 'Roles may not be assumed by root accounts.',
    })
  })

  it('wants the external id that the trust policy wants', async () => {
    const { world, assume } = setUp()
    const Condition = { StringEquals: { 'sts:ExternalId': 'x-1' } }
    world.role('ops', trust({ AWS: HOME }, 'sts:AssumeRole', { Condition }))
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    await expect(assume(keys, 'ops')).rejects.toMatchObject({ code: 'AccessDenied' })
    await expect(assume(keys, 'ops', { ExternalId: 'x-2' })).rejects.toThrow('not authorized')
    await expect(assume(keys, 'ops', { ExternalId: 'x-1' })).resolves.toHaveProperty('Credentials')
  })

  it.each([
    [
      { DurationSeconds: 899 },
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      { DurationSeconds: 3601 },
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ],
    [
      { RoleSessionName: 'a:b' },
      "1 validation error detected: Value 'a:b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
    [{ RoleArn: 'arn:aws:iam:nothing-here' }, 'arn:aws:iam:nothing-here is invalid'],
    [
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/NoSuchPolicy' }] },
      'Policy arn:aws:iam::aws:policy/NoSuchPolicy does not exist or is not attachable.',
    ],
    [{ PolicyArns: [{}] }, 'Each of PolicyArns must name a policy.'],
  ])('refuses %j', async (input, message) => {
    const { world, assume } = setUp()
    world.role('ops', trust({ AWS: HOME }))
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    await expect(assume(keys, 'ops', input)).rejects.toMatchObject({
      code: 'ValidationError',
      status: 400,
      message,
    })
  })

  it('lasts as long as is asked and the role allows', async () => {
    const { world, assume } = setUp()
    world.role('ops', trust({ AWS: HOME }), { maxSessionDuration: 43_200 })
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    const answer = await assume(keys, 'ops', { DurationSeconds: 43_200 })
    expect(answer.Credentials.Expiration).toEqual(new Date('2026-05-02T00:00:00Z'))
    world.now = new Date('2026-05-02T00:00:00Z')
    await expect(world.caller(keysIn(answer))).rejects.toMatchObject({
      code: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    })
  })
})

describe('a session of AssumeRole', () => {
  it('is narrowed by the policies that are passed', async () => {
    const { world, assume } = setUp()
    world.role('ops', trust({ AWS: HOME }), inline(allow('sts:*')))
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    const session = await assume(keys, 'ops', {
      Policy: JSON.stringify(allow('sts:GetAccessKeyInfo')),
    })
    expect(session.PackedPolicySize).toBeGreaterThan(0)
    const input = { AccessKeyId: keys.accessKeyId }
    expect(await world.call(sts, ['GetAccessKeyInfo', input], keysIn(session))).toEqual({
      Account: HOME,
    })
    await expect(
      world.call(sts, ['DecodeAuthorizationMessage', { EncodedMessage: 'x' }], keysIn(session)),
    ).rejects.toThrow('because no session policy allows the sts:DecodeAuthorizationMessage action')
  })

  it('is refused policies that are malformed or too large', async () => {
    const { world, assume } = setUp()
    world.role('ops', trust({ AWS: HOME }))
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    await expect(assume(keys, 'ops', { Policy: '{' })).rejects.toMatchObject({
      code: 'MalformedPolicyDocument',
    })
    const many = Array.from({ length: 50 }, (_, i) => ({
      Key: `key-${i}`,
      Value: Array.from({ length: 16 }, (_, j) =>
        Math.sin(i * 16 + j)
          .toString(36)
          .slice(3),
      ).join(''),
    }))
    world.role('ops', trust({ AWS: HOME }, ['sts:AssumeRole', 'sts:TagSession']))
    await expect(assume(keys, 'ops', { Tags: many })).rejects.toMatchObject({
      code: 'PackedPolicyTooLarge',
      message: expect.stringMatching(
        /^Packed policy consumes \d+% of allotted space, please use smaller policy\.$/,
      ),
    })
  })

  it('bears its tags before those of its role', async () => {
    const { world, assume } = setUp()
    const actions = ['sts:AssumeRole', 'sts:TagSession']
    world.role('ops', trust({ AWS: HOME }, actions), {
      tags: tags({ Team: 'blue', stage: 'prod' }),
    })
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    const session = await assume(keys, 'ops', { Tags: tags({ team: 'red' }) })
    const { caller } = await world.caller(keysIn(session))
    expect(caller.tags).toEqual({ stage: 'prod', team: 'red' })
  })

  it('has its own tags beside as many of its role, and hands them on', async () => {
    const { world, assume } = setUp()
    const many = (name: string) =>
      tags(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${name}${i}`, 'x'])))
    const actions = ['sts:AssumeRole', 'sts:TagSession']
    world.role('ops', trust({ AWS: HOME }, actions), { ...MAY_ASSUME, tags: many('r') })
    world.role('next', trust({ AWS: HOME }), { tags: many('n') })
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    const TransitiveTagKeys = many('s').map(({ Key }) => Key)
    const session = keysIn(await assume(keys, 'ops', { Tags: many('s'), TransitiveTagKeys }))
    expect(Object.keys((await world.caller(session)).caller.tags ?? {})).toHaveLength(100)
    expect(await assume(session, 'next')).toHaveProperty('Credentials')
  })

  it('needs leave for its tags', async () => {
    const { world, assume } = setUp()
    world.role('ops', trust({ AWS: HOME }))
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    await expect(assume(keys, 'ops', { Tags: tags({ team: 'red' }) })).rejects.toThrow(
      'is not authorized to perform: sts:TagSession',
    )
  })

  it.each(['team', 'TEAM'])(
    'keeps a tag of its role, passed as `%s`, where leave is denied for that tag',
    async (key) => {
      const { world, assume } = setUp()
      world.role('ops', trust({ AWS: HOME }, ['sts:AssumeRole', 'sts:TagSession']), {
        tags: tags({ team: 'blue' }),
      })
      const Condition = { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } }
      const keys = world.keys(
        world.user('ada', {
          inline: {
            ...MAY_ASSUME.inline,
            guard: JSON.stringify(allow('sts:TagSession', { Effect: 'Deny', Condition })),
          },
        }),
      )
      await expect(assume(keys, 'ops', { Tags: tags({ [key]: 'red' }) })).rejects.toThrow(
        'sts:TagSession',
      )
      expect(await assume(keys, 'ops', { Tags: tags({ other: 'red' }) })).toBeDefined()
      expect(await assume(keys, 'ops')).toBeDefined()
    },
  )

  it.each([
    [
      { Tags: tags({ a: '1' }), TransitiveTagKeys: ['b'] },
      'The specified transitive tag key must be included in the requested tags.',
    ],
    [
      { Tags: tags({ a: '1', A: '2' }) },
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
  ])('refuses tags as AWS does: %j', async (input, message) => {
    const { world, assume } = setUp()
    world.role('ops', trust({ AWS: HOME }, ['sts:AssumeRole', 'sts:TagSession']))
    const keys = world.keys(world.user('ada', MAY_ASSUME))
    await expect(assume(keys, 'ops', input)).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      status: 400,
      message,
    })
  })

  it('ends at once with its role', async () => {
    const { world, assume, who } = setUp()
    const role = world.role('ops', trust({ AWS: HOME }))
    const session = keysIn(await assume(world.keys(world.user('ada', MAY_ASSUME)), 'ops'))
    expect(await who(session)).toHaveProperty('Account', HOME)
    world.world.apply({ account: HOME, kind: 'role', id: role.id, after: undefined })
    world.role('ops', trust({ AWS: HOME }))
    await expect(who(session)).rejects.toMatchObject({ code: 'InvalidClientTokenId' })
  })
})

describe('a chain of roles', () => {
  const BOTH = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
  async function chain(input: object) {
    const { world, assume } = setUp()
    world.role('one', trust({ AWS: HOME }, BOTH), { ...MAY_ASSUME, maxSessionDuration: 43_200 })
    world.role('two', trust({ AWS: HOME }, BOTH), {
      maxSessionDuration: 43_200,
      tags: tags({ team: 'blue' }),
    })
    const first = keysIn(await assume(world.keys(world.user('ada', MAY_ASSUME)), 'one', input))
    return { world, first, second: (more: object = {}) => assume(first, 'two', more) }
  }

  it('hands on transitive tags and the source identity', async () => {
    const { world, second } = await chain({
      Tags: tags({ Team: 'red', other: 'x' }),
      TransitiveTagKeys: ['team'],
      SourceIdentity: 'ada',
    })
    const session = await second()
    expect(session.SourceIdentity).toBe('ada')
    const { caller } = await world.caller(keysIn(session))
    expect(caller.tags).toEqual({ Team: 'red' })
    expect(caller.session).toMatchObject({
      sourceIdentity: 'ada',
      transitiveKeys: ['Team'],
      chained: true,
    })
  })

  it.each(['Team', 'TEAM'])('does not take a tag `%s` that is handed on', async (key) => {
    const { second } = await chain({ Tags: tags({ Team: 'red' }), TransitiveTagKeys: ['Team'] })
    await expect(second({ Tags: tags({ [key]: 'green' }) })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    })
  })

  it('never changes its source identity', async () => {
    const { second } = await chain({ SourceIdentity: 'ada' })
    await expect(second({ SourceIdentity: 'bob' })).rejects.toMatchObject({ code: 'AccessDenied' })
  })

  it('lasts an hour at most', async () => {
    const { second } = await chain({})
    await expect(second({ DurationSeconds: 3601 })).rejects.toThrow(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  })

  it('needs leave of the calling role to hand on a source identity', async () => {
    const { world, assume } = setUp()
    world.role('one', trust({ AWS: HOME }, BOTH), inline(allow(['sts:AssumeRole'])))
    const one = `arn:aws:iam::${HOME}:role/one`
    world.role('two', trust({ AWS: one }, BOTH))
    const first = await assume(world.keys(world.user('ada', MAY_ASSUME)), 'one', {
      SourceIdentity: 'ada',
    })
    await expect(assume(keysIn(first), 'two')).rejects.toThrow('sts:SetSourceIdentity')
  })
})
