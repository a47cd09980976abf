import { describe, expect, it } from 'vitest'
import { type JsonSchema, policySchema } from './policy-schema.js'
import { defineService } from './service.js'

const docs = defineService('docs', {
  resources: {
    folder: { arn: 'folder/{folderId}' },
    document: { arn: 'folder/{folderId}/document/{documentId}' },
    settings: { arn: 'settings.v1' },
  },
  conditionKeys: {
    'docs:PageCount': 'Numeric',
    'docs:Digest': 'Binary',
    'docs:Labels': { type: 'String', multivalued: true },
  },
  actions: {
    GetDocument: { resource: 'document', access: 'Read' },
    ListDocuments: { resource: 'folder', access: 'List' },
  },
})
const billing = defineService('billing', {
  partition: 'app',
  region: 'eu-west-1',
  conditionKeys: { 'billing:Amount': 'Numeric' },
  actions: { PayInvoice: { access: 'Write' } },
})

const statement = { Effect: 'Allow', Action: 'docs:GetDocument', Resource: '*' }
const schema = docs.jsonSchema()

function accepts(policy: unknown, against = schema): boolean {
  return isValid(policy, against, against)
}

function acceptsStatement(parts: object, against = schema): boolean {
  return accepts({ Version: '2012-10-17', Statement: [{ ...statement, ...parts }] }, against)
}

describe('policySchema', () => {
  it('is JSON, and says which draft it is written in', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(schema.title).toBe('IAM policy for docs')
  })

  it.each([
    [{ Version: '2012-10-17', Statement: statement }],
    [{ $schema: './docs.schema.json', Id: 'x', Statement: [statement, statement] }],
    [{ Statement: { Sid: 'A', Effect: 'Deny', NotAction: ['docs:*'], NotResource: ['*'] } }],
    [{ Statement: { Effect: 'Allow', Principal: '*', Action: '*' } }],
    [{ Statement: { Effect: 'Deny', NotPrincipal: { AWS: ['a', 'b'] }, Action: '*' } }],
  ])('takes %j', (policy) => {
    expect(accepts(policy)).toBe(true)
  })

  it.each([
    [[]],
    [{}],
    [{ Statement: [] }],
    [{ Version: '2012-10-18', Statement: statement }],
    [{ Statement: statement, statement }],
    [{ Statement: { ...statement, Efect: 'Allow' } }],
    [{ Statement: { ...statement, Effect: 'allow' } }],
    [{ Statement: { Action: '*', Resource: '*' } }],
    [{ Statement: { Effect: 'Allow', Resource: '*' } }],
    [{ Statement: { ...statement, NotAction: '*' } }],
    [{ Statement: { ...statement, NotResource: '*' } }],
    [{ Statement: { ...statement, Principal: '*', NotPrincipal: '*' } }],
    [{ Statement: { ...statement, Principal: 'everyone' } }],
    [{ Statement: { ...statement, Principal: { Aws: '*' } } }],
    [{ Statement: { ...statement, Action: [] } }],
  ])('refuses %j', (policy) => {
    expect(accepts(policy)).toBe(false)
  })

  it('completes actions and their useful wildcards', () => {
    expect(schema).toHaveProperty('$defs.action.anyOf.0.enum', [
      '*',
      'docs:*',
      'docs:GetDocument',
      'docs:ListDocuments',
      'docs:Get*',
      'docs:GetDocument*',
      'docs:*Document',
      'docs:List*',
      'docs:ListDocuments*',
      'docs:*Documents',
    ])
  })

  it.each([
    ['docs:G?t*', true],
    ['docs:*', true],
    ['*', true],
    ['docs:GetDocumnt', false],
    ['docs:getDocument', false],
    ['docs:Get Doc*', false],
    ['doc*:GetDocument', false],
    ['s3:*', false],
    ['xdocs:*', false],
  ])('asked for the action `%s`, says %s', (Action, expected) => {
    expect(acceptsStatement({ Action })).toBe(expected)
  })

  it('completes the ARNs of each resource type', () => {
    expect(schema).toHaveProperty('$defs.resource.anyOf.0.enum', [
      '*',
      'arn:aws:docs::*:folder/*',
      'arn:aws:docs::*:folder/*/document/*',
      'arn:aws:docs::*:settings.v1',
    ])
  })

  it.each([
    ['arn:aws:docs::acme:folder/f1', true],
    ['arn:aws:docs:*:*:folder/${aws:username}/*', true],
    ['arn:aws:docs:*', true],
    ['arn:aws:docs::acme:*', true],
    ['arn:aws:docs::acme:settings.v1', true],
    ['arn:aws:docs::acme:settingsxv1', false],
    ['arn:aws:docs::acme:fodler/f1', false],
    ['arn:aws:docs::${aws:PrincipalAccount}:folder/f1', false],
    ['arn:aws:s3:::bucket', false],
    ['arn:app:docs::acme:folder/f1', false],
    ['folder/f1', false],
  ])('asked for the resource `%s`, says %s', (Resource, expected) => {
    expect(acceptsStatement({ Resource })).toBe(expected)
  })

  it.each([
    [{ StringEquals: { 'aws:RequestTag/team': '${aws:PrincipalTag/team}' } }, true],
    [{ StringNotLikeIfExists: { 'aws:username': ['a*', 'b*'] } }, true],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'], 'docs:Labels': 'x' } }, true],
    [{ 'ForAnyValue:StringLikeIfExists': { 'docs:Labels': ['x*'] } }, true],
    [{ NumericLessThan: { 'docs:PageCount': 10 } }, true],
    [{ NumericLessThan: { 'docs:PageCount': ['1e3', '-0.5'] } }, true],
    [{ NumericLessThan: { 'docs:PageCount': 'many' } }, false],
    [{ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, true],
    [{ DateGreaterThan: { 'aws:CurrentTime': 1767225600 } }, true],
    [{ DateGreaterThan: { 'aws:CurrentTime': 'tomorrow' } }, false],
    [{ NumericLessThan: { 'aws:EpochTime': 5 }, DateLessThan: { 'aws:EpochTime': 5 } }, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, true],
    [{ Bool: { 'aws:SecureTransport': 'no' } }, false],
    [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } }, true],
    [{ IpAddress: { 'aws:SourceIp': '${aws:SourceIp}' } }, false],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }, true],
    [{ ArnLike: { 'aws:PrincipalArn': 'role/*' } }, false],
    [{ BinaryEquals: { 'docs:Digest': 'AAEC' } }, true],
    [{ BinaryEquals: { 'docs:Digest': 7 } }, false],
    [{ Null: { 'aws:TagKeys': true, 'aws:RequestTag/team': 'false' } }, true],
    [{ NullIfExists: { 'aws:TagKeys': true } }, false],
    [{ StringEquals: { 'aws:SourceIp': '203.0.113.9' } }, false],
    [{ StringEquals: { 'docs:PageCount': '5' } }, false],
    [{ StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::acme:role/x' } }, false],
    [{ StringEquals: { 'aws:TagKeys': 'team' } }, false],
    [{ 'ForAllValues:StringEquals': { 'aws:username': 'ada' } }, false],
    [{ 'ForAllValues:StringEquals': { 'aws:RequestTag/team': 'eng' } }, false],
    [{ StringEquals: { 'aws:RequestTag/': 'eng' } }, false],
    [{ StringEquals: { 'docs:Nope': 'x' } }, false],
    [{ stringEquals: { 'aws:username': 'ada' } }, false],
    [{ 'ForAllValue:StringEquals': { 'aws:TagKeys': 'team' } }, false],
  ])('asked for the condition %j, says %s', (Condition, expected) => {
    expect(acceptsStatement({ Condition })).toBe(expected)
  })

  it('takes nothing but stars where there is no service', () => {
    const none = policySchema([])
    expect(acceptsStatement({ Action: '*' }, none)).toBe(true)
    expect(acceptsStatement({ Action: 'docs:*' }, none)).toBe(false)
    expect(acceptsStatement({ Action: '*', Resource: 'arn:aws:docs:*' }, none)).toBe(false)
  })

  it('lets several services meet in one policy', () => {
    const both = policySchema([docs, billing])
    const parts = {
      Action: ['docs:GetDocument', 'billing:PayInvoice'],
      Resource: ['arn:aws:docs::acme:folder/*', 'arn:app:billing:*'],
      Condition: { NumericLessThan: { 'docs:PageCount': 5, 'billing:Amount': 100 } },
    }
    expect(both.title).toBe('IAM policy for docs, billing')
    expect(acceptsStatement(parts, both)).toBe(true)
    expect(acceptsStatement(parts)).toBe(false)
  })
})

/** As much of JSON Schema as the schemas here use; an unknown keyword is an error. */
function isValid(value: unknown, part: JsonSchema, root: JsonSchema): boolean {
  const all = (parts: unknown) => (parts as JsonSchema[]).map((one) => isValid(value, one, root))
  return Object.entries(part).every(([keyword, rule]) => {
    switch (keyword) {
      case '$schema':
      case 'title':
      case '$defs':
      case 'additionalProperties':
      case 'patternProperties':
        return true
      case '$ref':
        return isValid(value, definition(root, String(rule)), root)
      case 'type':
        return [rule].flat().some((type) => isOfType(value, String(type)))
      case 'const':
        return value === rule
      case 'enum':
        return (rule as unknown[]).includes(value)
      case 'pattern':
        return typeof value !== 'string' || new RegExp(String(rule), 'u').test(value)
      case 'minItems':
        return !Array.isArray(value) || value.length >= Number(rule)
      case 'items':
        return (
          !Array.isArray(value) || value.every((item) => isValid(item, rule as JsonSchema, root))
        )
      case 'required':
        return (rule as string[]).every((name) => Object.hasOwn(Object(value), name))
      case 'properties':
        return hasValidProperties(value, part, root)
      case 'anyOf':
        return all(rule).includes(true)
      case 'oneOf':
        return all(rule).filter(Boolean).length === 1
      case 'allOf':
        return !all(rule).includes(false)
      case 'not':
        return !isValid(value, rule as JsonSchema, root)
      default:
        throw new Error(`unknown keyword ${keyword}`)
    }
  })
}

function hasValidProperties(value: unknown, part: JsonSchema, root: JsonSchema): boolean {
  if (!isOfType(value, 'object')) return true
  const properties = part.properties as Record<string, JsonSchema>
  const patterns = Object.entries((part.patternProperties ?? {}) as Record<string, JsonSchema>)
  return Object.entries(value as object).every(([name, item]) => {
    const pattern = patterns.find(([text]) => new RegExp(text, 'u').test(name))
    const own = Object.hasOwn(properties, name) ? properties[name] : pattern?.[1]
    return own ? isValid(item, own, root) : part.additionalProperties !== false
  })
}

function definition(root: JsonSchema, ref: string): JsonSchema {
  const found = (root.$defs as Record<string, JsonSchema>)[ref.replace('#/$defs/', '')]
  if (!found) throw new Error(`nothing at ${ref}`)
  return found
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}
