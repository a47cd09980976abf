import { presign, readRequest, sign } from '@iamkit/sigv4'
import { describe, expect, it } from 'vitest'
import { HOME, type Keys, SmallWorld, tags } from '../../test/small-world.js'
import { sealSession } from '../session-token/session-token.js'
import type { Addressed } from './authenticate.js'
import type { Session } from './caller.js'

const url = 'https://iam.example.com/'
const QUERY = { protocol: 'awsQuery', signingName: 'iam' } as const
const JSON_1_1 = { protocol: 'awsJson', signingName: 'iam' } as const
const REST = { protocol: 'restJson', signingName: 'iam' } as const

function setUp() {
  const world = new SmallWorld()
  const scope = () => ({ service: 'iam', region: 'eu-west-1', date: world.now })
  const ask = async (request: Request, to: Omit<Addressed, 'now'> = QUERY) =>
    world.authenticate(await readRequest(request), { ...to, now: world.now })
  const signed = async (keys: Keys, body = 'Action=ListUsers') =>
    sign(new Request(url, { method: 'POST', body }), keys, scope())
  return { world, ask, signed, scope }
}

function session(more: Partial<Session> = {}): Session {
  return {
    account: HOME,
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    secretAccessKey: 'secret',
    issued: '2026-05-01T12:00:00.000Z',
    expires: '2026-05-01T13:00:00.000Z',
    kind: 'role',
    ...more,
  }
}

describe('authenticate', () => {
  it('knows a user by its key, and the region that was signed for', async () => {
    const { world, ask, signed } = setUp()
    const ada = world.user('ada', { path: '/team/', tags: tags({ team: 'blue' }) })
    const keys = world.keys(ada)
    expect(await ask(await signed(keys))).toEqual({
      region: 'eu-west-1',
      caller: {
        principal: {
          type: 'user',
          account: HOME,
          arn: `arn:aws:iam::${HOME}:user/team/ada`,
          id: ada.id,
        },
        account: HOME,
        userId: ada.id,
        accessKeyId: keys.accessKeyId,
        tags: { team: 'blue' },
      },
    })
  })

  it('knows root by its key', async () => {
    const { world, ask, signed } = setUp()
    const keys = world.keys()
    expect((await ask(await signed(keys))).caller).toEqual({
      principal: { type: 'root', account: HOME, arn: `arn:aws:iam::${HOME}:root` },
      account: HOME,
      userId: HOME,
      accessKeyId: keys.accessKeyId,
    })
  })

  it('takes a presigned address', async () => {
    const { world, ask, scope } = setUp()
    const keys = world.keys(world.user('ada'))
    const address = await presign(new Request(`${url}?Action=ListUsers`), keys, {
      ...scope(),
      expiresIn: 60,
    })
    expect((await ask(new Request(address))).caller.accessKeyId).toBe(keys.accessKeyId)
    world.now = new Date(world.now.getTime() + 61_000)
    await expect(ask(new Request(address))).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })

  it('asks nobody to sign what nobody signs', async () => {
    const { ask } = setUp()
    const to = { protocol: 'awsQuery', signingName: undefined } as const
    expect(await ask(new Request(url, { method: 'POST' }), to)).toEqual({
      caller: { principal: { type: 'anonymous' }, account: '', userId: '' },
    })
  })

  it.each([
    [QUERY, 'MissingAuthenticationToken', 403],
    [JSON_1_1, 'MissingAuthenticationTokenException', 400],
    [REST, 'MissingAuthenticationTokenException', 403],
  ])('says to %j that a request is not signed', async (to, code, status) => {
    const { ask } = setUp()
    const asked = ask(new Request(url, { method: 'POST' }), to)
    await expect(asked).rejects.toMatchObject({
      name: 'Fault',
      code,
      status,
      message: 'Request is missing Authentication Token',
    })
  })

  it.each([
    [QUERY, 'InvalidClientTokenId', 403],
    [JSON_1_1, 'UnrecognizedClientException', 400],
    [REST, 'UnrecognizedClientException', 403],
  ])(
    'says to %j the same of keys that are unknown, inactive or orphaned',
    async (to, code, status) => {
      const { world, ask, signed } = setUp()
      const known = world.keys(world.user('ada'))
      const { key } = world.world.accessKey(known.accessKeyId) ?? expect.fail('no key')
      const orphan = world.keys({ ...world.user('bob'), id: 'AIDAGONE' })
      world.world.apply({
        account: HOME,
        kind: 'access-key',
        id: key.id,
        after: { ...key, status: 'Inactive' },
      })
      const unknown = { accessKeyId: 'AKIAEXAMPLEEXAMPLE12', secretAccessKey: 'x' }
      for (const keys of [known, orphan, unknown]) {
        await expect(ask(await signed(keys), to)).rejects.toMatchObject({
          code,
          status,
          message: 'The security token included in the request is invalid.',
        })
      }
    },
  )

  it.each([
    [QUERY, 'SignatureDoesNotMatch', 403],
    [JSON_1_1, 'InvalidSignatureException', 400],
    [REST, 'InvalidSignatureException', 403],
  ])('says to %j that a signature is wrong, or too old', async (to, code, status) => {
    const { world, ask, signed } = setUp()
    const keys = world.keys(world.user('ada'))
    const wrong = await signed({ ...keys, secretAccessKey: 'another' })
    await expect(ask(wrong, to)).rejects.toMatchObject({
      code,
      status,
      message:
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    })
    const old = await signed(keys)
    world.now = new Date(world.now.getTime() + 901_000)
    await expect(ask(old, to)).rejects.toMatchObject({
      code,
      status,
      message: expect.stringMatching(/^Signature expired/),
    })
  })

  it('takes a session token beside its own key only', async () => {
    const { world, ask, signed } = setUp()
    const role = world.role('ops', {})
    const token = (more: Partial<Session>) =>
      sealSession(session({ subject: role.id, name: 's', ...more }), world.vault)
    const own = {
      accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      secretAccessKey: 'secret',
      sessionToken: token({}),
    }
    expect((await ask(await signed(own))).caller.principal).toEqual({
      type: 'role-session',
      account: HOME,
      arn: `arn:aws:sts::${HOME}:assumed-role/ops/s`,
      roleArn: `arn:aws:iam::${HOME}:role/ops`,
      id: role.id,
    })
    const refused = { code: 'InvalidClientTokenId' }
    const others = [
      { ...own, sessionToken: token({ accessKeyId: 'ASIAEXAMPLEEXAMPLE34' }) },
      { ...own, accessKeyId: 'ASIAEXAMPLEEXAMPLE34' },
      { ...own, sessionToken: `${own.sessionToken.slice(0, -2)}AA` },
      { ...own, sessionToken: 'no token' },
      { accessKeyId: own.accessKeyId, secretAccessKey: own.secretAccessKey },
      { ...world.keys(world.user('ada')), sessionToken: own.sessionToken },
    ]
    for (const keys of others) await expect(ask(await signed(keys))).rejects.toMatchObject(refused)
  })

  it.each([
    [QUERY, 'ExpiredToken', 403],
    [JSON_1_1, 'ExpiredTokenException', 400],
  ])('says to %j that a session has ended', async (to, code, status) => {
    const { world, ask, signed } = setUp()
    const role = world.role('ops', {})
    const sessionToken = sealSession(session({ subject: role.id, name: 's' }), world.vault)
    const keys = { accessKeyId: 'ASIAEXAMPLEEXAMPLE12', secretAccessKey: 'secret', sessionToken }
    world.now = new Date('2026-05-01T13:00:00Z')
    await expect(ask(await signed(keys), to)).rejects.toMatchObject({
      code,
      status,
      message: 'The security token included in the request is expired',
    })
  })

  it('knows whom root or a user has federated', async () => {
    const { world, ask, signed } = setUp()
    const ada = world.user('ada', { tags: tags({ team: 'blue' }) })
    const of = (more: Partial<Session>) => ({
      accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      secretAccessKey: 'secret',
      sessionToken: sealSession(
        session({ kind: 'federated', name: 'guest', ...more }),
        world.vault,
      ),
    })
    const guest = await ask(await signed(of({ subject: ada.id, tags: { Team: 'red' } })))
    expect(guest.caller).toMatchObject({
      principal: {
        type: 'federated-user',
        arn: `arn:aws:sts::${HOME}:federated-user/guest`,
        userArn: `arn:aws:iam::${HOME}:user/ada`,
      },
      userId: `${HOME}:guest`,
      tags: { Team: 'red' },
    })
    const ofRoot = await ask(await signed(of({})))
    expect(ofRoot.caller.principal).toHaveProperty('userArn', `arn:aws:iam::${HOME}:root`)
    await expect(ask(await signed(of({ subject: 'AIDAGONE' })))).rejects.toMatchObject({
      code: 'InvalidClientTokenId',
    })
  })
})
