/**
 * Principal and NotPrincipal elements around a caller: every form, and those next to it that name
 * somebody else.
 *
 * Errors  None.
 * Source  Specification 1.4 and 5.8.
 *
 * @module
 */
import type { PrincipalMap, RequestPrincipal } from '@iamkit/core'
import { type Choices, chance, pick, several, weighted } from './choices.js'
import {
  ACCOUNTS,
  FEDERATED,
  PROVIDERS,
  partition,
  ROLES,
  SERVICES,
  SESSIONS,
  USERS,
} from './principal.js'

type Named = readonly [kind: keyof PrincipalMap, value: string]

/** Whom a Principal names: often the caller in one of its ways, or everybody, or just another. */
export function principalElement(choices: Choices, caller: RequestPrincipal): '*' | PrincipalMap {
  if (chance(choices, 12)) return '*'
  const ways = waysOf(caller)
  return mapOf(
    choices,
    several(choices, [1, 2], () =>
      weighted(choices, [
        [7, () => pick(choices, ways)],
        [3, () => someone(choices)],
        [1, (): Named => ['AWS', '*']],
      ]),
    ),
  )
}

/** A single name, so that no stronger way of naming hides a weaker one. */
export function oneName(choices: Choices, caller: RequestPrincipal): '*' | PrincipalMap {
  return weighted<'*' | PrincipalMap>(choices, [
    [8, () => mapOf(choices, [pick(choices, waysOf(caller))])],
    [1, () => mapOf(choices, [someone(choices)])],
    [1, () => '*'],
  ])
}

/** Whom a NotPrincipal spares: mostly all levels of the caller's identity, or all but one. */
export function notPrincipalElement(
  choices: Choices,
  caller: RequestPrincipal,
): '*' | PrincipalMap {
  if (chance(choices, 4)) return '*'
  const levels = waysOf(caller).map((way) => (chance(choices, 12) ? besides(caller, way) : way))
  const listed = levels.filter(() => !chance(choices, 20))
  const others = several(choices, [0, 2], () => someone(choices))
  return mapOf(choices, [...listed, ...others])
}

/** Another session of the caller's role in place of its own. */
function besides(caller: RequestPrincipal, way: Named): Named {
  return caller.type === 'role-session' && way[1] === caller.arn ? ['AWS', `${caller.arn}x`] : way
}

/** Every way in which the caller can be named. */
function waysOf(caller: RequestPrincipal): readonly [Named, ...Named[]] {
  switch (caller.type) {
    case 'anonymous':
      return [['AWS', '*']]
    case 'service':
      return [['Service', caller.service]]
    case 'federated-caller':
      return [['Federated', caller.provider]]
    case 'root':
      return [
        ['AWS', caller.account],
        ['AWS', caller.arn],
      ]
    case 'user':
      return [['AWS', caller.arn], ...accountOf(caller)]
    case 'role-session':
      return [['AWS', caller.roleArn], ['AWS', caller.arn], ...accountOf(caller)]
    case 'federated-user':
      return [['AWS', caller.arn], ['AWS', caller.userArn], ...accountOf(caller)]
  }
}

function accountOf({ account, arn }: { account: string; arn: string }): readonly Named[] {
  const aws = arn.split(':')[1]
  return [
    ['AWS', account],
    ['AWS', `arn:${aws}:iam::${account}:root`],
  ]
}

/** Anyone, the caller perhaps, and forms that name nobody. */
function someone(choices: Choices): Named {
  const account = pick(choices, ACCOUNTS)
  const aws = partition(choices)
  const role = pick(choices, ROLES)
  const iam = `arn:${aws}:iam::${account}`
  const sts = `arn:${aws}:sts::${account}`
  return weighted<Named>(choices, [
    [3, () => ['AWS', account]],
    [3, () => ['AWS', `${iam}:root`]],
    [3, () => ['AWS', `${iam}:user/${pick(choices, USERS)}`]],
    [3, () => ['AWS', `${iam}:role/${role}`]],
    [3, () => ['AWS', `${sts}:assumed-role/${role}/${pick(choices, SESSIONS)}`]],
    [2, () => ['AWS', `${sts}:federated-user/${pick(choices, FEDERATED)}`]],
    [2, () => ['Service', pick(choices, SERVICES)]],
    [2, () => ['Federated', pick(choices, PROVIDERS)]],
    [1, () => ['CanonicalUser', 'f'.repeat(64)]],
    [1, () => ['AWS', pick(choices, [`${iam}:role/*`, `${iam}:user/a?a`, `${iam}:*`, 'arn:*'])]],
    [1, () => ['AWS', `${iam}:group/${pick(choices, USERS)}`]],
    [1, () => [pick(choices, ['Service', 'Federated', 'CanonicalUser']), '*']],
    [1, () => [pick(choices, ['Service', 'Federated']), `${iam}:role/${role}`]],
  ])
}

/** Values under their kinds; one value stands bare or in a list, and a list may be empty. */
function mapOf(choices: Choices, named: readonly Named[]): PrincipalMap {
  const map: { -readonly [kind in keyof PrincipalMap]: string | readonly string[] } = {}
  for (const [kind, value] of named) {
    const before = map[kind]
    if (before === undefined) map[kind] = chance(choices, 50) ? value : [value]
    else map[kind] = [before, value].flat()
  }
  return named.length === 0 && chance(choices, 50) ? { AWS: [] } : map
}
