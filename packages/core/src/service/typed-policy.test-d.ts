import { describe, expectTypeOf, it } from 'vitest'
import type { PolicyDocument } from '../policy/document.js'
import { defineService } from './service.js'
import type { TypedCondition, TypedPolicy } from './typed-policy.js'

const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}' },
    document: { arn: 'folder/{folderId}/document/{documentId}' },
  },
  conditionKeys: {
    'docs:Classification': 'String',
    'docs:PageCount': 'Numeric',
    'docs:Published': 'Date',
    'docs:IsDraft': 'Bool',
    'docs:Editor': 'IP',
    'docs:Source': 'ARN',
    'docs:Digest': 'Binary',
    'docs:Labels': { type: 'String', multivalued: true },
    'docs:Title': { type: 'String', multivalued: false },
  },
  actions: {
    GetDocument: { resource: 'document', access: 'Read' },
    GetDocumentVersion: { resource: 'document', access: 'Read' },
    ListDocuments: { resource: 'folder', access: 'List' },
  },
})
const billing = defineService('billing', {
  conditionKeys: { 'billing:Amount': 'Numeric' },
  actions: { PayInvoice: { access: 'Write' } },
})
const base = { Effect: 'Allow', Action: 'docs:GetDocument', Resource: '*' } as const
const when = (Condition: TypedCondition<typeof docs>) => docs.policy([{ ...base, Condition }])

describe('policy', () => {
  it('gives what parsePolicy takes', () => {
    expectTypeOf(docs.policy([base])).toExtend<PolicyDocument>()
    expectTypeOf<TypedPolicy<typeof docs>>().toExtend<PolicyDocument>()
  })

  it('takes actions, their useful wildcards and stars', () => {
    docs.policy([
      {
        Effect: 'Allow',
        Action: [
          'docs:GetDocument',
          'docs:Get*',
          'docs:GetDocument*',
          'docs:*Version',
          'docs:*',
          '*',
        ],
        Resource: '*',
      },
      { Effect: 'Deny', NotAction: 'docs:List*', NotResource: 'arn:aws:docs::acme:folder/f1' },
      { Effect: 'Allow', Principal: { AWS: 'acme' }, Action: '*' },
    ])
  })

  it('refuses actions that are not the service’s', () => {
    // @ts-expect-error misspelt
    docs.policy([{ ...base, Action: 'docs:GetDocumnt' }])
    // @ts-expect-error misspelt, in a list
    docs.policy([{ ...base, Action: ['docs:GetDocument', 'docs:Gte*'] }])
    // @ts-expect-error of another service
    docs.policy([{ ...base, Action: 's3:GetObject' }])
    // @ts-expect-error without prefix
    docs.policy([{ ...base, Action: 'GetDocument' }])
    // @ts-expect-error of another service
    docs.policy([{ Effect: 'Deny', NotAction: 'billing:PayInvoice', Resource: '*' }])
  })

  it('takes patterns among the service’s ARNs', () => {
    docs.policy([
      {
        ...base,
        Resource: [
          'arn:aws:docs::acme:folder/f1',
          'arn:aws:docs:*:*:folder/*',
          'arn:aws:docs::acme:folder/${aws:username}/document/*',
          'arn:aws:docs::acme:*',
          'arn:aws:docs:*',
          docs.arn.folder({ account: 'acme', folderId: 'f1' }),
        ],
      },
    ])
  })

  it('refuses foreign ARNs and unknown resource types', () => {
    // @ts-expect-error of another service
    docs.policy([{ ...base, Resource: 'arn:aws:s3:::bucket' }])
    // @ts-expect-error of another partition
    docs.policy([{ ...base, Resource: 'arn:app:docs::acme:folder/f1' }])
    // @ts-expect-error no such resource type
    docs.policy([{ ...base, Resource: 'arn:aws:docs::acme:fodler/f1' }])
    // @ts-expect-error no ARN
    docs.policy([{ ...base, Resource: 'folder/f1' }])
  })

  it('refuses what is not an element, twice or missing', () => {
    // @ts-expect-error misspelt
    docs.policy([{ ...base, Resuorce: '*' }])
    // @ts-expect-error mis-cased
    docs.policy([{ ...base, Effect: 'allow' }])
    // @ts-expect-error no Effect
    docs.policy([{ Action: '*', Resource: '*' }])
    // @ts-expect-error neither Action nor NotAction
    docs.policy([{ Effect: 'Allow', Resource: '*' }])
    // @ts-expect-error both
    docs.policy([{ ...base, NotAction: '*' }])
    // @ts-expect-error both
    docs.policy([{ ...base, NotResource: '*' }])
  })

  it('takes a whole document of the version that knows variables', () => {
    docs.policy({ Version: '2012-10-17', Id: 'x', Statement: [base] })
    docs.policy({ $schema: './docs.json', Version: '2012-10-17', Statement: base })
    // @ts-expect-error variables would stay literal text
    docs.policy({ Version: '2008-10-17', Statement: [base] })
    // @ts-expect-error no version is the old version
    docs.policy({ Statement: [base] })
    // @ts-expect-error misspelt, in a document
    docs.policy({ Version: '2012-10-17', Statement: [{ ...base, Action: 'docs:GetDocumnt' }] })
  })
})

describe('TypedCondition', () => {
  it('takes own and global keys under the operators of their type', () => {
    when({
      StringEquals: { 'docs:Classification': ['a', 'b'], 'docs:Title': 'x', 'aws:username': 'ada' },
      StringNotLikeIfExists: { 'aws:RequestTag/team': '${aws:PrincipalTag/team}' },
      NumericLessThan: { 'docs:PageCount': 10, 'aws:MultiFactorAuthAge': ['60', 3600] },
      DateGreaterThanIfExists: { 'docs:Published': '2026-01-01T00:00:00Z' },
      Bool: { 'aws:SecureTransport': true, 'docs:IsDraft': 'false' },
      IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'], 'docs:Editor': '::1' },
      ArnLike: { 'docs:Source': 'arn:aws:iam::${aws:PrincipalAccount}:role/*' },
      BinaryEquals: { 'docs:Digest': 'AAEC' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
      'ForAnyValue:StringLikeIfExists': { 'docs:Labels': 'x*' },
      Null: { 'aws:TagKeys': false, 'docs:Digest': 'true', 'aws:ResourceTag/team': true },
    })
  })

  it('takes a key of two types under the operators of both', () => {
    when({
      DateLessThan: { 'aws:EpochTime': 1767225600 },
      NumericLessThan: { 'aws:EpochTime': 1767225600 },
    })
  })

  it('refuses a numeric key under a string operator', () => {
    // @ts-expect-error PageCount is Numeric
    when({ StringEquals: { 'docs:PageCount': '5' } })
    // @ts-expect-error MultiFactorAuthAge is Numeric
    when({ StringLike: { 'aws:MultiFactorAuthAge': '5' } })
  })

  it('refuses every other operator that does not fit', () => {
    // @ts-expect-error Classification is a String
    when({ NumericEquals: { 'docs:Classification': 5 } })
    // @ts-expect-error Published is a Date
    when({ NumericEquals: { 'docs:Published': 5 } })
    // @ts-expect-error PageCount is Numeric
    when({ DateEquals: { 'docs:PageCount': 5 } })
    // @ts-expect-error Classification is a String
    when({ Bool: { 'docs:Classification': true } })
    // @ts-expect-error SourceIp is an IP
    when({ StringEquals: { 'aws:SourceIp': '203.0.113.9' } })
    // @ts-expect-error Classification is a String
    when({ IpAddress: { 'docs:Classification': '203.0.113.9' } })
    // @ts-expect-error PrincipalArn is an ARN
    when({ StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::acme:role/x' } })
    // @ts-expect-error Classification is a String
    when({ ArnLike: { 'docs:Classification': 'arn:aws:iam::acme:role/x' } })
    // @ts-expect-error Digest is Binary
    when({ StringEquals: { 'docs:Digest': 'AAEC' } })
    // @ts-expect-error Classification is a String
    when({ BinaryEquals: { 'docs:Classification': 'AAEC' } })
    // @ts-expect-error a tag is a String
    when({ NumericEquals: { 'aws:RequestTag/size': 5 } })
  })

  it('refuses set operators on one value, and others on a list', () => {
    // @ts-expect-error Labels holds a list
    when({ StringEquals: { 'docs:Labels': 'x' } })
    // @ts-expect-error TagKeys holds a list
    when({ StringEquals: { 'aws:TagKeys': 'x' } })
    // @ts-expect-error Classification holds one value
    when({ 'ForAllValues:StringEquals': { 'docs:Classification': 'x' } })
    // @ts-expect-error Title holds one value
    when({ 'ForAnyValue:StringEquals': { 'docs:Title': 'x' } })
    // @ts-expect-error a tag holds one value
    when({ 'ForAllValues:StringEquals': { 'aws:RequestTag/team': 'x' } })
  })

  it('refuses values of another type', () => {
    // @ts-expect-error no number
    when({ NumericEquals: { 'docs:PageCount': 'many' } })
    // @ts-expect-error variables are for String and ARN
    when({ NumericEquals: { 'docs:PageCount': '${aws:EpochTime}' } })
    // @ts-expect-error no date
    when({ DateEquals: { 'docs:Published': 'tomorrow' } })
    // @ts-expect-error no boolean
    when({ Bool: { 'docs:IsDraft': 'yes' } })
    // @ts-expect-error both booleans say nothing
    when({ Bool: { 'docs:IsDraft': [true, false] } })
    // @ts-expect-error no address
    when({ IpAddress: { 'aws:SourceIp': 'localhost' } })
    // @ts-expect-error variables are for String and ARN
    when({ IpAddress: { 'aws:SourceIp': '${aws:VpcSourceIp}' } })
    // @ts-expect-error fewer than six parts never match
    when({ ArnLike: { 'docs:Source': 'arn:aws:iam::*' } })
    // @ts-expect-error no text
    when({ StringEquals: { 'docs:Classification': 5 } })
    // @ts-expect-error no boolean
    when({ Null: { 'docs:Labels': 'x' } })
  })

  it('refuses unknown operators and keys', () => {
    // @ts-expect-error no such operator
    when({ StringEqual: { 'docs:Classification': 'x' } })
    // @ts-expect-error Null takes no suffix
    when({ NullIfExists: { 'docs:Labels': true } })
    // @ts-expect-error Null takes no prefix
    when({ 'ForAllValues:Null': { 'docs:Labels': true } })
    // @ts-expect-error no such prefix
    when({ 'ForSomeValues:StringEquals': { 'docs:Labels': 'x' } })
    // @ts-expect-error no such key
    when({ StringEquals: { 'docs:Clasification': 'x' } })
    // @ts-expect-error no such global key
    when({ StringEquals: { 'aws:UserName': 'x' } })
    // @ts-expect-error a key of another service
    when({ NumericEquals: { 'billing:Amount': 5 } })
    // @ts-expect-error no such key
    when({ Null: { 'docs:Clasification': true } })
  })
})

describe('TypedPolicy', () => {
  it('lets several services meet in one policy', () => {
    const policy: TypedPolicy<typeof docs | typeof billing> = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: ['docs:Get*', 'billing:PayInvoice'],
        Resource: ['arn:aws:docs::acme:folder/*', 'arn:aws:billing:*'],
        Condition: { NumericLessThan: { 'docs:PageCount': 5, 'billing:Amount': 100 } },
      },
    }
    expectTypeOf(policy).toExtend<PolicyDocument>()
  })
})
