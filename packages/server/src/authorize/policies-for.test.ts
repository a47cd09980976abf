import { evaluate } from '@iamkit/core'
import { describe, expect, it } from 'vitest'
import { AWAY, allow, HOME, inline, SmallWorld } from '../../test/small-world.js'
import type { Session } from '../authenticate/caller.js'
import { userDocuments } from './documents-of.js'
import { type Bearer, policiesFor } from './policies-for.js'

const READ = JSON.stringify(allow('docs:Get*'))
const DENY = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Action: 'docs:*', Resource: '*' },
})
const managed = `arn:aws:iam::${HOME}:policy/read`

function setUp() {
  const world = new SmallWorld()
  const put = (document: string, id = 'ANPA1') =>
    world.put(HOME, 'policy', {
      id,
      name: 'read',
      path: '/',
      tags: [],
      updateDate: '2026-01-01T00:00:00.000Z',
      versions: [
        { id: 'v1', document: '{}', createDate: '2026-01-01T00:00:00.000Z' },
        { id: 'v2', document, createDate: '2026-01-01T00:00:00.000Z' },
      ],
      defaultVersion: 'v2',
      nextVersion: 3,
    })
  put(READ)
  const answer = (bearer: Bearer, action = 'docs:GetDocument') =>
    evaluate(policiesFor(bearer, world.world), {
      principal: bearer.principal,
      action,
      resource: `arn:aws:docs::${HOME}:document/1`,
      resourceAccount: HOME,
    }).answer
  return { world, put, answer }
}

function userBearer(id: string, name = 'ada'): Bearer {
  const arn = `arn:aws:iam::${HOME}:user/${name}`
  return { principal: { type: 'user', account: HOME, arn, id }, account: HOME }
}

function guest(session: Partial<Session>): Bearer {
  const arn = `arn:aws:sts::${HOME}:federated-user/guest`
  const userArn = `arn:aws:iam::${HOME}:user/ada`
  const principal = { type: 'federated-user', account: HOME, arn, userArn } as const
  const accessKeyId = JSON.stringify(session)
  return {
    principal,
    account: HOME,
    session: { kind: 'federated', accessKeyId, ...session } as Session,
  }
}

describe('policiesFor', () => {
  it.each([
    ['its own inline policy', () => inline(allow('docs:*')), 'Allow'],
    [
      'a managed policy of the account, in its default version',
      () => ({ attached: [managed] }),
      'Allow',
    ],
    [
      'a built-in managed policy',
      () => ({ attached: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
      'Allow',
    ],
    ['nothing', () => ({}), 'ImplicitDeny'],
    [
      'a managed policy that is gone: nobody knows what it denied',
      () => ({ ...inline(allow('*')), attached: [`${managed}-gone`] }),
      'ExplicitDeny',
    ],
    [
      'a boundary that does not allow',
      () => ({ ...inline(allow('*')), boundary: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' }),
      'ImplicitDeny',
    ],
    [
      'a boundary that is gone',
      () => ({ ...inline(allow('*')), boundary: `${managed}-gone` }),
      'ExplicitDeny',
    ],
    ['a document that nobody can read', () => ({ inline: { own: '{' } }), 'ExplicitDeny'],
  ])('gives a user %s', (_, more, expected) => {
    const { world, answer } = setUp()
    expect(answer(userBearer(world.user('ada', more()).id))).toBe(expected)
  })

  it("gives a user its groups' policies", () => {
    const { world, answer } = setUp()
    const readers = world.group('readers', { attached: [managed] })
    const ada = world.user('ada', { groups: [readers.id] })
    expect(answer(userBearer(ada.id))).toBe('Allow')
    world.group('readers', { id: readers.id, inline: { no: DENY } })
    expect(answer(userBearer(ada.id))).toBe('ExplicitDeny')
  })

  it('sees at once what has changed, and keeps what has not', () => {
    const { world, put, answer } = setUp()
    const bearer = userBearer(world.user('ada', { attached: [managed] }).id)
    const before = policiesFor(bearer, world.world)
    world.user('bob')
    expect(policiesFor(bearer, world.world)).toBe(before)
    put(DENY)
    expect(answer(bearer)).toBe('ExplicitDeny')
  })

  it('denies everything to whom is gone, whatever somebody of the same name may do', () => {
    const { world, answer } = setUp()
    world.user('ada', inline(allow('*')))
    expect(answer(userBearer('AIDAGONE'))).toBe('ExplicitDeny')
    expect(answer({ ...userBearer('AIDAGONE'), account: '999999999999' })).toBe('ExplicitDeny')
  })

  it('narrows a federated user by what was passed; without that it has nothing', () => {
    const { world, answer } = setUp()
    const subject = world.user('ada', { attached: [managed] }).id
    expect(answer(guest({ subject }))).toBe('ImplicitDeny')
    expect(answer(guest({ subject, policies: [READ] }))).toBe('Allow')
    expect(answer(guest({ subject, policies: [READ] }), 'docs:PutDocument')).toBe('ImplicitDeny')
    expect(answer(guest({ subject, policyArns: [managed] }))).toBe('Allow')
    expect(answer(guest({ policies: [READ] }))).toBe('Allow')
    expect(answer(guest({ policies: [READ] }), 'docs:PutDocument')).toBe('ImplicitDeny')
  })

  it('keeps accounts apart', () => {
    const { world, answer } = setUp()
    const { id } = world.user('ada', inline(allow('*')), AWAY)
    expect(answer(userBearer(id))).toBe('ExplicitDeny')
  })
})

describe('userDocuments', () => {
  it('names each document as explanations call it', () => {
    const { world } = setUp()
    const devs = world.group('devs', { inline: { edit: READ } })
    const ada = world.user('ada', {
      inline: { own: READ },
      attached: [managed],
      groups: [devs.id],
      boundary: managed,
    })
    const view = world.world.account(HOME) ?? expect.fail('no account')
    const { identity, boundary } = userDocuments(view, ada)
    expect(identity.map(({ name }) => name)).toEqual([
      'user/ada inline own',
      managed,
      'group/devs inline edit',
    ])
    expect(boundary).toEqual({ type: 'boundary', name: managed, text: READ })
  })
})
