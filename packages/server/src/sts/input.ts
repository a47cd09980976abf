/**
 * The rules for members of STS's requests.
 *
 * Errors  {@link Fault} `ValidationError` 400 from {@link checkInput} and {@link readArn}.
 * Source  STS API reference, the requests' parameters.
 *
 * @module
 */
import { type Arn, parseArn } from '@iamkit/core'
import { invalid } from '../fault.js'
import {
  breachesOf,
  type Constraint,
  type Constraints,
  listOf,
  pattern,
  spelled,
  text,
} from '../iam/constraint.js'

const WORD = pattern('[\\w+=,.@-]*')
const TAG_KEY = text([1, 128], pattern('[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+', 'u'))
const TAG_VALUE = text([0, 256], pattern('[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*', 'u'))
const ARN = text([20, 2048])
const TAG: Constraint = { kind: 'members', members: { Key: TAG_KEY, Value: TAG_VALUE } }
const ROLE_DURATION: Constraint = { kind: 'number', range: [900, 43_200] }
const USER_DURATION: Constraint = { kind: 'number', range: [900, 129_600] }

const MEMBERS: Constraints = {
  AccessKeyId: text([16, 128], pattern('[\\w]*')),
  DurationSeconds: ROLE_DURATION,
  EncodedMessage: text([1, 10_240]),
  ExternalId: text([2, 1224], pattern('[\\w+=,.@:\\/-]*')),
  Name: text([2, 32], WORD),
  Policy: text([1, 2048], pattern('[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+')),
  PolicyArns: listOf({ kind: 'members', members: { arn: ARN } }, 10),
  PrincipalArn: ARN,
  ProviderId: text([4, 2048]),
  RoleArn: ARN,
  RoleSessionName: text([2, 64], WORD),
  SAMLAssertion: text([4, 100_000]),
  SerialNumber: text([9, 256], pattern('[\\w+=/:,.@-]*')),
  SourceIdentity: text([2, 64], WORD),
  Tags: listOf(TAG, 50),
  TokenCode: text([6, 6], pattern('[\\d]*')),
  TransitiveTagKeys: listOf(TAG_KEY, 50),
  WebIdentityToken: text([4, 20_000]),
}

const OWN: Readonly<Record<string, Constraints>> = {
  GetFederationToken: { DurationSeconds: USER_DURATION },
  GetSessionToken: { DurationSeconds: USER_DURATION },
}

/** Refuses a request whose members are not as they must be; the sentence shows the value, but never a token. */
export function checkInput(operation: string, input: object): void {
  const breaches = Object.entries(input).flatMap(([member, value]) => {
    const constraint = OWN[operation]?.[member] ?? MEMBERS[member]
    if (!constraint) return []
    return [...breachesOf(value, constraint, spelled(member))].map((breach) =>
      withValue(breach, value, !SECRET.has(member)),
    )
  })
  if (breaches.length === 0) return
  const count = `${breaches.length} validation error${breaches.length > 1 ? 's' : ''} detected`
  throw invalid(`${count}: ${breaches.slice(0, MAX_SHOWN).join('; ')}`)
}

const SECRET: ReadonlySet<string> = new Set(['SAMLAssertion', 'WebIdentityToken', 'TokenCode'])
const MAX_SHOWN = 20
const MAX_VALUE = 128

function withValue(breach: string, value: unknown, isShown: boolean): string {
  if (!isShown || (typeof value !== 'string' && typeof value !== 'number')) return breach
  const shown = String(value).slice(0, MAX_VALUE)
  return breach.replace('Value at', () => `Value '${shown}' at`)
}

/** An ARN, taken apart; AWS's sentence for what is none. */
export function readArn(arn: string): Arn {
  try {
    return parseArn(arn)
  } catch {
    throw invalid(`${arn} is invalid`)
  }
}
