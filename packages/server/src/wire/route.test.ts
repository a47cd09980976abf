import { describe, expect, it } from 'vitest'
import { accessAnalyzer } from '../generated/access-analyzer.js'
import { iam } from '../generated/iam.js'
import { organizations } from '../generated/organizations.js'
import { sts } from '../generated/sts.js'
import { type Received, wireRequest } from './received.js'
import { route } from './route.js'

const services = [iam, sts, organizations, accessAnalyzer].map((model) => ({
  ...model,
  load: async () => ({ model }),
}))

const FORM = 'application/x-www-form-urlencoded; charset=utf-8'
const ANALYZER =
  'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/access-analyzer/aws4_request, SignedHeaders=host, Signature=0'

function received(request: {
  target?: string
  method?: string
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
}): Received {
  const { target = '/', method = 'POST', headers = {}, body = '' } = request
  return {
    method,
    target,
    headers: Object.entries(headers),
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    isSecure: false,
  }
}

async function call(request: Parameters<typeof received>[0]) {
  const { target, readInput } = await route(wireRequest(received(request)), services)
  const { service, operation, protocol, signingName } = target
  return { service, operation, protocol, signingName, input: readInput() }
}

function query(body: string) {
  return call({ headers: { 'content-type': FORM }, body })
}

const createRole = 'Action=CreateRole&Version=2010-05-08&RoleName=a&AssumeRolePolicyDocument=%7B%7D'

describe('route, of a query', () => {
  it('finds the operation by action and version', async () => {
    expect(await query('Action=GetCallerIdentity&Version=2011-06-15')).toEqual({
      service: 'sts',
      operation: 'GetCallerIdentity',
      protocol: 'awsQuery',
      signingName: 'sts',
      input: {},
    })
  })

  it('puts the members of a list in the order of their numbers', async () => {
    const tags = [10, 2, 1].map((i) => `&Tags.member.${i}.Key=k${i}&Tags.member.${i}.Value=v${i}`)
    const { input } = await query(createRole + tags.join(''))
    expect(input['Tags']).toEqual([
      { Key: 'k1', Value: 'v1' },
      { Key: 'k2', Value: 'v2' },
      { Key: 'k10', Value: 'v10' },
    ])
  })

  it('takes `Tags=` for a list without members', async () => {
    const { input } = await query(`${createRole}&Tags=`)
    expect(input['Tags']).toEqual([])
  })

  it('decodes plus signs and percent-encoded text', async () => {
    const { input } = await query(`${createRole}&Description=a+b%2Bc%20%C3%BC%0D%0A`)
    expect(input['Description']).toBe('a b+c ü\r\n')
  })

  it('reads numbers, truth values and times', async () => {
    const { input } = await query(`${createRole}&MaxSessionDuration=3600`)
    expect(input['MaxSessionDuration']).toBe(3600)
    const other = await query(
      'Action=CreateUser&Version=2010-05-08&UserName=__proto__&Path=%2Fconstructor%2F',
    )
    expect(other.input).toEqual({ UserName: '__proto__', Path: '/constructor/' })
    const reset = await query(
      'Action=CreateLoginProfile&Version=2010-05-08&UserName=a&Password=b&PasswordResetRequired=true',
    )
    expect(reset.input['PasswordResetRequired']).toBe(true)
  })

  it('takes a presigned GET, and a POST of a presigned URL without a body', async () => {
    const target =
      '/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0'
    for (const method of ['GET', 'POST']) {
      expect(await call({ method, target })).toMatchObject({ service: 'sts', input: {} })
    }
  })

  it('asks for no signature where a token or an assertion speaks', async () => {
    const { signingName } = await query(
      'Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=a&RoleSessionName=b&WebIdentityToken=c',
    )
    expect(signingName).toBeUndefined()
  })

  it.each([
    ['', 'MissingAction'],
    ['Version=2010-05-08', 'MissingAction'],
    ['Action=CreateRole', 'InvalidAction'],
    ['Action=CreateRole&Version=2011-06-15', 'InvalidAction'],
    ['Action=constructor&Version=2010-05-08', 'InvalidAction'],
    ['Action=__proto__&Version=2010-05-08', 'InvalidAction'],
    [`${createRole}&RoleName=b`, 'MalformedQueryString'],
    [`${createRole}&Description=%FF`, 'MalformedQueryString'],
    [`${createRole}&Description=%`, 'MalformedQueryString'],
    [`${createRole}&${'a.'.repeat(8)}a=1`, 'MalformedQueryString'],
    [`${createRole}&PermissionBoundary=arn`, 'ValidationError'],
    [`${createRole}&__proto__=x`, 'ValidationError'],
    [`${createRole}&MaxSessionDuration=ten`, 'MalformedInput'],
    [`${createRole}&MaxSessionDuration=1e9`, 'MalformedInput'],
    [`${createRole}&MaxSessionDuration=3600.5`, 'MalformedInput'],
    [`${createRole}&Tags=x`, 'MalformedInput'],
    [`${createRole}&Tags.1.Key=x`, 'MalformedInput'],
    [`${createRole}&Tags.member.x.Key=x`, 'MalformedInput'],
    [`${createRole}&Tags.member.-1.Key=x`, 'MalformedInput'],
    [`${createRole}&Tags.member.1=x`, 'MalformedInput'],
    [`${createRole}&Description.x=x`, 'MalformedInput'],
  ])('refuses `%s` as %s', async (body, code) => {
    await expect(query(body)).rejects.toMatchObject({ name: 'Fault', code })
  })

  it('refuses more than 10,000 parameters', async () => {
    const parameters = Array.from({ length: 10_000 }, (_, i) => `&a${i}=`)
    await expect(query(createRole + parameters.join(''))).rejects.toMatchObject({
      code: 'MalformedQueryString',
    })
  })

  it('refuses an action in the query and another in the body', async () => {
    const request = {
      target: '/?Action=GetUser',
      headers: { 'content-type': FORM },
      body: createRole,
    }
    await expect(call(request)).rejects.toMatchObject({ code: 'MalformedQueryString' })
  })

  it('says in the words of AWS what is missing', async () => {
    const request = query('Action=CreateRole&Version=2010-05-08&Tags.member.1.Key=a')
    await expect(request).rejects.toMatchObject({
      code: 'ValidationError',
      status: 400,
      message:
        "3 validation errors detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null; " +
        "Value null at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null; " +
        "Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
    })
  })

  it('names ten of 4,000 tags without a value', async () => {
    const tags = Array.from({ length: 4000 }, (_, i) => `&Tags.member.${i + 1}.Key=k`)
    const message = expect.stringMatching(/^10 validation errors detected: .{900,1100}$/)
    await expect(query(createRole + tags.join(''))).rejects.toMatchObject({ message })
  })

  it('says what the body must be when it is of another type', async () => {
    const request = call({ headers: { 'content-type': 'application/json' }, body: createRole })
    await expect(request).rejects.toMatchObject({
      code: 'MissingAction',
      message:
        'The request must contain the parameter Action. The body must be application/x-www-form-urlencoded.',
    })
  })

  it('refuses a body that is no UTF-8', async () => {
    const request = { headers: { 'content-type': FORM }, body: new Uint8Array([0x61, 0xff]) }
    await expect(call(request)).rejects.toMatchObject({ code: 'SerializationException' })
  })
})

function json(operation: string, body: string, type = 'application/x-amz-json-1.1') {
  const target = `AWSOrganizationsV20161128.${operation}`
  return call({ headers: { 'content-type': type, 'x-amz-target': target }, body })
}

describe('route, of JSON 1.1', () => {
  it('finds the operation by its target', async () => {
    expect(
      await json('CreatePolicy', '{"Name":"a","Content":"{}","Description":"","Type":"b"}'),
    ).toEqual({
      service: 'organizations',
      operation: 'CreatePolicy',
      protocol: 'awsJson',
      signingName: 'organizations',
      input: { Name: 'a', Content: '{}', Description: '', Type: 'b' },
    })
  })

  it('takes no body for no members, and `null` for what is not there', async () => {
    expect(await json('ListRoots', '')).toMatchObject({ input: {} })
    expect(await json('ListRoots', '{"NextToken":null,"MaxResults":5}')).toMatchObject({
      input: { MaxResults: 5 },
    })
  })

  it.each([
    ['Nothing', '{}', 'UnknownOperationException'],
    ['toString', '{}', 'UnknownOperationException'],
    ['ListRoots', '{', 'SerializationException'],
    ['ListRoots', '[]', 'SerializationException'],
    ['ListRoots', '"a"', 'SerializationException'],
    ['ListRoots', '{"MaxResults":"5"}', 'SerializationException'],
    ['ListRoots', '{"MaxResults":5.5}', 'SerializationException'],
    ['ListRoots', '{"NextToken":{}}', 'SerializationException'],
    ['ListRoots', '{"MaxResults":5,"MaxResults":6}', 'SerializationException'],
    ['ListRoots', '{"__proto__":{}}', 'ValidationError'],
    ['ListRoots', '{"Unknown":1}', 'ValidationError'],
    ['TagResource', '{"ResourceId":"a","Tags":[null]}', 'SerializationException'],
    ['TagResource', '{"ResourceId":"a"}', 'ValidationError'],
  ])('refuses `%s` with `%s` as %s', async (operation, body, code) => {
    await expect(json(operation, body)).rejects.toMatchObject({ name: 'Fault', code })
  })

  it.each(['text/plain', '', 'application/x-www-form-urlencoded'])(
    'refuses a body of type `%s`',
    async (type) => {
      await expect(json('ListRoots', '{}', type)).rejects.toMatchObject({
        code: 'UnsupportedMediaTypeException',
        status: 415,
      })
    },
  )

  it.each(['Elsewhere.ListRoots', 'ListRoots', ''])('refuses the target `%s`', async (target) => {
    const headers = { 'x-amz-target': target, 'content-type': 'application/json' }
    await expect(call({ headers, body: '{}' })).rejects.toMatchObject({
      code: 'UnknownOperationException',
    })
  })
})

function rest(method: string, target: string, body = '') {
  return call({ method, target, body, headers: { authorization: ANALYZER } })
}

describe('route, of REST', () => {
  it('keeps an encoded slash inside its label', async () => {
    const target = '/tags/arn%3Aaws%3Aaccess-analyzer%3A%3A1%3Aanalyzer%2Fa?tagKeys=k%201&tagKeys=l'
    expect(await rest('DELETE', target)).toEqual({
      service: 'access-analyzer',
      operation: 'UntagResource',
      protocol: 'restJson',
      signingName: 'access-analyzer',
      input: { resourceArn: 'arn:aws:access-analyzer::1:analyzer/a', tagKeys: ['k 1', 'l'] },
    })
  })

  it('reads members from path, query and body', async () => {
    const body = '{"ruleName":"r","filter":{"__proto__":{"eq":["x"]}}}'
    const { input } = await rest('PUT', '/analyzer/a/archive-rule', body)
    expect(input).toEqual({
      analyzerName: 'a',
      ruleName: 'r',
      filter: Object.fromEntries([['__proto__', { eq: ['x'] }]]),
    })
    const list = await rest('GET', '/analyzer?type=ACCOUNT&maxResults=10')
    expect(list.input).toEqual({ type: 'ACCOUNT', maxResults: 10 })
  })

  it('needs exactly one member of a union', async () => {
    const body = (configurations: string) =>
      `{"analyzerArn":"a","configurations":{"r":${configurations}}}`
    await expect(rest('PUT', '/access-preview', body('{}'))).rejects.toMatchObject({
      code: 'ValidationError',
      message:
        "1 validation error detected: Value at 'configurations.value' failed to satisfy constraint: Exactly one member must be set",
    })
    const ok = await rest('PUT', '/access-preview', body('{"sqsQueue":{"queuePolicy":"p"}}'))
    expect(ok.operation).toBe('CreateAccessPreview')
  })

  it.each([
    ['GET', '/nowhere', 'UnknownOperationException'],
    ['POST', '/analyzer/a', 'UnknownOperationException'],
    ['GET', '/analyzer/', 'UnknownOperationException'],
    ['GET', '/analyzer?maxResults=many', 'SerializationException'],
    ['GET', '/analyzer?maxResults=1&maxResults=2', 'SerializationException'],
    ['GET', '/analyzer?unknown=1', 'ValidationError'],
    ['GET', '/analyzer/%FF', 'SerializationException'],
  ])('refuses %s %s as %s', async (method, target, code) => {
    await expect(rest(method, target)).rejects.toMatchObject({ name: 'Fault', code })
  })

  it('keeps to the service that the signature names', async () => {
    const headers = { authorization: ANALYZER.replace('access-analyzer', 'other') }
    await expect(call({ method: 'GET', target: '/analyzer', headers })).rejects.toMatchObject({
      code: 'UnknownOperationException',
      status: 404,
    })
    expect(await call({ method: 'GET', target: '/analyzer' })).toMatchObject({
      operation: 'ListAnalyzers',
    })
  })
})
