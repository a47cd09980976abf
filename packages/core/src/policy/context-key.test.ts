import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contextKeyInfo, fitsKey, GLOBAL_KEYS } from './context-key.js'

describe('contextKeyInfo', () => {
  it('knows the type of a key', () => {
    expect(contextKeyInfo('aws:SourceIp')).toEqual({
      key: 'aws:SourceIp',
      type: 'IP',
      isMultivalued: false,
      isTag: false,
      isSensitive: false,
    })
  })

  it.each([
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceNamesList',
    'aws:VpceOrgPaths',
    'aws:TagKeys',
    'aws:ResourceOrgPaths',
    'aws:CalledVia',
    'aws:SourceOrgPaths',
    'sts:TransitiveTagKeys',
  ])('says that `%s` is multivalued', (key) => {
    expect(contextKeyInfo(key)).toMatchObject({ type: 'String', isMultivalued: true })
  })

  it('says of the eight keys of the specification, and of no other, that they are multivalued', () => {
    const keys = Object.keys(GLOBAL_KEYS).filter((key) => contextKeyInfo(key)?.isMultivalued)
    expect(keys).toHaveLength(8)
  })

  it('knows the ten sensitive keys of the specification', () => {
    const keys = Object.keys(GLOBAL_KEYS).filter((key) => contextKeyInfo(key)?.isSensitive)
    expect(keys).toEqual([
      'aws:PrincipalAccount',
      'aws:PrincipalOrgID',
      'aws:SourceVpc',
      'aws:SourceVpce',
      'aws:VpceAccount',
      'aws:VpceOrgID',
      'aws:ResourceAccount',
      'aws:ResourceOrgID',
      'aws:SourceAccount',
      'aws:SourceOrgID',
    ])
  })

  it('knows both types of a key that has two', () => {
    expect(contextKeyInfo('aws:EpochTime')).toMatchObject({ type: 'Date', otherType: 'Numeric' })
    expect(contextKeyInfo('aws:FederatedProvider')).toMatchObject({
      type: 'String',
      otherType: 'ARN',
    })
  })

  it.each([
    ['aws:RequestTag/Team', 'aws:RequestTag/Team'],
    ['AWS:requesttag/Team', 'aws:RequestTag/Team'],
    ['aws:principaltag/a/b', 'aws:PrincipalTag/a/b'],
    ['aws:ResourceTag/__proto__', 'aws:ResourceTag/__proto__'],
  ])('takes `%s` for the tag key `%s`', (given, key) => {
    expect(contextKeyInfo(given)).toMatchObject({ key, type: 'String', isTag: true })
  })

  it.each([
    '',
    'aws:',
    'aws:RequestTag',
    'aws:RequestTag/',
    'aws:Tagkeys/x',
    '__proto__',
    'constructor',
    'aws:__proto__',
    'docs:Classification',
    ' aws:SourceIp',
  ])('knows nothing of `%s`', (key) => {
    expect(contextKeyInfo(key)).toBeUndefined()
  })

  it('finds a key in any letter case, for every global key', () => {
    const anyKey = fc.constantFrom(...Object.keys(GLOBAL_KEYS))
    const property = fc.property(fc.mixedCase(anyKey), anyKey, (mixed, key) => {
      expect(contextKeyInfo(mixed)?.key.toLowerCase()).toBe(mixed.toLowerCase())
      expect(contextKeyInfo(key.toUpperCase())?.key).toBe(key)
    })
    fc.assert(property)
  })
})

describe('fitsKey', () => {
  it.each([
    ['ip', 'aws:SourceIp', true],
    ['string', 'aws:SourceIp', false],
    ['string', 'aws:PrincipalArn', false],
    ['arn', 'aws:PrincipalArn', true],
    ['numeric', 'aws:EpochTime', true],
    ['date', 'aws:EpochTime', true],
    ['bool', 'aws:EpochTime', false],
    ['null', 'aws:EpochTime', true],
    ['string', 'aws:RequestTag/team', true],
  ] as const)('asked for a %s operator on `%s`, says %s', (family, key, expected) => {
    const info = contextKeyInfo(key)
    expect(info && fitsKey(family, info)).toBe(expected)
  })
})
