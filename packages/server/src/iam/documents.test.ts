import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDocument, type DocumentUse, encodeDocument, sizeOf } from './documents.js'

const VERSION = '2012-10-17'
const policy = (statement: unknown, Version: string | undefined = VERSION) =>
  JSON.stringify({ Version, Statement: statement })
const allow = (rest: object) => policy({ Effect: 'Allow', ...rest })
const S3 = 'arn:aws:s3:::example_bucket'

function wordsOf(text: string, use: DocumentUse = 'managed'): string {
  try {
    checkDocument(text, use)
  } catch (error) {
    expect(error).toMatchObject({ code: 'MalformedPolicyDocument', status: 400 })
    return (error as Error).message
  }
  return 'accepted'
}

describe('checkDocument', () => {
  it('takes an `Id`, as CreatePolicy does', () => {
    const Statement = { Effect: 'Allow', NotAction: 's3:ListBucket', Resource: S3 }
    expect(wordsOf(JSON.stringify({ Version: VERSION, Id: 'sdfsdfsdf', Statement }))).toBe(
      'accepted',
    )
    expect(wordsOf(JSON.stringify({ Version: VERSION, Id: ['a'], Statement }))).toBe(
      'Syntax errors in policy.',
    )
  })

  it.each<[string, string]>([
    ['This is not a json document', 'Syntax errors in policy.'],
    [
      JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:ListBucket', Resource: S3 } }),
      'Policy document must be version 2012-10-17 or greater.',
    ],
    [
      allow({ Action: 'invalid', Resource: S3 }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [allow({ Action: 'a a:ListBucket', Resource: S3 }), 'Vendor a a is not valid'],
    [
      allow({ Action: 's3:List:Bucket', Resource: S3 }),
      'Actions/Condition can contain only one colon.',
    ],
    [
      allow({ Action: 's3:ListBucket', Resource: 'adf' }),
      'Resource adf must be in ARN format or "*".',
    ],
    [allow({ Action: 's3:ListBucket', Resource: '' }), 'Resource  must be in ARN format or "*".'],
    [
      allow({ Action: 's3:ListBucket', Resource: 'a:b:cadfsdf' }),
      'Partition "b" is not valid for resource "arn:b:cadfsdf:*:*:*".',
    ],
    [
      allow({ Action: 's3:ListBucket', Resource: 'a:b:c:d:e:f:g:h' }),
      'Partition "b" is not valid for resource "arn:b:c:d:e:f:g:h".',
    ],
    [
      allow({ Action: 's3:ListBucket', Resource: 'arn:error:s3:::x' }),
      'Partition "error" is not valid for resource "arn:error:s3:::x".',
    ],
    [allow({ Action: 's3:ListBucket', Resource: [] }), 'Policy statement must contain resources.'],
    [allow({ Action: 's3:ListBucket' }), 'Policy statement must contain resources.'],
    [allow({ Action: [], Resource: S3 }), 'Policy statement must contain actions.'],
    [
      allow({ Action: 's3:ListBucket', Resource: 'arn:aws' }),
      'Resource vendor must be fully qualified and cannot contain regexes.',
    ],
    [
      allow({ Action: 's3:ListBucket', Resource: 'arn:aws:s3:us-east-1::b' }),
      'Resource arn:aws:s3:us-east-1::b can not contain region information.',
    ],
    [
      allow({ Action: 's3:ListBucket', Resource: S3, Principal: '*' }),
      'Policy document should not specify a principal.',
    ],
    [
      policy(['a', 'a'].map((Sid) => ({ Sid, Effect: 'Allow', Action: 's3:*', Resource: S3 }))),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      policy({ Action: 's3:*', Resource: S3 }),
      'Syntax errors in policy. (/Statement: missing effect)',
    ],
    [policy([]), 'Syntax errors in policy. (/Statement: missing statement)'],
  ])('refuses %s: %s', (text, words) => {
    expect(wordsOf(text)).toBe(words)
  })

  it.each<[object, string]>([
    [
      { Action: 'sts:AssumeRole', Principal: { AWS: '*' }, Resource: '*' },
      'Has prohibited field Resource',
    ],
    [{ Action: 'sts:AssumeRole' }, 'Missing required field Principal'],
    [
      { Action: 's3:GetObject', Principal: { AWS: '*' } },
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    ...[
      '*',
      'not a domain',
      'arn:aws:iam::111122223333:user/ada',
      'arn:aws:iam//111122223333:oidc-provider/login.example.com',
    ].map((Federated): [object, string] => [
      { Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated } },
      'Federated principals must be valid domain names or SAML metadata ARNs',
    ]),
  ])('refuses the trust %j: %s', (rest, words) => {
    expect(wordsOf(allow(rest), 'trust')).toBe(words)
  })

  it('says of a trust policy that its JSON is broken as AWS does', () => {
    expect(wordsOf('{"Version": "2012-10-17",}', 'trust')).toBe('This policy contains invalid Json')
  })

  it('asks managed policies alone for the newer Version', () => {
    const old = policy({ Effect: 'Allow', Action: 's3:*', Resource: S3 }, '2008-10-17')
    expect(wordsOf(old, 'inline')).toBe('accepted')
    expect(wordsOf(old)).toBe('Policy document must be version 2012-10-17 or greater.')
    expect(wordsOf(old.replace('2008', '2013'), 'inline')).toMatch('Syntax errors in policy.')
  })

  it('throws nothing but its own refusal, for every text', () => {
    const near = fc.json().map((json) => `{"Version":"2012-10-17","Statement":${json}}`)
    const property = fc.property(fc.oneof(fc.string(), fc.json(), near), (text) => {
      wordsOf(text)
      wordsOf(text, 'trust')
    })
    fc.assert(property)
  })
})

describe('sizeOf', () => {
  it('leaves out blanks, but not those inside strings', () => {
    expect(sizeOf('{ "a b" :\n\t[ 1 ] }')).toBe(11)
    expect(sizeOf('"a \\" b"  ')).toBe(8)
  })

  it.each(['', '\\'])(
    'reads a string that never ends once, however many quotes it has: `%s`',
    (end) => {
      const text = `"${'\\"'.repeat(1_000_000)}${end}`
      expect(sizeOf(` ${text}`)).toBe(text.length)
    },
  )

  it('is the length of JSON without blanks, for every document', () => {
    const property = fc.property(fc.jsonValue(), fc.nat(4), (value, blanks) => {
      expect(sizeOf(JSON.stringify(value, null, blanks))).toBe(JSON.stringify(value).length)
    })
    fc.assert(property)
  })
})

describe('encodeDocument', () => {
  it('encodes what RFC 3986 does not leave alone', () => {
    expect(encodeDocument('{"a": "*(é)!\'"}')).toBe(
      '%7B%22a%22%3A%20%22%2A%28%C3%A9%29%21%27%22%7D',
    )
  })
})
