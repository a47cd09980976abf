import { describe, expect, it } from 'vitest'
import { AWAY, allow, HOME, inline, keysIn, SmallWorld, trust } from '../../test/small-world.js'
import { createSts } from '../sts/sts.js'
import { iam } from './iam.js'

const IAM = { prefix: 'iam', operations: iam }
const STS = { prefix: 'sts', operations: createSts({}) }

async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => ({ code: 'none', message: '' }),
    (thrown: { code: string; message: string }) => thrown,
  )
  return `${error.code}: ${error.message}`
}

describe('a trust policy', () => {
  const create = (small: SmallWorld, Principal: unknown) =>
    small.call(
      IAM,
      [
        'CreateRole',
        { RoleName: 'job', AssumeRolePolicyDocument: JSON.stringify(trust(Principal)) },
      ],
      small.keys(),
    )

  it.each([
    `arn:aws:iam::${HOME}:user/nobody`,
    `arn:aws:iam::${HOME}:role/path/nobody`,
    `arn:aws:iam::${AWAY}:user/ann`,
    'arn:aws:iam::999999999999:role/elsewhere',
    `arn:aws:s3::${HOME}:bucket`,
    `arn:aws:iam::${HOME}:group/crew`,
    'AROAQQQQQQQQQQQQQQQQQ',
    `arn:aws:sts::${HOME}:assumed-role/nobody/session`,
    `arn:aws:sts::${HOME}:assumed-role/Helper/session`,
    'ann',
  ])('names nobody who is not there: %s', async (AWS) => {
    const small = new SmallWorld()
    small.user('ann')
    small.role('helper', trust({ AWS: HOME }))
    expect(await refusal(create(small, { AWS }))).toBe(
      `MalformedPolicyDocument: Invalid principal in policy: "AWS":"${AWS}"`,
    )
    expect(small.world.account(HOME)?.named('role', 'job')).toBeUndefined()
  })

  it.each(['lambda', 'amazonaws.com'])('takes no %s for a service', async (Service) => {
    const small = new SmallWorld()
    expect(await refusal(create(small, { Service }))).toBe(
      `MalformedPolicyDocument: Invalid principal in policy: "SERVICE":"${Service}"`,
    )
    await create(small, { Service: 'lambda.amazonaws.com' })
  })

  it.each([
    '*',
    AWAY,
    `arn:aws:iam::${AWAY}:root`,
    'arn:aws:iam::999999999999:root',
    `arn:aws:iam::${AWAY}:user/bob`,
    `arn:aws:sts::${HOME}:assumed-role/helper/session`,
    `arn:aws:sts::${HOME}:federated-user/guest`,
  ])('may name %s', async (AWS) => {
    const small = new SmallWorld()
    small.user('bob', {}, AWAY)
    small.role('helper', trust({ AWS: HOME }))
    await create(small, { AWS })
    expect(small.world.account(HOME)?.named('role', 'job')).toBeDefined()
  })

  it.each([
    'accounts.google.com',
    `arn:aws:iam::${HOME}:saml-provider/later`,
    `arn:aws:iam::${HOME}:oidc-provider/login.example.com/tenant`,
  ])('may name a provider before there is one: %s', async (Federated) => {
    const small = new SmallWorld()
    await create(small, { Federated })
    expect(small.world.account(HOME)?.named('role', 'job')).toBeDefined()
  })

  it('means the user that was there, and no later one of the name', async () => {
    const small = new SmallWorld()
    const ann = small.user('ann', inline(allow('sts:AssumeRole')))
    const AWS = `arn:aws:iam::${HOME}:user/ann`
    await create(small, { AWS })
    const RoleArn = `arn:aws:iam::${HOME}:role/job`
    const assume = (keys: ReturnType<SmallWorld['keys']>) =>
      small.call(STS, ['AssumeRole', { RoleArn, RoleSessionName: 'one' }], keys)
    expect(await assume(small.keys(ann))).toMatchObject({ AssumedRoleUser: {} })

    small.world.apply({ account: HOME, kind: 'user', id: ann.id, after: undefined })
    const other = small.user('ann', inline(allow('sts:AssumeRole')))
    expect(await refusal(assume(small.keys(other)))).toMatch('AccessDenied: ')
    const { Role } = (await small.call(IAM, ['GetRole', { RoleName: 'job' }], small.keys())) as {
      Role: { AssumeRolePolicyDocument: string }
    }
    const shown = JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument))
    expect(shown.Statement[0].Principal).toEqual({ AWS: ann.id })
  })

  it.each(['Allow', 'Deny'])('means by a unique id whoever has it: %s', async (Effect) => {
    const small = new SmallWorld()
    const ann = small.user('ann', inline(allow('sts:AssumeRole')))
    const [own] = trust({ AWS: ann.id }).Statement
    const all = Effect === 'Deny' ? trust({ AWS: HOME }).Statement : []
    const document = { Version: '2012-10-17', Statement: [...all, { ...own, Effect }] }
    const input = { RoleName: 'job', AssumeRolePolicyDocument: JSON.stringify(document) }
    const { Role } = (await small.call(IAM, ['CreateRole', input], small.keys())) as {
      Role: { AssumeRolePolicyDocument: string }
    }
    const shown = JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument)).Statement
    expect(shown.at(-1).Principal).toEqual({ AWS: `arn:aws:iam::${HOME}:user/ann` })
    const asked = { RoleArn: `arn:aws:iam::${HOME}:role/job`, RoleSessionName: 'one' }
    const assumed = small.call(STS, ['AssumeRole', asked], small.keys(ann))
    if (Effect === 'Allow') await expect(assumed).resolves.toMatchObject({ AssumedRoleUser: {} })
    else await expect(assumed).rejects.toMatchObject({ code: 'AccessDenied' })
  })

  it('means sessions of the role that was there, and of no later one of the name', async () => {
    const small = new SmallWorld()
    const helper = small.role('helper', trust({ AWS: HOME }))
    const ann = small.user('ann', inline(allow('sts:AssumeRole')))
    const AWS = `arn:aws:sts::${HOME}:assumed-role/helper/one`
    await create(small, { AWS })
    const assume = async (role: string, keys: ReturnType<SmallWorld['keys']>) => {
      const RoleArn = `arn:aws:iam::${HOME}:role/${role}`
      const input = { RoleArn, RoleSessionName: 'one' }
      return keysIn((await small.call(STS, ['AssumeRole', input], keys)) as object)
    }
    await assume('job', await assume('helper', small.keys(ann)))

    small.world.apply({ account: HOME, kind: 'role', id: helper.id, after: undefined })
    small.role('helper', trust({ AWS: HOME }))
    const later = await assume('helper', small.keys(ann))
    expect(await refusal(assume('job', later))).toMatch('AccessDenied: ')
  })

  it('leaves alone what its conditions say', async () => {
    const small = new SmallWorld()
    const ann = small.user('ann')
    const AWS = `arn:aws:iam::${HOME}:user/ann`
    const Condition = { ArnEquals: { 'aws:PrincipalArn': AWS } }
    const document = trust({ AWS: [AWS, AWAY] }, 'sts:AssumeRole', { Condition })
    const input = { RoleName: 'job', AssumeRolePolicyDocument: JSON.stringify(document) }
    await small.call(IAM, ['CreateRole', input], small.keys())
    small.world.apply({ account: HOME, kind: 'user', id: ann.id, after: undefined })
    const { Roles } = (await small.call(IAM, ['ListRoles', {}], small.keys())) as {
      Roles: { AssumeRolePolicyDocument: string }[]
    }
    const [statement] = JSON.parse(
      decodeURIComponent(Roles[0]?.AssumeRolePolicyDocument ?? ''),
    ).Statement
    expect(statement).toMatchObject({ Principal: { AWS: [ann.id, AWAY] }, Condition })
  })
})

describe('a role session', () => {
  it('must say which user it means', async () => {
    const small = new SmallWorld()
    small.role('job', trust({ AWS: HOME }), inline(allow('iam:*')))
    const ann = small.user('ann', inline(allow('sts:AssumeRole')))
    const RoleArn = `arn:aws:iam::${HOME}:role/job`
    const input = { RoleArn, RoleSessionName: 'one' }
    const answer = await small.call(STS, ['AssumeRole', input], small.keys(ann))
    const keys = keysIn(answer as object)
    const words = 'ValidationError: Must specify userName when calling with non-User credentials'
    expect(await refusal(small.call(IAM, ['GetUser', {}], keys))).toBe(words)
    expect(await refusal(small.call(IAM, ['CreateAccessKey', {}], keys))).toBe(words)
    const { User } = (await small.call(IAM, ['GetUser', { UserName: 'ann' }], keys)) as {
      User: { UserId: string }
    }
    expect(User.UserId).toBe(ann.id)
  })
})

describe('ListUsers', () => {
  it('gives each of 20,000 users once', async () => {
    const small = new SmallWorld()
    const root = small.keys()
    for (let i = 0; i < 20_000; i++) small.user(`user-${i}`)
    const names = new Set<string>()
    let Marker: string | undefined
    do {
      const input = { MaxItems: 1000, ...(Marker && { Marker }) }
      const page = (await small.call(IAM, ['ListUsers', input], root)) as {
        Users: { UserName: string }[]
        Marker?: string
      }
      for (const { UserName } of page.Users) names.add(UserName)
      Marker = page.Marker
    } while (Marker)
    expect(names.size).toBe(20_000)
  })
})
