import { describe, expect, it } from 'vitest'
import { PolicyParseError } from '../errors.js'
import type { PolicyType } from './document.js'
import { parsePolicy } from './parse.js'

type Elements = Readonly<Record<string, unknown>>

/** The least statement that each type takes. */
const LEAST: { readonly [Type in PolicyType]: Elements } = {
  identity: { Effect: 'Allow', Action: 'docs:Get', Resource: '*' },
  boundary: { Effect: 'Allow', Action: 'docs:Get', Resource: '*' },
  session: { Effect: 'Allow', Action: 'docs:Get', Resource: '*' },
  scp: { Effect: 'Allow', Action: 'docs:Get', Resource: '*' },
  resource: { Effect: 'Allow', Principal: '*', Action: 'docs:Get' },
  trust: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
  endpoint: { Effect: 'Allow', Principal: '*', Action: 'docs:Get', Resource: '*' },
  rcp: { Effect: 'Deny', Principal: '*', Action: 'docs:Get', Resource: '*' },
}
const TYPES = Object.keys(LEAST) as PolicyType[]

function codesOf(document: Elements, type: PolicyType | undefined): readonly string[] {
  try {
    parsePolicy(document, { type })
    return []
  } catch (error) {
    if (error instanceof PolicyParseError) return error.problems.map(({ code }) => code)
    throw error
  }
}

/** The problems of a type's least statement with these elements changed; undefined takes one away. */
function withElements(type: PolicyType, changes: Elements): readonly string[] {
  const elements = Object.entries({ ...LEAST[type], ...changes })
  const statement = Object.fromEntries(elements.filter(([, value]) => value !== undefined))
  return codesOf({ Version: '2012-10-17', Statement: statement }, type)
}

describe('a policy of each type', () => {
  it.each(TYPES)('takes the least statement: %s', (type) => {
    expect(withElements(type, {})).toEqual([])
  })

  it.each(TYPES)('takes Sid and Condition: %s', (type) => {
    const Condition = { Bool: { 'aws:SecureTransport': true } }
    expect(withElements(type, { Sid: 'One', Condition })).toEqual([])
  })

  it.each(TYPES)('needs Effect and Action: %s', (type) => {
    expect(withElements(type, { Effect: undefined })).toContain('missing-effect')
    expect(withElements(type, { Action: undefined })).toContain('missing-action')
  })

  it.each<[PolicyType, readonly string[]]>([
    ['identity', ['unsupported-principal']],
    ['boundary', ['unsupported-principal']],
    ['session', ['unsupported-principal']],
    ['scp', ['unsupported-principal']],
    ['resource', []],
    ['trust', []],
    ['endpoint', []],
    ['rcp', ['rcp-syntax-error-principal']],
  ])('given a Principal with a list, a policy of type %s has %j', (type, codes) => {
    expect(withElements(type, { Principal: { AWS: '111122223333' } })).toEqual(codes)
  })

  it.each<[PolicyType, readonly string[]]>([
    ['resource', ['missing-principal']],
    ['trust', ['missing-principal']],
    ['endpoint', ['missing-principal']],
    ['rcp', ['missing-principal']],
  ])('without a Principal, a policy of type %s has %j', (type, codes) => {
    expect(withElements(type, { Principal: undefined })).toEqual(codes)
  })

  it.each<[PolicyType, readonly string[]]>([
    ['identity', ['unsupported-principal']],
    ['boundary', ['unsupported-principal']],
    ['session', ['unsupported-principal']],
    ['scp', ['unsupported-principal']],
    ['resource', []],
    ['trust', ['missing-principal', 'unsupported-principal']],
    ['endpoint', []],
    ['rcp', ['missing-principal', 'unsupported-principal']],
  ])('given a NotPrincipal in a Deny, a policy of type %s has %j', (type, codes) => {
    const NotPrincipal = { AWS: ['111122223333'] }
    expect(withElements(type, { Effect: 'Deny', Principal: undefined, NotPrincipal })).toEqual(
      codes,
    )
  })

  it.each<PolicyType>(['resource', 'endpoint'])(
    'takes no NotPrincipal with Allow, and no star in one: %s',
    (type) => {
      const NotPrincipal = { AWS: '111122223333' }
      const allow = withElements(type, { Principal: undefined, NotPrincipal })
      expect(allow).toEqual(['allow-with-not-principal'])
      for (const star of ['*', { AWS: '*' }, { AWS: ['111122223333', '*'] }]) {
        const deny = { Effect: 'Deny', Principal: undefined, NotPrincipal: star }
        expect(withElements(type, deny)).toEqual(['unsupported-wildcard-in-principal'])
      }
    },
  )

  it.each<[PolicyType, readonly string[]]>([
    ['identity', ['missing-resource']],
    ['boundary', ['missing-resource']],
    ['session', ['missing-resource']],
    ['scp', ['missing-resource']],
    ['rcp', ['missing-resource']],
    ['endpoint', ['missing-resource']],
    ['resource', []],
    ['trust', []],
  ])('without a Resource, a policy of type %s has %j', (type, codes) => {
    expect(withElements(type, { Resource: undefined })).toEqual(codes)
  })

  it.each<[PolicyType, readonly string[]]>([
    ['identity', []],
    ['boundary', []],
    ['session', []],
    ['scp', []],
    ['rcp', []],
    ['endpoint', []],
    ['resource', []],
    ['trust', ['role-trust-policy-syntax-error-resource']],
  ])('given a Resource or a NotResource, a policy of type %s has %j', (type, codes) => {
    const pattern = 'arn:aws:docs:::document/*'
    expect(withElements(type, { Resource: pattern })).toEqual(codes)
    expect(withElements(type, { Resource: undefined, NotResource: pattern })).toEqual(codes)
  })

  it.each<[PolicyType, readonly string[]]>([
    ['identity', []],
    ['boundary', []],
    ['session', []],
    ['scp', []],
    ['resource', []],
    ['trust', []],
    ['endpoint', []],
    ['rcp', ['rcp-syntax-error-notaction']],
  ])('given a NotAction, a policy of type %s has %j', (type, codes) => {
    expect(withElements(type, { Action: undefined, NotAction: 'sts:AssumeRole' })).toEqual(codes)
  })

  it.each<[PolicyType, readonly string[]]>([
    ['identity', ['invalid-policy-element']],
    ['boundary', ['invalid-policy-element']],
    ['session', ['invalid-policy-element']],
    ['scp', ['invalid-policy-element']],
    ['rcp', ['invalid-policy-element']],
    ['resource', []],
    ['trust', []],
    ['endpoint', []],
  ])('given an Id, a policy of type %s has %j', (type, codes) => {
    const document = { Version: '2012-10-17', Id: 'one', Statement: LEAST[type] }
    expect(codesOf(document, type)).toEqual(codes)
  })

  it.each<[PolicyType, readonly string[]]>([
    ['identity', []],
    ['boundary', []],
    ['session', []],
    ['resource', []],
    ['trust', []],
    ['endpoint', []],
    ['scp', ['invalid-version']],
    ['rcp', ['invalid-version']],
  ])('of the old version or of none, a policy of type %s has %j', (type, codes) => {
    expect(codesOf({ Version: '2008-10-17', Statement: LEAST[type] }, type)).toEqual(codes)
    expect(codesOf({ Statement: LEAST[type] }, type)).toEqual(codes)
  })

  it.each<[PolicyType, readonly string[]]>([
    ['identity', ['unsupported-sid']],
    ['boundary', ['unsupported-sid']],
    ['session', ['unsupported-sid']],
    ['resource', []],
    ['trust', []],
    ['endpoint', []],
    ['scp', []],
    ['rcp', []],
  ])('with `Team reads!` for a Sid, a policy of type %s has %j', (type, codes) => {
    expect(withElements(type, { Sid: 'Team reads!' })).toEqual(codes)
  })

  it.each(TYPES)('gives no Sid twice, but may leave any number empty: %s', (type) => {
    const twice = (Sid: string) => [
      { Sid, ...LEAST[type] },
      { Sid, ...LEAST[type] },
    ]
    const document = { Version: '2012-10-17', Statement: twice('One') }
    expect(codesOf(document, type)).toEqual(['unique-sids-required'])
    expect(codesOf({ ...document, Statement: twice('') }, type)).toEqual([])
  })
})

describe('a policy of no type', () => {
  it('takes what some type takes', () => {
    const Statement = [
      ...TYPES.map((type) => LEAST[type]),
      { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, NotAction: 'a:b' },
    ]
    expect(codesOf({ Id: 'one', Statement }, undefined)).toEqual([])
  })
})

describe('a role trust policy', () => {
  it('takes a star under AWS, but no bare one', () => {
    expect(withElements('trust', { Principal: { AWS: '*' } })).toEqual([])
    expect(withElements('trust', { Principal: '*' })).toEqual([
      'role-trust-policy-unsupported-wildcard-in-principal',
    ])
  })

  it('alone may name a federated principal', () => {
    const Principal = { Federated: 'accounts.google.com' }
    expect(withElements('trust', { Principal })).toEqual([])
    expect(withElements('resource', { Principal })).toEqual(['federated-principal-not-supported'])
    expect(withElements('endpoint', { Principal })).toEqual(['federated-principal-not-supported'])
  })
})

describe('a resource control policy', () => {
  it('names services in its actions', () => {
    expect(withElements('rcp', { Action: '*' })).toEqual(['rcp-syntax-error-action'])
    expect(withElements('rcp', { Action: ['*'] })).toEqual(['rcp-syntax-error-action'])
    expect(withElements('rcp', { Action: '*:*' })).toEqual(['rcp-syntax-error-action'])
    expect(withElements('rcp', { Action: 's3:*' })).toEqual([])
  })

  it('allows only as the one that is built in does', () => {
    const builtIn = { Effect: 'Allow', Action: '*', Resource: '*' }
    expect(withElements('rcp', builtIn)).toEqual([])
    expect(withElements('rcp', { ...builtIn, Action: 's3:*' })).toEqual(['rcp-syntax-error-allow'])
    expect(withElements('rcp', { ...builtIn, Resource: 'arn:aws:s3:*' })).toEqual([
      'rcp-syntax-error-allow',
    ])
    const Condition = { Null: { 'aws:username': true } }
    expect(withElements('rcp', { ...builtIn, Condition })).toEqual(['rcp-syntax-error-allow'])
  })
})

describe('a service control policy', () => {
  it('takes the full language', () => {
    const Condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }
    const Resource = 'arn:aws:docs:*:*:folder/*'
    expect(withElements('scp', { Action: undefined, NotAction: 'a:b*c', Condition })).toEqual([])
    expect(withElements('scp', { Action: 'docs:*et*', Resource, Condition })).toEqual([])
  })
})
