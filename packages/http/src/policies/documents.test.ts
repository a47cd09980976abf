import { describe, expect, it } from 'vitest'
import { docsIam } from '../../test/docs.js'
import { type DocumentsOptions, documents, type PolicyDocuments } from './documents.js'

const policy = { Statement: { Effect: 'Allow', Action: 'docs:*', Resource: '*' } } as const

describe('documents', () => {
  it.each([
    [
      { identity: [policy], boundry: policy },
      'invalid option `boundry`: is no option of `documents`; there are identity, resource, boundary',
    ],
    [[policy], 'invalid option `options`: must be an object'],
    [{ identity: policy }, 'invalid option `identity`: must be a list'],
    [
      { identity: [{ Statement: { Effect: 'Allow' } }] },
      'invalid policy `identity 0`: /Statement: missing action; expected `Action`; and 1 more',
    ],
  ])('refuses %j', (all, message) => {
    expect(() => documents(all as never)).toThrow(message)
  })

  it.each([
    [
      'docs:GetDocumnet',
      'invalid option `policies`: identity 1, /Statement/0/Action: `docs:GetDocumnet` is no action of `docs`, which has ' +
        'docs:ListDocuments, docs:GetDocument, docs:CreateDocument, docs:UseKey, docs:ReadStatus',
    ],
    [
      's3:GetObject',
      'invalid option `policies`: identity 1, /Statement/0/Action: `s3:GetObject` is no action of this app, which has `docs`; ' +
        "for a policy that speaks of others too, name them: `otherServices: ['s3']`",
    ],
  ])('may not deny `%s`, which is no action of the app', (Action, message) => {
    const deny = { Statement: { Effect: 'Deny', Action, Resource: '*' } } as const
    expect(() => iamWith({ identity: [policy, deny] })).toThrow(message)
  })

  it('may not bound by an action that the app lacks, nor leave one out', () => {
    const bound = {
      Statement: { Effect: 'Allow', NotAction: 'docs:Delete*', Resource: '*' },
    } as const
    expect(() => iamWith({ identity: [policy], boundary: bound })).toThrow(
      '`policies`: boundary, /Statement/0/NotAction: `docs:Delete*` is no action of `docs`',
    )
  })

  it('may speak of other services where these are named', () => {
    const deny = { Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } } as const
    expect(() => iamWith({ identity: [policy, deny] }, { otherServices: ['S3'] })).not.toThrow()
  })

  it('hears of every service that it is used for', () => {
    const policies = documents({ identity: [policy] })
    docsIam(undefined, { policies })
    expect(() => docsIam(undefined, { policies })).not.toThrow()
  })
})

function iamWith(all: PolicyDocuments, options?: DocumentsOptions) {
  return docsIam(undefined, { policies: documents(all, options) })
}
