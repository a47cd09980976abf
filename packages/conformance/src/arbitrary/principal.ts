/**
 * Callers of every type, in few accounts, so that they meet.
 *
 * Errors  None.
 * Source  Specification 4.1.
 *
 * @module
 */
import type { RequestPrincipal } from '@iamkit/core'
import { type Choices, chance, pick, weighted } from './choices.js'

export const ACCOUNTS = ['111122223333', '444455556666', 'acme'] as const
export const USERS = ['ada', 'team/ada', 'bob'] as const
export const ROLES = ['app', 'team/app', 'ops'] as const
export const SESSIONS = ['s1', 's2'] as const
export const FEDERATED = ['carol', 'dave'] as const
export const SERVICES = [
  'backup.amazonaws.com',
  'backup.eu-west-1.amazonaws.com',
  's3.amazonaws.com',
] as const
export const PROVIDERS = [
  'accounts.google.com',
  'arn:aws:iam::111122223333:oidc-provider/idp.example.com',
  'arn:aws:iam::111122223333:saml-provider/corp',
] as const

export function partition(choices: Choices): string {
  return chance(choices, 4) ? 'aws-cn' : 'aws'
}

export function principal(choices: Choices): RequestPrincipal {
  return weighted<RequestPrincipal>(choices, [
    [26, () => user(choices)],
    [30, () => roleSession(choices)],
    [24, () => federatedUser(choices)],
    [12, () => root(choices)],
    [6, () => ({ type: 'service', service: pick(choices, SERVICES) })],
    [5, () => ({ type: 'anonymous' })],
    [5, () => ({ type: 'federated-caller', provider: pick(choices, PROVIDERS) })],
  ])
}

function user(choices: Choices): RequestPrincipal {
  const account = pick(choices, ACCOUNTS)
  const arn = `arn:${partition(choices)}:iam::${account}:user/${pick(choices, USERS)}`
  return { type: 'user', account, arn, ...management(choices) }
}

function roleSession(choices: Choices): RequestPrincipal {
  const account = pick(choices, ACCOUNTS)
  const [aws, role, session] = [partition(choices), pick(choices, ROLES), pick(choices, SESSIONS)]
  return {
    type: 'role-session',
    account,
    arn: `arn:${aws}:sts::${account}:assumed-role/${role.replace('team/', '')}/${session}`,
    roleArn: `arn:${aws}:iam::${account}:role/${role}`,
    ...management(choices),
    ...(chance(choices, 25) && { serviceLinkedRole: true }),
  }
}

/** Now and then it is the root user who federated. */
function federatedUser(choices: Choices): RequestPrincipal {
  const account = pick(choices, ACCOUNTS)
  const aws = partition(choices)
  const name = chance(choices, 12) ? 'root' : `user/${pick(choices, USERS)}`
  return {
    type: 'federated-user',
    account,
    arn: `arn:${aws}:sts::${account}:federated-user/${pick(choices, FEDERATED)}`,
    userArn: `arn:${aws}:iam::${account}:${name}`,
    ...management(choices),
  }
}

function root(choices: Choices): RequestPrincipal {
  const account = pick(choices, ACCOUNTS)
  const arn = `arn:${partition(choices)}:iam::${account}:root`
  return { type: 'root', account, arn, ...management(choices) }
}

function management(choices: Choices) {
  return chance(choices, 10) ? { managementAccount: true } : {}
}
