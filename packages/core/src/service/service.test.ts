import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RequestError } from '../errors.js'
import { parsePolicy } from '../policy/parse.js'
import { defineService } from './service.js'

const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}', tags: true },
    document: { arn: 'folder/{folderId}/document/{documentId}', tags: true },
    key: { arn: 'key:{keyId}', trust: 'explicit' },
    settings: { arn: 'settings' },
  },
  conditionKeys: {
    'docs:Classification': 'String',
    'docs:Labels': { type: 'String', multivalued: true },
  },
  actions: {
    GetDocument: { resource: 'document', access: 'Read' },
    CreateFolder: {
      resource: 'folder',
      access: 'Write',
      requestTags: true,
      keys: ['docs:Classification'],
    },
    UseKey: { resource: 'key', access: 'Write' },
    Ping: { access: 'Read' },
  },
})
const regional = defineService('jobs', {
  partition: 'app',
  region: 'eu-west-1',
  resources: { job: { arn: 'job/{id}' } },
  actions: { RunJob: { resource: 'job', access: 'Write' } },
})

/** Text with the characters that matter to ARNs, well-formed or not. */
const anyPart = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'ab.-%/:*?${}\\ \u0000\n\u0085'.split(''), '\ud800', '\udc00', '😀'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
    ),
    { maxLength: 6 },
  )
  .map((characters) => characters.join(''))
const plainPart = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
const eitherPart = fc.oneof({ arbitrary: plainPart, weight: 4 }, { arbitrary: anyPart, weight: 1 })
const anyAccount = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/)
const anyParts = fc.record({
  account: fc.oneof({ arbitrary: anyAccount, weight: 4 }, { arbitrary: anyPart, weight: 1 }),
  folderId: eitherPart,
  documentId: eitherPart,
})

describe('arn', () => {
  it('puts an account and parameters together', () => {
    const arn = docs.arn.document({ account: 'acme', folderId: 'f1', documentId: 'd1' })
    expect(arn).toBe('arn:aws:docs::acme:folder/f1/document/d1')
  })

  it('takes partition and region from the definition', () => {
    const arn = regional.arn.job({ account: '123456789012', id: '7' })
    expect(arn).toBe('arn:app:jobs:eu-west-1:123456789012:job/7')
  })

  it('leaves percent signs alone', () => {
    const arn = docs.arn.folder({ account: 'acme', folderId: 'a%2Fb' })
    expect(arn).toBe('arn:aws:docs::acme:folder/a%2Fb')
  })

  it.each([
    [{ folderId: 'a/b' }, 'invalid request: `folderId`: must not hold `/`'],
    [{ folderId: '..' }, 'invalid request: `folderId`: must not be `..`'],
    [{ folderId: '*' }, 'invalid request: `folderId`: must not hold `*`'],
    [{ folderId: '${aws:username}' }, 'invalid request: `folderId`: must not hold `$`'],
    [{ folderId: 'a\u0000' }, 'invalid request: `folderId`: must not hold U+0000'],
    [{ folderId: '' }, 'invalid request: `folderId`: must not be empty'],
    [
      { account: '*' },
      'invalid request: `account`: must be twelve digits or a name of 1 to 63 lower-case letters, digits and hyphens',
    ],
    [
      { account: '' },
      'invalid request: `account`: must be twelve digits or a name of 1 to 63 lower-case letters, digits and hyphens',
    ],
  ])('refuses %j: %s', (parts, message) => {
    const build = () => docs.arn.folder({ account: 'acme', folderId: 'f1', ...parts })
    expect(build).toThrow(message)
    expect(build).toThrow(RequestError)
  })

  it('names the parameter that is wrong', () => {
    const build = () => docs.arn.document({ account: 'acme', folderId: 'f1', documentId: 'd/1' })
    expect(build).toThrow(expect.objectContaining({ key: 'documentId' }))
  })

  it.each([
    [{ account: 'acme' }],
    [Object.create({ account: 'acme', folderId: 'f1' })],
    [JSON.parse('{"account":"acme","__proto__":{"folderId":"f1"}}')],
    [null],
    [undefined],
    [{ account: 'acme', folderId: ['f1'] }],
  ])('takes own text properties only, and so refuses %j', (parts) => {
    expect(() => docs.arn.folder(parts)).toThrow(RequestError)
  })

  it('refuses an ARN of more than 2048 characters', () => {
    const names = Array.from({ length: 9 }, (_, i) => `p${i}`)
    const long = defineService('long', {
      resources: { thing: { arn: names.map((name) => `{${name}}`).join('/') } },
      actions: { Get: { resource: 'thing', access: 'Read' } },
    })
    const parts = Object.fromEntries(names.map((name) => [name, 'x'.repeat(256)]))
    expect(() => long.arn.thing({ account: 'acme', ...parts } as never)).toThrow(
      'invalid request: `arn`: longer than 2048 characters',
    )
  })

  it('has no builder but those of the resource types', () => {
    expect(Object.keys(docs.arn)).toEqual(['folder', 'document', 'key', 'settings'])
    expect('constructor' in docs.arn).toBe(false)
  })
})

describe('match', () => {
  it('names the resource type, the account and the parameters', () => {
    expect(docs.match('arn:aws:docs::acme:folder/f1/document/d1')).toEqual({
      resourceType: 'document',
      account: 'acme',
      params: { folderId: 'f1', documentId: 'd1' },
    })
    expect(docs.match('arn:aws:docs::acme:settings')).toEqual({
      resourceType: 'settings',
      account: 'acme',
      params: {},
    })
  })

  it.each([
    '',
    '*',
    'folder/f1',
    'arn:aws:docs::acme',
    'arn:aws:docs::acme:',
    'arn:aws:docs:::folder/f1',
    'arn:aws:docs::ACME:folder/f1',
    'arn:aws:docs::*:folder/f1',
    'arn:aws:docs:eu-west-1:acme:folder/f1',
    'arn:app:docs::acme:folder/f1',
    'arn:aws:jobs::acme:folder/f1',
    'arn:aws:docs::acme:folder/*',
    'arn:aws:docs::acme:folder/f1/',
    'arn:aws:docs::acme:folder/f1/document/..',
    'arn:aws:docs::acme:FOLDER/f1',
    `arn:aws:docs::acme:folder/${'x'.repeat(3000)}`,
  ])('knows nothing of `%s`', (arn) => {
    expect(docs.match(arn)).toBeUndefined()
  })

  it('undoes the builder, for every part that the builder takes', () => {
    const property = fc.property(anyParts, ({ account, ...params }) => {
      let arn: string
      try {
        arn = docs.arn.document({ account, ...params })
      } catch (error) {
        expect(error).toBeInstanceOf(RequestError)
        return
      }
      expect(docs.match(arn)).toEqual({ resourceType: 'document', account, params })
      expect(arn.split(/[/:]/)).toHaveLength(9)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('knows only what a builder builds, for every text near an ARN', () => {
    const nearArn = fc
      .tuple(
        fc.constantFrom('acme', '', 'A'),
        fc.array(fc.oneof(anyPart, fc.constantFrom('folder/', 'key:', '/document/', 'settings')), {
          maxLength: 4,
        }),
      )
      .map(([account, rest]) => `arn:aws:docs::${account}:${rest.join('')}`)
    const property = fc.property(nearArn, (arn) => {
      const match = docs.match(arn)
      if (!match) return
      const build = docs.arn[match.resourceType] as (parts: object) => string
      expect(build({ account: match.account, ...match.params })).toBe(arn)
    })
    fc.assert(property, { numRuns: 5000 })
  })
})

describe('actionInfo', () => {
  it('says what a guard needs to know', () => {
    expect(docs.actionInfo('docs:CreateFolder')).toEqual({
      action: 'docs:CreateFolder',
      access: 'Write',
      resource: {
        resourceType: 'folder',
        params: ['folderId'],
        hasTags: true,
        trust: 'implicit',
      },
      takesRequestTags: true,
      keys: ['docs:Classification'],
    })
  })

  it('has no resource for an action that is evaluated on `*`', () => {
    expect(docs.actionInfo('docs:Ping')).toEqual({
      action: 'docs:Ping',
      access: 'Read',
      takesRequestTags: false,
      keys: [],
    })
  })

  it('says which resources need their own policy', () => {
    expect(docs.actionInfo('docs:UseKey')?.resource?.trust).toBe('explicit')
  })

  it('ignores letter case, as policies do', () => {
    expect(docs.actionInfo('DOCS:getdocument')?.action).toBe('docs:GetDocument')
  })

  it.each(['docs:GetDocumnt', 'GetDocument', 's3:GetDocument', 'docs:*', '__proto__', ''])(
    'knows nothing of `%s`',
    (action) => {
      expect(docs.actionInfo(action)).toBeUndefined()
    },
  )
})

describe('keyInfo', () => {
  it('knows the own keys of the service', () => {
    expect(docs.keyInfo('DOCS:labels')).toEqual({
      key: 'docs:Labels',
      type: 'String',
      isMultivalued: true,
      isTag: false,
      isSensitive: false,
    })
  })

  it('knows the global keys', () => {
    expect(docs.keyInfo('aws:SourceIp')?.type).toBe('IP')
  })

  it('knows no other', () => {
    expect(docs.keyInfo('docs:Nope')).toBeUndefined()
    expect(docs.keyInfo('__proto__')).toBeUndefined()
  })
})

describe('policy', () => {
  it('makes a document of statements, in the version that knows variables', () => {
    const policy = docs.policy([{ Effect: 'Allow', Action: 'docs:Get*', Resource: '*' }])
    expect(policy).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'docs:Get*', Resource: '*' }],
    })
  })

  it('gives what parsePolicy takes', () => {
    const policy = docs.policy([
      {
        Sid: 'OwnTeamOnly',
        Effect: 'Allow',
        Action: ['docs:Get*', 'docs:CreateFolder'],
        Resource: 'arn:aws:docs::*:folder/*',
        Condition: {
          StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
        },
      },
    ])
    expect(parsePolicy(policy).statements).toHaveLength(1)
  })

  it('gives a document back as it is', () => {
    const document = {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: '*', Resource: '*' },
    } as const
    expect(docs.policy(document)).toBe(document)
  })
})

describe('defineService', () => {
  it('lists the actions, prefix included', () => {
    expect(docs.actions).toEqual([
      'docs:GetDocument',
      'docs:CreateFolder',
      'docs:UseKey',
      'docs:Ping',
    ])
  })

  it('freezes what it gives', () => {
    for (const value of [
      docs,
      docs.arn,
      docs.actions,
      docs.definition,
      docs.definition.resources?.folder,
      docs.actionInfo('docs:UseKey'),
      docs.actionInfo('docs:UseKey')?.resource,
      docs.actionInfo('docs:UseKey')?.resource?.params,
    ]) {
      expect(Object.isFrozen(value)).toBe(true)
    }
  })

  it('does not follow a definition that changes later', () => {
    const actions = { Get: { access: 'Read' as const } }
    const service = defineService('mine', { actions })
    Object.assign(actions, { Put: { access: 'Write' } })
    expect(Object.isFrozen(actions)).toBe(false)
    expect(service.definition.actions).toEqual({ Get: { access: 'Read' } })
  })

  it('refuses a definition that contradicts itself', () => {
    const define = () => defineService('docs', { actions: { 'Get*': { access: 'Read' } } })
    expect(define).toThrow(expect.objectContaining({ code: 'ERR_SERVICE_INVALID' }))
  })
})
