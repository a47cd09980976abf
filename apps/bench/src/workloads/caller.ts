/**
 * Who asks: sixteen sessions of one role, so that no engine lives on having met its caller just before.
 *
 * Errors  None.
 *
 * @module
 */
import type { RoleSessionPrincipal } from '@iamkit/core'

export const ACCOUNT = '111122223333'
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/app`
export const TEAMS = ['red', 'green', 'blue', 'gold'] as const

export interface Caller {
  readonly principal: RoleSessionPrincipal
  readonly name: string
  /** One of {@link TEAMS}. */
  readonly team: string
}

const NAMES = [
  'ada',
  'alan',
  'barbara',
  'dennis',
  'donald',
  'edsger',
  'frances',
  'grace',
  'jean',
  'john',
  'katherine',
  'ken',
  'leslie',
  'margaret',
  'radia',
  'tony',
]

export const CALLERS: readonly Caller[] = NAMES.map((name, i) => ({
  name,
  team: TEAMS[i % TEAMS.length] as string,
  principal: {
    type: 'role-session',
    account: ACCOUNT,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/app/${name}`,
    roleArn: ROLE_ARN,
  },
}))

/** What a server knows of each request, whoever asks for what. Every value is text, as a policy would write it. */
export function callerContext(caller: Caller): Readonly<Record<string, string>> {
  return {
    'aws:PrincipalArn': ROLE_ARN,
    'aws:PrincipalAccount': ACCOUNT,
    'aws:PrincipalType': 'AssumedRole',
    'aws:userid': `AROAEXAMPLE:${caller.name}`,
    'aws:SourceIp': '203.0.113.9',
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': '2026-11-21T12:00:00Z',
    'aws:RequestedRegion': 'eu-west-1',
    'aws:PrincipalTag/team': caller.team,
    'aws:PrincipalTag/user': caller.name,
  }
}
