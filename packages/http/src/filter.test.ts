import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { defineService, type PolicyDocument, type ResourceFacts, selectRows } from '@iamkit/core'
import { afterAll, describe, expect, it } from 'vitest'
import { allowAll, allowIf, ann, docsIam } from '../test/docs.js'
import { createIam } from './iam.js'
import { documents } from './policies/documents.js'
import { files } from './policies/files.js'

const sameTeam = allowIf({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })
const isEng = {
  kind: 'where',
  condition: { field: { tag: 'team' }, is: 'in', values: ['eng'] },
}

interface Row {
  readonly folder: string
  readonly id: string
  readonly team?: string
}
const rows: readonly Row[] = [
  { folder: 'f1', id: 'd1', team: 'eng' },
  { folder: 'f1', id: 'd2', team: 'ops' },
  { folder: 'f2', id: 'd3', team: 'eng' },
  { folder: 'f2', id: 'd4' },
  { folder: 'f2/..', id: 'd5', team: 'eng' },
]
const read = ({ folder, id, team }: Row): ResourceFacts => ({
  params: { folderId: folder, documentId: id },
  tags: team === undefined ? {} : { team },
})
const ids = (found: readonly Row[]) => found.map(({ id }) => id)

describe('filter', () => {
  it('asks what is known of every document', () => {
    const { iam } = docsIam(sameTeam)
    expect(iam.filter(ann, 'docs:GetDocument')).toEqual(isEng)
    expect(iam.filter(ann, 'docs:GetDocument', { resourceType: 'document' })).toEqual(isEng)
  })

  it('takes a principal without tags as well', () => {
    const { iam } = docsIam(sameTeam)
    expect(iam.filter(ann.principal, 'docs:GetDocument')).toEqual({ kind: 'none' })
    expect(docsIam(allowAll).iam.filter(ann.principal, 'docs:GetDocument')).toEqual({ kind: 'all' })
  })

  it.each([
    [{ ...ann, tag: { team: 'eng' } }, '`tag` is none of principal, tags'],
    [{ type: 'user', account: 'acme' }, 'its principal, of type `user`, has no `arn`'],
    ['ann', 'it has no `principal`'],
    [undefined, 'it has no `principal`'],
  ])('refuses a caller that is none, as `select` does: %j', (caller, problem) => {
    const { iam } = docsIam(allowAll)
    const message = `invalid request: \`identity\`: `
    expect(() => iam.filter(caller as never, 'docs:GetDocument')).toThrow(message)
    const request = { identity: caller as never, action: 'docs:GetDocument', read } as const
    expect(() => iam.select(rows, request)).toThrow(message)
    expect(() => iam.filter(caller as never, 'docs:GetDocument')).toThrow(problem)
  })

  it('knows the clock, the account and what else it is told', () => {
    const { iam } = docsIam(
      allowIf({
        DateEquals: { 'aws:CurrentTime': '2026-05-01T12:00:00Z' },
        StringEquals: { 'aws:ResourceAccount': 'acme', 'docs:Classification': 'open' },
        IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      }),
    )
    const context = { 'aws:SourceIp': '203.0.113.9', 'docs:Classification': 'open' }
    expect(iam.filter(ann, 'docs:CreateDocument', { context })).toEqual({ kind: 'all' })
    expect(iam.filter(ann, 'docs:CreateDocument')).toEqual({ kind: 'none' })
  })

  it('leaves a key that a loader may bring to the database', () => {
    const { iam } = docsIam(allowIf({ StringNotEquals: { 'docs:Classification': 'secret' } }))
    const field = { key: 'docs:Classification' }
    const excluded = { is: 'not-in', values: ['secret'] }
    expect(iam.filter(ann, 'docs:CreateDocument')).toEqual({
      kind: 'where',
      condition: {
        or: [
          { field, is: 'absent' },
          { field, ...excluded },
        ],
      },
    })
    const requiredKeys = ['docs:Classification']
    expect(iam.filter(ann, 'docs:CreateDocument', { requiredKeys })).toEqual({
      kind: 'where',
      condition: { field: { ...field, required: true }, ...excluded },
    })
  })

  it('names the statement that asks for a key with many values', () => {
    const { iam } = docsIam(allowIf({ 'ForAnyValue:StringEquals': { 'docs:Labels': 'x' } }))
    expect(() => iam.filter(ann, 'docs:CreateDocument')).toThrow(
      'cannot translate statement 0 of the identity policy `identity 0`: `docs:Labels`, a key with many values',
    )
  })

  it('narrows the ARN to the folder that is listed', () => {
    const inFirst: PolicyDocument = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'docs:*', Resource: 'arn:aws:docs::acme:folder/f1/*' },
    }
    const { iam } = docsIam(inFirst)
    const within = (folderId: string) =>
      iam.filter(ann, 'docs:GetDocument', { params: { folderId } }).kind
    expect([within('f1'), within('f2')]).toEqual(['all', 'none'])
    expect(() => within('f1/document/d1')).toThrow('`folderId`: must not hold `/`')
  })

  it.each([
    [
      'another type',
      'docs:GetDocument',
      { resourceType: 'folder' },
      'its resources are of type `document`',
    ],
    [
      'a part that the ARN has not',
      'docs:GetDocument',
      { params: { id: 'd1' } },
      'its ARN has no `{id}`',
    ],
    ['an action without a resource', 'docs:ReadStatus', {}, 'it acts on no resource'],
  ] as const)('refuses %s', (...[, action, options, problem]) => {
    const { iam } = docsIam()
    expect(() => iam.filter(ann, action, options)).toThrow(problem)
  })

  it('trusts as explicitly as its resource type', () => {
    const { iam } = docsIam()
    expect(iam.filter(ann, 'docs:UseKey')).toEqual({ kind: 'none' })
  })

  it('asks no source that answers for one resource at a time', () => {
    const source = documents({ identity: [allowAll] })
    const { iam } = docsIam(allowAll, { policies: (question) => source(question) })
    expect(() => iam.filter(ann, 'docs:GetDocument')).toThrow(
      'no policies: the policy source does not say which policies all resources share',
    )
  })

  it('writes the ARN of a service with a partition and a region', () => {
    const notes = defineService('notes', {
      partition: 'app',
      region: 'eu',
      resources: { note: { arn: 'note/{noteId}' } },
      actions: { GetNote: { resource: 'note', access: 'Read' } },
    })
    const policy = (Resource: string): PolicyDocument => ({
      Statement: { Effect: 'Allow', Action: '*', Resource },
    })
    const filter = (Resource: string) =>
      createIam({
        services: [notes],
        account: 'acme',
        policies: documents({ identity: [policy(Resource)] }),
        identify: () => undefined,
      }).filter(
        { type: 'user', account: 'acme', arn: 'arn:app:iam::acme:user/ann' },
        'notes:GetNote',
      )
    expect(filter('arn:app:notes:eu:acme:note/*')).toEqual({ kind: 'all' })
    expect(filter('arn:app:notes:us:acme:note/*')).toEqual({ kind: 'none' })
  })
})

describe('select', () => {
  it('keeps the rows that the caller may use', () => {
    const { iam } = docsIam(sameTeam)
    const found = iam.select(rows, { identity: ann, action: 'docs:GetDocument', read })
    expect(ids(found)).toEqual(['d1', 'd3'])
  })

  it('is what the filter selects', () => {
    const { iam } = docsIam(allowIf({ StringNotEquals: { 'aws:ResourceTag/team': 'ops' } }))
    const found = iam.select(rows, { identity: ann, action: 'docs:GetDocument', read })
    expect(ids(found)).toEqual(['d1', 'd3', 'd4'])
    expect(selectRows(iam.filter(ann, 'docs:GetDocument'), rows, read)).toEqual(found)
  })

  it('decides where no filter can', () => {
    const { iam } = docsIam(allowIf({ NumericLessThan: { 'aws:ResourceTag/team': '5' } }))
    const numbered = [
      { folder: 'f1', id: 'd1', team: '3' },
      { folder: 'f1', id: 'd2', team: '7' },
    ]
    const request = { identity: ann, action: 'docs:GetDocument', read } as const
    expect(() => iam.filter(ann, 'docs:GetDocument')).toThrow('cannot translate')
    expect(ids(iam.select(numbered, request))).toEqual(['d1'])
  })

  it('lets through what is wrong with the app', () => {
    const { iam } = docsIam(allowAll, {
      policies: () => {
        throw new Error('down')
      },
    })
    const request = { identity: ann, action: 'docs:GetDocument', read } as const
    expect(() => iam.select(rows, request)).toThrow('no policies: the policy source failed')
  })
})

describe('filter on policy files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'iamkit-filter-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const put = (file: string, policy: PolicyDocument) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), JSON.stringify(policy))
  }
  const denied: PolicyDocument = {
    Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' },
  }
  put('acme/identity/everyone/all.json', allowAll)
  put('acme/resource/docs/folder/f1.json', denied)
  put('acme/resource/docs/key/k1.json', denied)
  const { iam } = docsIam(allowAll, { policies: files(folder) })

  it('does not overlook a policy that only some resources have', () => {
    expect(() => iam.filter(ann, 'docs:GetDocument')).toThrow(
      'cannot translate the filter: `acme/resource/docs/folder/f1.json` is attached to only some of what is listed',
    )
    expect(ids(iam.select(rows, { identity: ann, action: 'docs:GetDocument', read }))).toEqual([
      'd3',
      'd4',
    ])
  })

  it('uses the policy that all of a folder have', () => {
    const within = (folderId: string) =>
      iam.filter(ann, 'docs:GetDocument', { params: { folderId } })
    expect(within('f1')).toEqual({ kind: 'none' })
    expect(within('f2')).toEqual({ kind: 'all' })
  })
})
