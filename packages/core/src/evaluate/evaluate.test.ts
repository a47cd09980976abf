import { describe, expect, it } from 'vitest'
import { compile } from '../compile/compile.js'
import type { CompiledPolicy } from '../compile/compiled-policy.js'
import type { PolicySet } from '../compile/policy-set.js'
import type { PolicyType, StatementDocument } from '../policy/document.js'
import { parsePolicy } from '../policy/parse.js'
import type { RequestPrincipal } from '../request/principal.js'
import type { AuthorizationRequest } from '../request/request.js'
import { evaluate } from './evaluate.js'

const account = '111122223333'
const userArn = `arn:aws:iam::${account}:user/ada`
const roleArn = `arn:aws:iam::${account}:role/team/ops`
const sessionArn = `arn:aws:sts::${account}:assumed-role/ops/night`
const guestArn = `arn:aws:sts::${account}:federated-user/guest`

const user: RequestPrincipal = { type: 'user', account, arn: userArn }
const session: RequestPrincipal = { type: 'role-session', account, arn: sessionArn, roleArn }
const guest: RequestPrincipal = { type: 'federated-user', account, arn: guestArn, userArn }
const root: RequestPrincipal = { type: 'root', account, arn: `arn:aws:iam::${account}:root` }
const service: RequestPrincipal = { type: 'service', service: 'backup.amazonaws.com' }
const anonymous: RequestPrincipal = { type: 'anonymous' }

function policy(...statements: readonly Partial<StatementDocument>[]): CompiledPolicy {
  const Statement = statements.map((statement) => ({ Effect: 'Allow', Action: '*', ...statement }))
  return compile(parsePolicy({ Version: '2012-10-17', Statement }, { lenient: true }))
}

const allow = policy({ Resource: '*' })
const deny = policy({ Effect: 'Deny', Resource: '*' })
const nothing = policy({ Action: 'other:Thing', Resource: '*' })

/** A resource policy that allows to whom it names. */
const naming = (Principal: string | object) => policy({ Principal: Principal as '*' })

interface Circumstances extends Partial<AuthorizationRequest> {
  readonly by?: RequestPrincipal
}

/** `Allow`, or the denial and the policy type it rests on. */
function decide(policies: PolicySet, { by = user, ...changes }: Circumstances = {}): string {
  const decision = evaluate(policies, {
    principal: by,
    action: 'docs:Get',
    resource: 'arn:aws:docs:::document/1',
    resourceAccount: account,
    ...changes,
  })
  return decision.answer === 'Allow' ? 'Allow' : `${decision.answer} ${decision.type}`
}

const foreign = { resourceAccount: '999999999999' }

describe('a request', () => {
  it('is denied where nothing allows it', () => {
    expect(decide({})).toBe('ImplicitDeny identity')
    expect(decide({ identity: [nothing] })).toBe('ImplicitDeny identity')
  })

  it('is allowed where one policy of many allows it, and denied where one denies it', () => {
    expect(decide({ identity: [nothing, allow] })).toBe('Allow')
    expect(decide({ identity: [deny, allow, nothing] })).toBe('ExplicitDeny identity')
    expect(
      decide({ identity: [policy({ Resource: '*' }, { Effect: 'Deny', Resource: '*' })] }),
    ).toBe('ExplicitDeny identity')
  })

  it('is denied by a Deny of any type, whatever allows it', () => {
    const denyAll = policy({ Effect: 'Deny', Principal: '*', Resource: '*' })
    const granted: PolicySet = { identity: [allow], resource: naming({ AWS: sessionArn }) }
    const by = { by: session }
    expect(decide({ ...granted, boundary: deny }, by)).toBe('ExplicitDeny boundary')
    expect(decide({ ...granted, session: [allow, deny] }, by)).toBe('ExplicitDeny session')
    expect(decide({ ...granted, scps: [[allow, deny]] }, by)).toBe('ExplicitDeny scp')
    expect(decide({ ...granted, rcps: [[], [denyAll]] }, by)).toBe('ExplicitDeny rcp')
    expect(decide({ ...granted, endpoint: denyAll }, by)).toBe('ExplicitDeny endpoint')
    expect(decide({ ...granted, resource: denyAll }, by)).toBe('ExplicitDeny resource')
  })

  it('names every statement that allows, or every one that denies', () => {
    const named = (name: string, document: object) =>
      compile(parsePolicy({ ...document }, { name }))
    const statement = { Effect: 'Allow', Action: '*', Resource: '*' }
    const policies: PolicySet = {
      identity: [named('a.json', { Statement: [statement, { ...statement, Sid: 'Two' }] })],
      resource: named('b.json', { Statement: { ...statement, Principal: '*' } }),
      boundary: allow,
    }
    const request: AuthorizationRequest = {
      principal: user,
      action: 'docs:Get',
      resource: '*',
      resourceAccount: account,
    }
    expect(evaluate(policies, request)).toEqual({
      answer: 'Allow',
      statements: [
        { policyType: 'identity', policy: 'a.json', statement: 0 },
        { policyType: 'identity', policy: 'a.json', statement: 1, sid: 'Two' },
        { policyType: 'resource', policy: 'b.json', statement: 0 },
      ],
    })
    expect(evaluate({ ...policies, boundary: deny, scps: [[deny]] }, request)).toEqual({
      answer: 'ExplicitDeny',
      type: 'scp',
      statements: [
        { policyType: 'scp', statement: 0 },
        { policyType: 'boundary', statement: 0 },
      ],
    })
  })

  it('is not granted by an Allow that merely fails to block', () => {
    const star = policy({ Principal: '*', Resource: '*' })
    const wide: PolicySet = {
      boundary: allow,
      session: [allow],
      scps: [[allow]],
      rcps: [[star]],
      endpoint: star,
    }
    for (const by of [user, session, guest, service, anonymous]) {
      expect(decide(wide, { by })).toMatch(/^ImplicitDeny/)
    }
  })
})

/** What succeeds while identity, boundary and session policies, in turn, have nothing to say. */
function survives(by: RequestPrincipal, resource: CompiledPolicy, changes: Circumstances = {}) {
  const full: PolicySet = { identity: [allow], boundary: allow, session: [allow], resource }
  const without: readonly PolicySet[] = [
    { ...full, identity: [nothing] },
    { ...full, boundary: nothing },
    { ...full, session: [nothing] },
    { ...full, session: [] },
  ]
  return without.map((policies) => decide(policies, { by, ...changes }).split(' ')[0]).join(' ')
}

describe('the table of specification 5.6', () => {
  const yes = 'Allow'
  const no = 'ImplicitDeny'

  it.each<[string, RequestPrincipal, string | object, readonly string[]]>([
    ['the account, a user', user, { AWS: account }, [no, no, yes, yes]],
    ['the account, a session', session, { AWS: `arn:aws:iam::${account}:root` }, [no, no, no, yes]],
    ['the role, its session', session, { AWS: roleArn }, [yes, no, no, yes]],
    ['the session, itself', session, { AWS: sessionArn }, [yes, yes, yes, yes]],
    ['the user, itself', user, { AWS: userArn }, [yes, yes, yes, yes]],
    ['the federated user, itself', guest, { AWS: guestArn }, [yes, yes, yes, yes]],
    ['the federating user, the session', guest, { AWS: userArn }, [yes, no, no, no]],
    ['everyone, a user', user, '*', [yes, yes, yes, yes]],
    ['everyone, a session', session, { AWS: '*' }, [yes, yes, yes, yes]],
    ['everyone, a federated user', guest, '*', [yes, no, no, no]],
    ['another user, a user', user, { AWS: `${userArn}2` }, [no, no, yes, yes]],
    ['another role, a session', session, { AWS: `${roleArn}2` }, [no, no, no, yes]],
    ['another user, a federated user', guest, { AWS: `${userArn}2` }, [no, no, no, no]],
  ])('where the resource policy names %s', (...row) => {
    const [, by, principal, outcomes] = row
    expect(survives(by, naming(principal))).toBe(outcomes.join(' '))
  })

  it('fails in every cell across accounts, and succeeds where nothing is missing', () => {
    const rows: readonly (readonly [RequestPrincipal, string | object])[] = [
      [user, { AWS: account }],
      [user, { AWS: userArn }],
      [user, '*'],
      [session, { AWS: roleArn }],
      [session, { AWS: sessionArn }],
      [guest, { AWS: guestArn }],
      [guest, { AWS: userArn }],
    ]
    for (const [by, principal] of rows) {
      const resource = naming(principal)
      const cells = survives(by, resource, foreign).split(' ').slice(0, 2)
      expect(cells).toEqual(['ImplicitDeny', 'ImplicitDeny'])
      expect(decide({ identity: [allow], session: [allow], resource }, { by, ...foreign })).toBe(
        'Allow',
      )
    }
    expect(decide({ identity: [allow] }, foreign)).toBe('ImplicitDeny resource')
  })
})

describe('a caller', () => {
  it('that is root is allowed at home, but for denies and organizations', () => {
    expect(decide({}, { by: root })).toBe('Allow')
    expect(decide({ identity: [deny], boundary: nothing }, { by: root })).toBe('Allow')
    expect(decide({ scps: [[nothing]] }, { by: root })).toBe('ImplicitDeny scp')
    expect(
      decide({ resource: policy({ Effect: 'Deny', Principal: { AWS: account } }) }, { by: root }),
    ).toBe('ExplicitDeny resource')
    expect(decide({}, { by: root, ...foreign })).toBe('ImplicitDeny resource')
    expect(decide({ resource: naming({ AWS: account }) }, { by: root, ...foreign })).toBe('Allow')
    expect(decide({}, { by: root, resourceTrust: 'explicit' })).toBe('ImplicitDeny resource')
  })

  it('without an account needs to be named, and has no policies of its own', () => {
    for (const by of [service, anonymous]) {
      expect(decide({ identity: [allow] }, { by })).toBe('ImplicitDeny resource')
      expect(decide({ identity: [deny], scps: [[]], resource: naming('*') }, { by })).toBe('Allow')
    }
    const provider: RequestPrincipal = { type: 'federated-caller', provider: 'a.b' }
    expect(decide({ resource: naming('*') }, { by: provider })).toBe('ImplicitDeny resource')
    expect(decide({ resource: naming({ Federated: 'a.b' }) }, { by: provider })).toBe('Allow')
    const denyAll = policy({ Effect: 'Deny', Principal: '*' }, { Principal: { Federated: 'a.b' } })
    expect(decide({ resource: denyAll }, { by: provider })).toBe('ExplicitDeny resource')
  })

  it('of another partition is never allowed, in its own account neither', () => {
    const resource = 'arn:aws-cn:docs:::document/1'
    const policies = { identity: [allow], resource: naming('*') }
    expect(decide(policies, { resource })).toBe('ImplicitDeny resource')
    expect(decide({}, { by: root, resource })).toBe('ImplicitDeny resource')
    expect(decide(policies, { resource: '*' })).toBe('Allow')
  })

  it('with a boundary is hit by every Deny with NotPrincipal', () => {
    const spare = { Effect: 'Deny', NotPrincipal: { AWS: [userArn, account] } } as const
    const resource = policy(spare)
    expect(decide({ identity: [allow], resource })).toBe('Allow')
    expect(decide({ identity: [allow], resource, boundary: allow })).toBe('ExplicitDeny resource')
    const other = policy({ ...spare, Action: 'docs:Put' })
    expect(decide({ identity: [allow], resource: other, boundary: allow })).toBe('Allow')
    expect(decide({ resource, boundary: allow }, { by: root })).toBe('Allow')
  })
})

describe('a resource that wants to be asked', () => {
  it.each<[string, PolicySet, string]>([
    ['named directly', { resource: naming({ AWS: userArn }) }, 'Allow'],
    ['its account named', { resource: naming({ AWS: account }), identity: [allow] }, 'Allow'],
    ['only its account named', { resource: naming({ AWS: account }) }, 'ImplicitDeny identity'],
    [
      'not named',
      { resource: naming({ AWS: `${userArn}2` }), identity: [allow] },
      'ImplicitDeny resource',
    ],
    ['no policy there', { identity: [allow] }, 'ImplicitDeny resource'],
    ['no statement for it', { resource: nothing, identity: [allow] }, 'ImplicitDeny resource'],
  ])('decides by specification 5.9 about a caller with %s', (_, policies, outcome) => {
    expect(decide(policies, { resourceTrust: 'explicit' })).toBe(outcome)
  })

  it('is blamed as a role trust policy where it is one', () => {
    const trust = compile(
      parsePolicy(
        { Statement: { Effect: 'Allow', Principal: { AWS: roleArn }, Action: 'sts:AssumeRole' } },
        { type: 'trust' },
      ),
    )
    expect(decide({ identity: [allow], resource: trust }, { resourceTrust: 'explicit' })).toBe(
      'ImplicitDeny trust',
    )
  })
})

describe('a statement', () => {
  it('without a Principal applies to nobody in a policy that names principals', () => {
    const bare = policy({ Resource: '*' }, { Effect: 'Deny', Resource: '*' })
    expect(decide({ identity: [allow], resource: bare })).toBe('Allow')
    expect(decide({ identity: [allow], rcps: [[bare]] })).toBe('Allow')
    expect(decide({ identity: [allow], endpoint: bare })).toBe('ImplicitDeny endpoint')
    expect(decide({ resource: bare }, { by: anonymous })).toBe('ImplicitDeny resource')
  })

  it('without a Resource covers the resource that it is attached to, and nothing elsewhere', () => {
    expect(decide({ resource: naming('*') }, { by: anonymous })).toBe('Allow')
    expect(decide({ identity: [policy({})] })).toBe('ImplicitDeny identity')
    expect(decide({ identity: [allow, policy({ Effect: 'Deny' })] })).toBe('ExplicitDeny identity')
    expect(decide({ identity: [allow], endpoint: naming('*') })).toBe('ImplicitDeny endpoint')
  })

  it('with an Allow and a NotPrincipal never applies', () => {
    const resource = policy({ NotPrincipal: { AWS: '999999999999' } })
    expect(decide({ resource })).toBe('ImplicitDeny identity')
    expect(decide({ resource }, { by: anonymous })).toBe('ImplicitDeny resource')
    const endpoint = policy({ NotPrincipal: { AWS: '999999999999' }, Resource: '*' })
    expect(decide({ identity: [allow], endpoint })).toBe('ImplicitDeny endpoint')
  })

  it('needs all of its elements to match, in a Deny as well', () => {
    const blocked = (statement: Partial<StatementDocument>) =>
      decide({ identity: [allow, policy({ Effect: 'Deny', Resource: '*', ...statement })] })
    expect(blocked({ Action: 'docs:Put' })).toBe('Allow')
    expect(blocked({ Resource: 'arn:aws:docs:::document/2' })).toBe('Allow')
    expect(blocked({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toBe('Allow')
    expect(blocked({ Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } })).toBe(
      'ExplicitDeny identity',
    )
    expect(blocked({ Condition: {} })).toBe('ExplicitDeny identity')
  })
})

describe('the policy type that a refusal rests on', () => {
  const all = { scp: [[deny]], star: policy({ Effect: 'Deny', Principal: '*', Resource: '*' }) }

  it('is the first that denies: SCP, RCP, identity, resource, boundary, session, endpoint', () => {
    const layers: readonly (readonly [PolicyType, PolicySet])[] = [
      ['endpoint', { endpoint: all.star }],
      ['session', { session: [deny] }],
      ['boundary', { boundary: deny }],
      ['resource', { resource: all.star }],
      ['identity', { identity: [deny] }],
      ['rcp', { rcps: [[all.star]] }],
      ['scp', { scps: all.scp }],
    ]
    let policies: PolicySet = {}
    for (const [type, layer] of layers) {
      policies = { ...policies, ...layer }
      expect(decide(policies, { by: session })).toBe(`ExplicitDeny ${type}`)
    }
  })

  it('is the first that is missing, where nothing denies', () => {
    const named = naming({ AWS: roleArn })
    const full: PolicySet = { identity: [allow], boundary: allow, session: [allow] }
    const by = { by: session }
    expect(decide({ ...full, scps: [[]], endpoint: nothing }, by)).toBe('ImplicitDeny scp')
    expect(decide({ ...full, endpoint: nothing, boundary: nothing }, by)).toBe(
      'ImplicitDeny endpoint',
    )
    expect(decide({ ...full, identity: [], boundary: nothing }, by)).toBe('ImplicitDeny identity')
    expect(decide({ ...full, boundary: nothing, session: [nothing] }, by)).toBe(
      'ImplicitDeny boundary',
    )
    expect(decide({ ...full, session: [nothing] }, by)).toBe('ImplicitDeny session')
    expect(decide({ resource: named, boundary: nothing }, by)).toBe('ImplicitDeny boundary')
    expect(decide({ resource: named, session: [nothing] }, by)).toBe('ImplicitDeny session')
    expect(decide({ identity: [allow] }, { by: guest })).toBe('ImplicitDeny session')
  })

  it('across accounts is the side that did not speak', () => {
    const by = { by: session, ...foreign }
    expect(decide({ identity: [allow] }, by)).toBe('ImplicitDeny resource')
    expect(decide({ resource: naming({ AWS: account }) }, by)).toBe('ImplicitDeny resource')
    expect(decide({ resource: naming({ AWS: roleArn }) }, by)).toBe('ImplicitDeny identity')
    const granted = { identity: [allow], resource: naming({ AWS: roleArn }) }
    expect(decide({ ...granted, boundary: nothing }, by)).toBe('ImplicitDeny boundary')
    expect(decide({ ...granted, session: [nothing] }, by)).toBe('ImplicitDeny session')
  })
})
