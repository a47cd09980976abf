import { describe, expect, it } from 'vitest'
import { Fault } from '../fault.js'
import { accessAnalyzer } from '../generated/access-analyzer.js'
import { iam } from '../generated/iam.js'
import { organizations } from '../generated/organizations.js'
import type { ServiceModel } from '../model.js'
import { answer, refusal } from './reply.js'
import type { Target } from './target.js'

function targetOf(model: ServiceModel, operation: string): Target {
  const { name, protocol, signingName } = model
  return { service: name, operation, protocol, signingName, model }
}

const NAMESPACE = 'xmlns="https://iam.amazonaws.com/doc/2010-05-08/"'
const METADATA = '<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>'

describe('answer', () => {
  it('wraps XML as AWS does, with an empty list where there is nothing', () => {
    const output = { Roles: [], IsTruncated: false, Marker: undefined }
    expect(answer(targetOf(iam, 'ListRoles'), output, 'id-1')).toEqual({
      status: 200,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'id-1' },
      body: `<ListRolesResponse ${NAMESPACE}><ListRolesResult><Roles></Roles><IsTruncated>false</IsTruncated></ListRolesResult>${METADATA}</ListRolesResponse>`,
    })
  })

  it('has no result where there is no output', () => {
    expect(answer(targetOf(iam, 'DeleteRole'), undefined, 'id-1').body).toBe(
      `<DeleteRoleResponse ${NAMESPACE}>${METADATA}</DeleteRoleResponse>`,
    )
  })

  it('writes times without a fraction, and text as it was', () => {
    const Group = {
      Path: '/',
      GroupName: 'a&b\r',
      GroupId: 'AGPA1',
      Arn: 'arn',
      CreateDate: new Date('2026-01-31T08:00:00.123Z'),
      Unknown: 'never written',
    }
    expect(answer(targetOf(iam, 'CreateGroup'), { Group }, 'id-1').body).toBe(
      `<CreateGroupResponse ${NAMESPACE}><CreateGroupResult><Group><Path>/</Path><GroupName>a&amp;b&#xD;</GroupName><GroupId>AGPA1</GroupId><Arn>arn</Arn><CreateDate>2026-01-31T08:00:00Z</CreateDate></Group></CreateGroupResult>${METADATA}</CreateGroupResponse>`,
    )
  })

  it('writes maps as entries', () => {
    const output = { SummaryMap: { Users: 1, __proto__: 2 } }
    expect(answer(targetOf(iam, 'GetAccountSummary'), output, 'id-1').body).toContain(
      '<SummaryMap><entry><key>Users</key><value>1</value></entry></SummaryMap>',
    )
  })

  it('writes JSON with times in seconds', () => {
    const output = { Account: { Id: '1', JoinedTimestamp: new Date(1_700_000_000_500) } }
    expect(answer(targetOf(organizations, 'DescribeAccount'), output, 'id-1')).toEqual({
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'id-1' },
      body: '{"Account":{"Id":"1","JoinedTimestamp":1700000000.5}}',
    })
    expect(answer(targetOf(organizations, 'LeaveOrganization'), undefined, 'id-1').body).toBe('{}')
  })

  it('writes times of REST as the schema of each says', () => {
    const archiveRule = {
      ruleName: 'r',
      filter: {},
      createdAt: new Date(0),
      updatedAt: new Date(0),
    }
    const reply = answer(targetOf(accessAnalyzer, 'GetArchiveRule'), { archiveRule }, 'id-1')
    expect(reply.headers['content-type']).toBe('application/json')
    expect(reply.body).toBe(
      '{"archiveRule":{"ruleName":"r","filter":{},"createdAt":"1970-01-01T00:00:00Z","updatedAt":"1970-01-01T00:00:00Z"}}',
    )
  })
})

const own: ServiceModel = {
  name: 'iamkit',
  protocol: 'restJson',
  version: '2026-01-01',
  signingName: 'iamkit',
  operations: {
    GetSnapshot: ['', 'GetSnapshotOutput', 'GET /v1/snapshot 200'],
    WatchChanges: ['', 'WatchChangesOutput', 'GET /v1/changes 200'],
  },
  shapes: {
    GetSnapshotOutput: { status: 'number status', etag: 'string header:ETag', seq: 'number' },
    WatchChangesOutput: { type: 'string header:Content-Type', events: 'blob payload' },
  },
  errors: {},
}

describe('answer, of our own service', () => {
  it('takes status and headers from the output', () => {
    const target = targetOf(own, 'GetSnapshot')
    expect(answer(target, { status: 304, etag: '"7"' }, 'id-1')).toEqual({
      status: 304,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'id-1', etag: '"7"' },
      body: '{}',
    })
    expect(answer(target, { seq: 7 }, 'id-1')).toMatchObject({ status: 200, body: '{"seq":7}' })
  })

  it('passes a stream on', () => {
    const events = new ReadableStream<Uint8Array>()
    const output = { type: 'text/event-stream', events }
    const reply = answer(targetOf(own, 'WatchChanges'), output, 'id-1')
    expect(reply.headers['content-type']).toBe('text/event-stream')
    expect(reply.body).toBe(events)
  })
})

describe('refusal', () => {
  it.each(['NoSuchEntity', 'NoSuchEntityException'])(
    'writes %s with its code and status',
    (code) => {
      const form = { protocol: 'awsQuery', model: iam } as const
      expect(refusal(new Fault(code, 'no <a>'), form, 'id-1')).toEqual({
        status: 404,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'id-1' },
        body: `<ErrorResponse ${NAMESPACE}><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no &lt;a&gt;</Message></Error><RequestId>id-1</RequestId></ErrorResponse>`,
      })
    },
  )

  it('writes the exception in JSON, in the body and a header', () => {
    const form = { protocol: 'awsJson', model: organizations } as const
    const fault = new Fault('AccountNotFoundException', 'none')
    expect(refusal(fault, form, 'id-1')).toEqual({
      status: 404,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': 'id-1',
        'x-amzn-errortype': 'AccountNotFoundException',
      },
      body: '{"__type":"AccountNotFoundException","message":"none"}',
    })
  })

  it.each([
    ['awsQuery', 'AccessDenied', 403],
    ['awsJson', 'AccessDeniedException', 403],
    ['restJson', 'AccessDeniedException', 403],
  ] as const)('writes what is common to all services for %s as %s', (protocol, code, status) => {
    const reply = refusal(new Fault('AccessDenied', 'no'), { protocol }, 'id-1')
    expect(reply.status).toBe(status)
    const inXml = /<Code>(.*)<\/Code>/.exec(reply.body as string)?.[1]
    expect(reply.headers['x-amzn-errortype'] ?? inXml).toBe(code)
  })

  it('takes the status that the service has for a common error', () => {
    const form = { protocol: 'restJson', model: accessAnalyzer } as const
    expect(refusal(new Fault('Throttling', 'slow'), form, 'id-1').status).toBe(429)
  })

  it.each([
    ['awsQuery', 400],
    ['awsJson', 400],
    ['restJson', 429],
  ] as const)('says in %s with status %i that a caller is too fast', (protocol, status) => {
    expect(refusal(new Fault('Throttling', 'slow'), { protocol }, 'id-1').status).toBe(status)
  })

  it.each([429, 503])('says with status %i when to come back', (status) => {
    const reply = refusal(new Fault('Any', 'slow', status), { protocol: 'awsQuery' }, 'id-1')
    expect(reply.headers['retry-after']).toBe('1')
  })

  it('says of what fails here that it does', () => {
    const fault = new Fault('InternalFailure', 'unknown')
    const reply = refusal(fault, { protocol: 'awsQuery' }, 'id-1')
    expect(reply.status).toBe(500)
    expect(reply.body).toContain('<Type>Receiver</Type><Code>InternalFailure</Code>')
    expect(reply.body).toContain('xmlns="http://webservices.amazon.com/AWSFault/2005-15-09"')
  })
})
