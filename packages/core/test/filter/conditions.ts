/**
 * Random conditions: every operator, mostly on keys of its own type.
 *
 * @module
 */
import fc from 'fast-check'
import { mostly, one, some } from './choices.js'
import { TEXTS } from './documents.js'
import { RESOURCE_VARIABLES, VARIABLES, wild } from './patterns.js'

const SUFFIXES = ['', '', '', 'IfExists'] as const
const PREFIXES = ['', '', '', '', '', 'ForAnyValue:', 'ForAllValues:'] as const
const OPERATORS = {
  string: [
    'StringEquals',
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
  ],
  arn: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  numeric: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  date: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  bool: ['Bool'],
  ip: ['IpAddress', 'NotIpAddress'],
  binary: ['BinaryEquals'],
} as const
type Family = keyof typeof OPERATORS

const text = fc.oneof(
  { weight: 5, arbitrary: one<string>(...TEXTS) },
  { weight: 2, arbitrary: one<string>(...TEXTS).chain(wild) },
  { weight: 2, arbitrary: one<string>(...VARIABLES) },
  { weight: 1, arbitrary: one<string>(...RESOURCE_VARIABLES) },
)

const VALUES: Readonly<Record<Family, fc.Arbitrary<string>>> = {
  string: text,
  arn: one(
    'arn:aws:docs::acme:folder/f1',
    'arn:aws:docs::acme:folder/*',
    'arn:aws:docs::acme:*1',
    'arn:aws:docs:*:acme:folder/f1',
    'arn:aws:docs::acme:folder/${aws:PrincipalTag/team}',
    'arn:aws:docs::${aws:username}:folder/f1',
    'arn:aws:docs:*',
    'f1',
  ),
  numeric: one(
    '0',
    '10',
    '10.0',
    '1e1',
    '9.5',
    '-0.5',
    '-0.25',
    '99.99',
    '100',
    '2147483647',
    '2147483648',
    '-2147483649',
    '9007199254740993',
    '1e19',
    '-1e30',
    '0.1',
    '1e400',
    'ten',
    '9'.repeat(64),
  ),
  date: one(
    '2024-01-01',
    '2024-01-01T00:00:00Z',
    '2024-01-01T00:00:00.0005Z',
    '2024-01-01T00:00:00.001Z',
    '1704067200',
    '0',
    '-1',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.9999Z',
    '1704067200000',
    '2024',
    'yesterday',
    '2024-06',
  ),
  bool: one('true', 'false', 'TRUE', 'yes'),
  ip: one('203.0.113.0/24', '10.0.0.0/8', '0.0.0.0/0'),
  binary: one('QQ==', 'ZW5n'),
}

const TEXT_KEYS = [
  'aws:ResourceTag/team',
  'aws:ResourceTag/Team',
  'aws:resourcetag/owner',
  'aws:ResourceTag/class',
  'docs:Kind',
  'docs:Label',
  'DOCS:label',
] as const
const KEYS: Readonly<Record<Family, fc.Arbitrary<string>>> = {
  string: mostly(
    8,
    one<string>(...TEXT_KEYS),
    one<string>(
      'aws:PrincipalTag/team',
      'aws:username',
      'docs:Sent',
      'aws:TagKeys',
      'docs:Parent',
      'docs:Pages',
      'docs:Published',
    ),
  ),
  arn: mostly(
    7,
    one('docs:Parent'),
    one('aws:PrincipalArn', 'aws:ResourceTag/class', 'docs:Pages'),
  ),
  numeric: mostly(
    9,
    one('docs:Pages', 'docs:Bytes', 'docs:Price'),
    one('aws:ResourceTag/team', 'docs:Created'),
  ),
  date: mostly(9, one('docs:Created', 'aws:CurrentTime'), one('docs:Pages', 'docs:Label')),
  bool: mostly(
    7,
    one('docs:Published', 'aws:MultiFactorAuthPresent'),
    one('aws:ResourceTag/class', 'docs:Pages'),
  ),
  ip: mostly(8, one('aws:SourceIp'), one('aws:ResourceTag/team')),
  binary: one('docs:Sent', 'aws:ResourceTag/team'),
}

const family = fc.oneof(
  { weight: 10, arbitrary: one<Family>('string') },
  { weight: 4, arbitrary: one<Family>('numeric') },
  { weight: 3, arbitrary: one<Family>('date') },
  { weight: 3, arbitrary: one<Family>('bool') },
  { weight: 2, arbitrary: one<Family>('arn') },
  { weight: 1, arbitrary: one<Family>('ip', 'binary') },
)
type Operation = readonly [operator: string, block: Readonly<Record<string, readonly string[]>>]

const compared: fc.Arbitrary<Operation> = family.chain((name) =>
  fc
    .tuple(
      one(...PREFIXES),
      one<string>(...OPERATORS[name]),
      one(...SUFFIXES),
      KEYS[name],
      some(VALUES[name]),
    )
    .map(([prefix, operator, suffix, key, values]) => [
      `${prefix}${operator}${suffix}`,
      { [key]: values },
    ]),
)
const nulled: fc.Arbitrary<Operation> = fc
  .tuple(
    one<string>(...TEXT_KEYS, 'docs:Pages', 'docs:Published', 'docs:Created', 'aws:username'),
    one('true', 'false'),
  )
  .map(([key, value]) => ['Null', { [key]: [value] }])
export const condition = fc
  .oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 6, arbitrary: some(mostly(8, compared, nulled), 2) },
  )
  .map((operations): object => Object.fromEntries(operations))
