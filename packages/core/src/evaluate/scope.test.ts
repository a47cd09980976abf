import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.js'
import type { CompiledPolicy } from '../compile/compiled-policy.js'
import type { PolicySet } from '../compile/policy-set.js'
import { parsePolicy } from '../policy/parse.js'
import type { RequestPrincipal } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'
import { evaluate } from './evaluate.js'

const account = '111122223333'
const roleArn = `arn:aws:iam::${account}:role/ops`
const user: RequestPrincipal = { type: 'user', account, arn: `arn:aws:iam::${account}:user/ada` }
const root: RequestPrincipal = { type: 'root', account, arn: `arn:aws:iam::${account}:root` }
const session: RequestPrincipal = {
  type: 'role-session',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/ops/night`,
  roleArn,
}
const service: RequestPrincipal = { type: 'service', service: 'backup.amazonaws.com' }
const anonymous: RequestPrincipal = { type: 'anonymous' }

/** Allows or denies these actions, to whoever is asked about. */
function policy(Effect: 'Allow' | 'Deny', ...Action: readonly string[]): CompiledPolicy {
  return compile(parsePolicy({ Statement: { Effect, Action, Resource: '*' } }))
}

function open(Effect: 'Allow' | 'Deny', ...Action: readonly string[]): CompiledPolicy {
  return compile(parsePolicy({ Statement: { Effect, Action, Resource: '*', Principal: '*' } }))
}

const full = policy('Allow', '*')

function decide(policies: PolicySet, changes: Partial<AuthorizationRequest> = {}): string {
  const decision = evaluate(policies, {
    principal: user,
    action: 's3:GetObject',
    resource: '*',
    resourceAccount: account,
    ...changes,
  })
  return decision.answer === 'Allow' ? 'Allow' : `${decision.answer} ${decision.type}`
}

describe('service control policies', () => {
  const s3 = policy('Allow', 's3:*')
  const ec2 = policy('Allow', 'ec2:*')
  const noS3 = policy('Deny', 's3:*')

  it.each<[string, PolicySet['scps'], string, string]>([
    ['full at every level', [[full], [full], [full]], 'Allow', 'Allow'],
    ['less at one level', [[full], [s3], [full]], 'Allow', 'ImplicitDeny scp'],
    ['a deny at one level', [[full], [full, noS3], [full]], 'ExplicitDeny scp', 'Allow'],
    ['nothing at the root', [[], [full], [full]], 'ImplicitDeny scp', 'ImplicitDeny scp'],
    ['a deny and less', [[full, noS3], [s3], [full]], 'ExplicitDeny scp', 'ImplicitDeny scp'],
    ['an empty intersection', [[s3], [ec2], [full]], 'ImplicitDeny scp', 'ImplicitDeny scp'],
    ['a union at one level', [[full], [s3, ec2], [full]], 'Allow', 'Allow'],
    [
      'a document that says nothing',
      [[full], [policy('Allow')]],
      'ImplicitDeny scp',
      'ImplicitDeny scp',
    ],
    ['the feature off', undefined, 'Allow', 'Allow'],
  ])('with %s decide by level, as in specification 5.14', (...row) => {
    const [, scps, s3Outcome, ec2Outcome] = row
    const policies = { identity: [full], scps }
    expect(decide(policies)).toBe(s3Outcome)
    expect(decide(policies, { action: 'ec2:RunInstances' })).toBe(ec2Outcome)
  })

  it('bind the users, roles and root of a member account, and no others', () => {
    const policies: PolicySet = { identity: [full], resource: open('Allow', '*'), scps: [[noS3]] }
    const by = (principal: RequestPrincipal) => decide(policies, { principal })
    expect([user, session, root].map(by)).toEqual([
      'ExplicitDeny scp',
      'ExplicitDeny scp',
      'ExplicitDeny scp',
    ])
    const others: readonly RequestPrincipal[] = [
      { ...user, managementAccount: true },
      { ...root, managementAccount: true },
      { ...session, serviceLinkedRole: true },
      service,
      anonymous,
    ]
    expect(others.map(by)).toEqual(['Allow', 'Allow', 'Allow', 'Allow', 'Allow'])
  })

  it('follow the caller, not the resource', () => {
    const policies = { identity: [full], resource: open('Allow', '*'), scps: [[noS3]] }
    expect(decide(policies, { resourceAccount: '999999999999' })).toBe('ExplicitDeny scp')
    const managed = { resourceInManagementAccount: true }
    expect(decide(policies, managed)).toBe('ExplicitDeny scp')
  })
})

describe('resource control policies', () => {
  const noS3 = open('Deny', 's3:*')

  it('allow at every level by themselves', () => {
    expect(decide({ identity: [full], rcps: [[], []] })).toBe('Allow')
    expect(decide({ identity: [full], rcps: [[open('Deny', 'ec2:*')], []] })).toBe('Allow')
    expect(decide({ identity: [full], rcps: [[], [noS3]] })).toBe('ExplicitDeny rcp')
  })

  it('bind every caller but a service-linked role', () => {
    const policies: PolicySet = { identity: [full], resource: open('Allow', '*'), rcps: [[noS3]] }
    const by = (principal: RequestPrincipal) => decide(policies, { principal })
    const bound = [user, session, root, service, anonymous, { ...user, managementAccount: true }]
    expect(new Set(bound.map(by))).toEqual(new Set(['ExplicitDeny rcp']))
    expect(by({ ...session, serviceLinkedRole: true })).toBe('Allow')
  })

  it('spare the resources of the management account', () => {
    const policies = { identity: [full], rcps: [[noS3]] }
    expect(decide(policies, { resourceInManagementAccount: true })).toBe('Allow')
  })
})

describe('an endpoint policy', () => {
  it('must allow and must not deny, and grants nothing', () => {
    expect(decide({ identity: [full], endpoint: open('Allow', 's3:*') })).toBe('Allow')
    expect(decide({ identity: [full], endpoint: open('Allow', 'ec2:*') })).toBe(
      'ImplicitDeny endpoint',
    )
    expect(decide({ identity: [full], endpoint: open('Deny', 's3:*') })).toBe(
      'ExplicitDeny endpoint',
    )
    expect(decide({ endpoint: open('Allow', '*') })).toBe('ImplicitDeny identity')
    expect(
      decide(
        { resource: open('Allow', '*'), endpoint: open('Allow', 'ec2:*') },
        { principal: service },
      ),
    ).toBe('ImplicitDeny endpoint')
  })
})

describe('policies that a caller cannot have', () => {
  const none = policy('Deny', '*')

  it('are not asked', () => {
    const own: PolicySet = { identity: [none], boundary: none, session: [none] }
    expect(decide(own, { principal: root })).toBe('Allow')
    expect(decide({ ...own, resource: open('Allow', '*') }, { principal: service })).toBe('Allow')
    expect(decide({ identity: [full], session: [none] }, { principal: user })).toBe('Allow')
    expect(decide({ identity: [full], session: [none] }, { principal: session })).toBe(
      'ExplicitDeny session',
    )
  })

  it('that are passed empty are none', () => {
    expect(decide({ identity: [full], session: [] }, { principal: session })).toBe('Allow')
    const absent = { boundary: undefined, session: undefined, scps: undefined, rcps: undefined }
    expect(decide({ identity: [full], ...absent, resource: undefined })).toBe('Allow')
  })
})
