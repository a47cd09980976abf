import { type RequestContext, requestContext, resourceTagLookup } from '@iamkit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Identity } from '../identity/identity.js'
import { callerKeysOf } from './caller-keys.js'
import { type Known, knownContext } from './known-context.js'

const TIME = new Date('2026-03-01T12:00:00Z')
const ADA: Identity = {
  principal: { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ada' },
  tags: { Team: 'eng' },
  userId: 'AIDAEXAMPLE',
  multiFactorAuth: { present: true, ageSeconds: 30 },
  providerKeys: { 'login.example.com:sub': 'ada', 'aws:userid': 'forged' },
}

function contextOf(known: Partial<Known>, identity = ADA): RequestContext {
  return knownContext({
    caller: callerKeysOf(identity),
    circumstances: { time: TIME.getTime(), resourceAccount: 'acme' },
    entries: [],
    ...known,
  })
}

function textOf(context: RequestContext): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...context.keys()].sort().map((name) => [name, context.get(name)]))
}

describe('knownContext', () => {
  it('knows the caller, the clock, the connection, the tags and what the app says', () => {
    const context = contextOf({
      connection: { 'aws:SourceIp': '192.0.2.1', 'aws:SecureTransport': true },
      resourceTags: resourceTagLookup({ stage: 'draft', Class: 'a', class: 'b' }),
      entries: [{ 'docs:Size': 7 }, { 'aws:TagKeys': ['x'] }],
    })
    expect(textOf(context)).toEqual({
      'aws:currenttime': '2026-03-01T12:00:00.000Z',
      'aws:epochtime': '1772366400',
      'aws:multifactorauthage': '30',
      'aws:multifactorauthpresent': 'true',
      'aws:principalaccount': 'acme',
      'aws:principalarn': 'arn:aws:iam::acme:user/ada',
      'aws:principalisawsservice': 'false',
      'aws:principaltag/team': 'eng',
      'aws:principaltype': 'User',
      'aws:resourceaccount': 'acme',
      'aws:resourcetag/class': ['a', 'b'],
      'aws:resourcetag/stage': 'draft',
      'aws:securetransport': 'true',
      'aws:sourceip': '192.0.2.1',
      'aws:tagkeys': ['x'],
      'aws:userid': 'AIDAEXAMPLE',
      'aws:username': 'ada',
      'aws:viaawsservice': 'false',
      'docs:size': '7',
      'login.example.com:sub': 'ada',
    })
  })

  it('takes what the app says, unless it is known itself, for every spelling and value', () => {
    const key = fc.constantFrom('AWS:UserId', 'aws:TokenIssueTime', 'docs:A', 'aws:SourceIp')
    const value = fc.constantFrom(undefined, null, 'x', 0, true, [], ['x', 'y'])
    const entries = fc.dictionary(key, value, { noNullPrototype: true })
    const property = fc.property(entries, ({ ...said }) => {
      const plain = requestContext(said)
      const context = contextOf({ entries: [said] })
      expect(context.get('aws:userid')).toBe('AIDAEXAMPLE')
      expect(context.get('aws:tokenissuetime')).toBeUndefined()
      expect([...context.keys()]).not.toContain('aws:tokenissuetime')
      for (const name of ['docs:a', 'aws:sourceip']) {
        expect(context.get(name)).toEqual(plain.get(name))
        expect([...context.keys()].includes(name)).toBe(plain.get(name) !== undefined)
      }
    })
    fc.assert(property)
  })

  it('does not see what happens to tags afterwards', () => {
    const tags: Record<string, string> = { team: 'eng' }
    const context = contextOf({ resourceTags: resourceTagLookup(tags) }, { ...ADA, tags })
    tags['team'] = 'ops'
    expect(context.get('aws:resourcetag/team')).toBe('eng')
    expect(context.get('aws:principaltag/team')).toBe('eng')
  })

  it('lets the app say where it is asked from, and nobody where a connection is known', () => {
    const entries = [{ 'aws:SourceIp': '198.51.100.7' }]
    expect(contextOf({ entries }).get('aws:sourceip')).toBe('198.51.100.7')
    expect(contextOf({ entries, connection: {} }).get('aws:sourceip')).toBeUndefined()
  })

  it('refuses a key that the entries spell in two ways', () => {
    const entries = [{ 'docs:A': 'x', 'docs:a': 'y' }]
    expect(() => contextOf({ entries })).toThrow('given twice, in two spellings')
  })
})
