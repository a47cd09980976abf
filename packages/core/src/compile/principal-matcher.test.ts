import { describe, expect, it } from 'vitest'
import type { PrincipalElement, PrincipalEntry } from '../policy/policy.js'
import type { RequestPrincipal } from '../request/principal.js'
import { compilePrincipal, type PrincipalOptions } from './principal-matcher.js'

const iam = 'arn:aws:iam::111122223333'
const sts = 'arn:aws:sts::111122223333'
const account = '111122223333'

const CALLERS = {
  user: { type: 'user', account, arn: `${iam}:user/team/ada` },
  session: {
    type: 'role-session',
    account,
    arn: `${sts}:assumed-role/ops/night`,
    roleArn: `${iam}:role/team/ops`,
  },
  federated: {
    type: 'federated-user',
    account,
    arn: `${sts}:federated-user/guest`,
    userArn: `${iam}:user/team/ada`,
  },
  root: { type: 'root', account, arn: `${iam}:root` },
  service: { type: 'service', service: 'backup.amazonaws.com' },
  anonymous: { type: 'anonymous' },
  provider: { type: 'federated-caller', provider: 'accounts.google.com' },
} as const satisfies Record<string, RequestPrincipal>

type Caller = keyof typeof CALLERS
const NAMES = Object.keys(CALLERS) as Caller[]

const star: PrincipalElement = { isStar: true, entries: [] }

function listOf(...entries: readonly (string | PrincipalEntry)[]): PrincipalElement {
  const read = (entry: string | PrincipalEntry): PrincipalEntry =>
    typeof entry === 'string' ? { kind: 'AWS', value: entry } : entry
  return { isStar: false, entries: entries.map(read) }
}

/** Each caller that an element matches, with the kind that an Allow grants it. */
function reached(element: PrincipalElement, options: PrincipalOptions = {}) {
  const compiled = compilePrincipal(element, options)
  const callers = NAMES.filter((name) => compiled.matches(CALLERS[name]))
  return callers.map((name) => `${name} ${compiled.grant(CALLERS[name]) ?? 'none'}`)
}

/** The callers that a NotPrincipal with these entries spares. */
function spared(element: PrincipalElement, options: PrincipalOptions = {}): readonly Caller[] {
  const compiled = compilePrincipal(element, options)
  return NAMES.filter((name) => compiled.exempts(CALLERS[name]))
}

describe('a Principal', () => {
  const everyone = [
    'user direct',
    'session direct',
    'federated parent',
    'root direct',
    'service direct',
    'anonymous direct',
    'provider none',
  ]
  const accountWide = ['user account', 'session account', 'federated account', 'root account']

  it.each<[string, PrincipalElement, readonly string[]]>([
    ['"*"', star, everyone],
    ['{"AWS":"*"}', listOf('*'), everyone],
    ['the account', listOf(account), accountWide],
    ['the root ARN', listOf(`${iam}:root`), accountWide],
    ['the user', listOf(`${iam}:user/team/ada`), ['user direct', 'federated parent']],
    ['the role', listOf(`${iam}:role/team/ops`), ['session parent']],
    ['the session', listOf(`${sts}:assumed-role/ops/night`), ['session direct']],
    ['the federated user', listOf(`${sts}:federated-user/guest`), ['federated direct']],
    ['the service', listOf({ kind: 'Service', value: 'backup.amazonaws.com' }), ['service direct']],
    [
      'the provider',
      listOf({ kind: 'Federated', value: 'accounts.google.com' }),
      ['provider direct'],
    ],
    ['nobody', listOf(), []],
  ])('naming %s reaches callers by a kind', (_, element, callers) => {
    expect(reached(element)).toEqual(callers)
  })

  it.each([
    ['another account', '999999999999'],
    ['the account in another partition', 'arn:aws-cn:iam::111122223333:root'],
    ['another user', `${iam}:user/team/bob`],
    ['the user without its path', `${iam}:user/ada`],
    ['the user in another case', `${iam}:user/team/Ada`],
    ['a pattern of users', `${iam}:user/*`],
    ['a pattern of roles', `${iam}:role/team/*`],
    ['a pattern of sessions', `${sts}:assumed-role/ops/*`],
    ['a pattern of accounts', '11112222333?'],
    ['the role without its path', `${iam}:role/ops`],
    ['the session with the role path', `${sts}:assumed-role/team/ops/night`],
    ['another session', `${sts}:assumed-role/ops/day`],
    ['a group', `${iam}:group/devs`],
    ['the service under AWS', 'backup.amazonaws.com'],
    ['the provider under AWS', 'accounts.google.com'],
    ['an empty text', ''],
    ['an ARN cut short', 'arn:aws:iam::111122223333'],
    ['a variable', '${aws:PrincipalArn}'],
    ['a unique id', 'AIDACKCEVSQ6C2EXAMPLE'],
  ])('naming %s reaches nobody', (_, value) => {
    expect(reached(listOf(value))).toEqual([])
  })

  it.each<[string, PrincipalEntry]>([
    ['a star under Service', { kind: 'Service', value: '*' }],
    ['a star under Federated', { kind: 'Federated', value: '*' }],
    [
      'a regional form of the service',
      { kind: 'Service', value: 'backup.eu-west-1.amazonaws.com' },
    ],
    ['the service in another case', { kind: 'Service', value: 'Backup.amazonaws.com' }],
    ['an account under Service', { kind: 'Service', value: account }],
    ['a canonical id', { kind: 'CanonicalUser', value: account }],
  ])('with %s reaches nobody', (_, entry) => {
    expect(reached(listOf(entry))).toEqual([])
  })

  it('grants the strongest of several kinds', () => {
    const role = `${iam}:role/team/ops`
    const session = `${sts}:assumed-role/ops/night`
    const kindOf = (...values: readonly string[]) =>
      compilePrincipal(listOf(...values), {}).grant(CALLERS.session)
    expect(kindOf(account, role, session)).toBe('direct')
    expect(kindOf(account, role)).toBe('parent')
    expect(kindOf(account)).toBe('account')
    expect(kindOf('*', account)).toBe('direct')
  })

  it('does not take a stray field for what a caller is', () => {
    const stray = { type: 'anonymous', account, arn: `${iam}:user/team/ada` } as RequestPrincipal
    const service = { ...CALLERS.service, account, arn: `${iam}:user/team/ada` } as RequestPrincipal
    for (const value of [account, `${iam}:root`, `${iam}:user/team/ada`]) {
      const compiled = compilePrincipal(listOf(value), {})
      expect([compiled.matches(stray), compiled.matches(service)]).toEqual([false, false])
    }
  })

  it('bound to a unique id reaches the bearer of that id, and in a Deny whoever may be it', () => {
    const value = `${iam}:user/team/ada`
    const compiled = compilePrincipal(listOf(value), { principalIds: new Map([[value, 'AIDA1']]) })
    expect(compiled.matches({ ...CALLERS.user, id: 'AIDA1' })).toBe(true)
    expect(compiled.matches({ ...CALLERS.user, id: 'AIDA2' })).toBe(false)
    expect(compiled.matches(CALLERS.user)).toBe(true)
    expect(compiled.grant({ ...CALLERS.user, id: 'AIDA1' })).toBe('direct')
    expect(compiled.grant({ ...CALLERS.user, id: 'AIDA2' })).toBeUndefined()
    expect(compiled.grant(CALLERS.user)).toBeUndefined()
  })
})

describe('a NotPrincipal', () => {
  const session = `${sts}:assumed-role/ops/night`
  const other = `${sts}:assumed-role/ops/day`
  const role = `${iam}:role/team/ops`
  const user = `${iam}:user/team/ada`
  const guest = `${sts}:federated-user/guest`

  it.each<[string, readonly (string | PrincipalEntry)[], readonly Caller[]]>([
    ['the account', [account], ['root']],
    ['the root ARN', [`${iam}:root`], ['root']],
    ['the user without its account', [user], []],
    ['the user and its account', [user, account], ['user', 'federated', 'root']],
    ['the role without its account', [role], []],
    ['the role and its account', [role, account], ['session', 'root']],
    ['the session without its role', [session, account], ['root']],
    ['the session, its role and its account', [session, role, account], ['session', 'root']],
    ['another session, the role and the account', [other, role, account], ['root']],
    [
      'both sessions, the role and the account',
      [other, session, role, account],
      ['session', 'root'],
    ],
    ['the federated user without its account', [guest], []],
    ['the federated user and its account', [guest, account], ['federated', 'root']],
    ['the service', [{ kind: 'Service', value: 'backup.amazonaws.com' }], ['service']],
    ['a star', ['*'], []],
    ['a star beside the account', ['*', account], ['root']],
    ['nobody', [], []],
  ])('listing %s spares whom every level of it names', (_, entries, callers) => {
    expect(spared(listOf(...entries))).toEqual(callers)
  })

  it('that is a bare star spares nobody', () => {
    expect(spared(star)).toEqual([])
  })

  it('asks for the most specific level only where it is told so', () => {
    const options = { notPrincipal: 'most-specific' } as const
    expect(spared(listOf(user), options)).toEqual(['user', 'federated'])
    expect(spared(listOf(role), options)).toEqual(['session'])
    expect(spared(listOf(session), options)).toEqual(['session'])
    expect(spared(listOf(account), options)).toEqual(['root'])
    expect(spared(listOf('*'), options)).toEqual([])
  })
})
