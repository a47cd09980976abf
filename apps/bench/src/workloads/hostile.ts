/**
 * Policies and requests that are legal and made to hurt: as long as quotas allow, and shaped so that a
 * matcher that backtracks, or compares everything with everything, takes very long.
 *
 * Units   an identity policy has at most 6,144 characters, a resource policy 20,480, an ARN 2,048, a context
 *         value 8,192, all values of a context together 65,536.
 * Errors  None.
 *
 * @module
 */
import type { DocumentSet } from '@iamkit/conformance'
import type { ConditionBlock, PolicyDocument } from '@iamkit/core'
import { ACCOUNT, CALLERS, type Caller, callerContext } from './caller.js'
import type { Draft } from './scenario.js'

export interface HostileCase {
  readonly name: string
  readonly documents: DocumentSet
  /** Asked in turn; nearly all cases have one. */
  readonly drafts: readonly Draft[]
}

const ARN = `arn:aws:docs::${ACCOUNT}:`
const CALLER = CALLERS[0] as Caller
const LONG_ARN = ARN + 'a'.repeat(2048 - ARN.length)
const KEY = 'docs:Note'

/** As many of the texts that `make` gives as fit into so many characters, quotes and commas counted. */
function fill(characters: number, make: (i: number) => string): string[] {
  const texts: string[] = []
  for (let used = 0; ; ) {
    const text = make(texts.length)
    used += text.length + 3
    if (used > characters) return texts
    texts.push(text)
  }
}

const ask = (changes: Partial<Draft> = {}): Draft => ({
  caller: CALLER,
  action: 'docs:GetDocument',
  resource: LONG_ARN,
  context: callerContext(CALLER),
  ...changes,
})

const policy = (Resource: string | string[], Condition?: ConditionBlock): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'docs:GetDocument', Resource, ...(Condition && { Condition }) },
  ],
})

const onResource = (
  name: string,
  patterns: string | string[],
  resource = LONG_ARN,
): HostileCase => ({
  name,
  documents: { identity: [policy(patterns)] },
  drafts: [ask({ resource })],
})

type Values = string | readonly string[]

const onCondition = (name: string, condition: ConditionBlock, value: Values): HostileCase => ({
  name,
  documents: { identity: [policy('*', condition)] },
  drafts: [ask({ context: { ...callerContext(CALLER), [KEY]: value } })],
})

const STARS = `${'*a'.repeat(2800)}*b*`
const MARKS = `*${'?a'.repeat(2900)}b`
const A = 'a'.repeat(8192)
const MANY = Array.from({ length: 1024 }, (_, i) => `${'a'.repeat(56)}${i}`)

const patterns: readonly HostileCase[] = [
  onResource('1,000 stars in a resource', `${ARN}${'*a'.repeat(1000)}*b*`),
  onResource('1,000 question marks in a resource', `${ARN}*${'?a'.repeat(1000)}b`),
  onResource('few long runs with question marks', `${ARN}${`*${'?a'.repeat(240)}b`.repeat(4)}`),
  onResource(
    'resources of stars alone',
    fill(5900, (i) => `arn:*:*:*:*:*a*b${i}`),
  ),
  onResource(
    'resources that share a long beginning',
    fill(5900, (i) => `${ARN}${'a'.repeat(200)}*${i}`),
  ),
  onResource(
    'question marks at the beginning',
    fill(5900, (i) => `${ARN}?*a?${i}`),
  ),
  {
    name: 'stars in actions',
    documents: {
      identity: [
        {
          ...policy('*'),
          Statement: [
            { Effect: 'Allow', Action: fill(5900, (i) => `docs:*a*a*a*b${i}`), Resource: '*' },
          ],
        },
      ],
    },
    drafts: Array.from({ length: 512 }, (_, i) => ask({ action: `docs:${'a'.repeat(120)}${i}` })),
  },
]

const conditions: readonly HostileCase[] = [
  onCondition('2,800 stars in a condition', { StringLike: { [KEY]: STARS } }, A),
  onCondition('2,900 question marks in a condition', { StringLike: { [KEY]: MARKS } }, A),
  onCondition(
    'many patterns of a condition',
    { StringLike: { [KEY]: fill(5900, (i) => `*${i}b*`) } },
    A,
  ),
  onCondition(
    'many values against many patterns',
    { 'ForAnyValue:StringLike': { [KEY]: fill(5900, (i) => `*a*b${i}`) } },
    MANY,
  ),
  onCondition(
    'many values against many texts',
    { 'ForAnyValue:StringEqualsIgnoreCase': { [KEY]: fill(5900, (i) => `b${i}`) } },
    MANY,
  ),
  onCondition(
    'many values against many ARNs',
    { 'ForAnyValue:ArnLike': { [KEY]: fill(5900, (i) => `arn:*:*:*:*:*a?b${i}`) } },
    MANY.map((text) => `arn:aws:s3:::${text}`).slice(0, 900),
  ),
  onCondition(
    'a number of 8,192 digits',
    { NumericLessThan: { [KEY]: fill(5900, (i) => `${i}`) } },
    '9'.repeat(8192),
  ),
  onCondition(
    'a date of 8,192 characters',
    { DateLessThan: { [KEY]: fill(5900, () => '2026-11-21') } },
    '2'.repeat(8192),
  ),
  onCondition(
    'many addresses against many ranges',
    { 'ForAnyValue:IpAddress': { [KEY]: fill(5900, (i) => `2001:db8:${i.toString(16)}::/48`) } },
    Array.from({ length: 1024 }, (_, i) => `2001:dead:beef:0:0:0:${i.toString(16)}:1`),
  ),
  onCondition(
    'base64 of 8,192 characters',
    { BinaryEquals: { [KEY]: fill(5900, () => 'QUJD') } },
    'QUJD'.repeat(2048),
  ),
]

const variables: readonly HostileCase[] = [
  {
    name: 'a long tag, many times in a resource',
    documents: { identity: [policy(`${ARN}*${'${docs:Note}*'.repeat(150)}b`)] },
    drafts: [ask({ context: { ...callerContext(CALLER), [KEY]: A } })],
  },
  {
    name: 'a long tag, many times in a condition',
    documents: {
      identity: [policy('*', { StringLike: { 'docs:Other': `*${'${docs:Note}*'.repeat(400)}b` } })],
    },
    drafts: [
      ask({ context: { ...callerContext(CALLER), [KEY]: 'a'.repeat(4096), 'docs:Other': A } }),
    ],
  },
  {
    name: 'a context of 1,024 keys',
    documents: {
      identity: [
        policy('*', {
          StringEquals: Object.fromEntries(
            fill(2800, (i) => `docs:K${i}`).map((key) => [key, 'v']),
          ),
        }),
      ],
    },
    drafts: [
      ask({
        context: Object.fromEntries(Array.from({ length: 1024 }, (_, i) => [`docs:K${i}`, 'v'])),
      }),
    ],
  },
]

const layers: readonly HostileCase[] = [
  {
    name: 'every layer full of patterns of stars',
    documents: {
      identity: Array.from({ length: 10 }, () => policy(fill(5900, (i) => `arn:*:*:*:*:*a*b${i}`))),
      boundary: policy(fill(5900, (i) => `arn:*:*:*:*:*a*b${i}`)),
      scps: Array.from({ length: 5 }, () =>
        Array.from({ length: 5 }, () => policy(fill(5000, (i) => `arn:*:*:*:*:*a*b${i}`))),
      ),
    },
    drafts: [ask()],
  },
  {
    name: 'a resource policy of 20,480 characters, values against patterns',
    documents: {
      identity: [policy('*')],
      resource: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: { 'ForAnyValue:StringLike': { [KEY]: fill(20_000, (i) => `*a*b${i}`) } },
          },
        ],
      },
    },
    drafts: [ask({ context: { ...callerContext(CALLER), [KEY]: MANY } })],
  },
]

export const HOSTILE: readonly HostileCase[] = [...patterns, ...conditions, ...variables, ...layers]
