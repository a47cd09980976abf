/**
 * How iamkit's own service is spoken to: its table, written by hand in the form of those in `generated/`.
 *
 * Shape   `shapes.ts` says the same as types; every path but the two that the world knows begins with `/v1/`.
 * Errors  None.
 *
 * @module
 */
import type { ServiceModel, ShapeModel } from '../model.js'

const ASKED: ShapeModel = {
  principal: 'string',
  principalTags: '{string}',
  action: 'string!',
  resource: 'string!',
  resourceAccount: 'string',
  context: '{document}',
  requestTags: '{string}',
  resourceTags: '{string}',
}
const DECISION: ShapeModel = {
  decisionId: 'string!',
  answer: 'string!',
  allowed: 'boolean!',
  type: 'string',
  message: 'string',
  encodedMessage: 'string',
  statements: '[Statement]!',
}
const PAGE: ShapeModel = {
  nextToken: 'string query:nextToken',
  maxResults: 'number query:maxResults',
}
const NAMED: ShapeModel = { prefix: 'string! path:prefix' }
const RESOURCE: ShapeModel = { resource: 'string! query:resource' }

export const iamkit: ServiceModel = {
  name: 'iamkit',
  protocol: 'restJson',
  version: '2026-11-01',
  signingName: 'iamkit',
  unsigned: ['GetKeys', 'GetOpenApi'],
  operations: {
    RegisterService: ['RegisterServiceRequest', 'Service', 'PUT /v1/services/{prefix} 200'],
    GetService: ['NamedService', 'Service', 'GET /v1/services/{prefix} 200'],
    ListServices: ['Page', 'Services', 'GET /v1/services 200'],
    DeleteService: ['NamedService', '', 'DELETE /v1/services/{prefix} 200'],
    ListActions: ['ListActionsRequest', 'Actions', 'GET /v1/actions 200'],
    Authorize: ['AuthorizeRequest', 'Decision', 'POST /v1/authorize 200'],
    BatchAuthorize: ['BatchAuthorizeRequest', 'BatchDecisions', 'POST /v1/authorize-batch 200'],
    Explain: ['AuthorizeRequest', 'Explanation', 'POST /v1/explain 200'],
    Filter: ['FilterRequest', 'FilterAnswer', 'POST /v1/filter 200'],
    GetSnapshot: ['GetSnapshotRequest', 'Snapshot', 'GET /v1/snapshot 200'],
    WatchChanges: ['WatchChangesRequest', 'Changes', 'GET /v1/changes 200'],
    TagResource: ['TagResourceRequest', '', 'POST /v1/tags 200'],
    UntagResource: ['UntagResourceRequest', '', 'POST /v1/untag 200'],
    GetResourceTags: ['NamedResource', 'ResourceTags', 'GET /v1/tags 200'],
    PutResourcePolicy: ['PutResourcePolicyRequest', '', 'PUT /v1/resource-policy 200'],
    GetResourcePolicy: ['NamedResource', 'ResourcePolicy', 'GET /v1/resource-policy 200'],
    DeleteResourcePolicy: ['NamedResource', '', 'DELETE /v1/resource-policy 200'],
    ReportActivity: ['ReportActivityRequest', 'Accepted', 'POST /v1/activity 200'],
    IssueToken: ['IssueTokenRequest', 'Token', 'POST /v1/token 200'],
    GetKeys: ['', 'Keys', 'GET /.well-known/jwks.json 200'],
    GetOpenApi: ['', 'OpenApi', 'GET /openapi.json 200'],
  },
  shapes: {
    AuthorizeRequest: ASKED,
    BatchAuthorizeRequest: { requests: '[AuthorizeRequest]!' },
    Statement: { policy: 'string', sid: 'string', statement: 'number!' },
    Decision: DECISION,
    BatchDecision: { ...optional(DECISION), error: 'ItemError' },
    ItemError: { code: 'string!', message: 'string!' },
    BatchDecisions: { results: '[BatchDecision]!' },
    Explanation: { ...DECISION, text: 'string!', explanation: 'document!' },
    FilterRequest: {
      principal: 'string',
      principalTags: '{string}',
      action: 'string!',
      resourceType: 'string!',
      resourceAccount: 'string',
      context: '{document}',
    },
    FilterAnswer: { filter: 'document!' },
    RegisterServiceRequest: { ...NAMED, definition: 'document!' },
    NamedService: NAMED,
    Service: { prefix: 'string!', definition: 'document!', createDate: 'date-time!' },
    Page: PAGE,
    Services: { services: '[Service]!', nextToken: 'string' },
    ListActionsRequest: { service: 'string query:service', ...PAGE },
    Action: {
      action: 'string!',
      access: 'string!',
      resourceType: 'string',
      resourceArn: 'string',
      requestTags: 'boolean!',
      keys: '[string]!',
    },
    Actions: { actions: '[Action]!', nextToken: 'string' },
    GetSnapshotRequest: { ifNoneMatch: 'string header:If-None-Match' },
    Snapshot: {
      status: 'number status',
      etag: 'string header:ETag',
      staleness: 'number header:x-iamkit-staleness',
      snapshot: 'string! payload',
    },
    WatchChangesRequest: {
      since: 'number query:since',
      lastEventId: 'string header:Last-Event-ID',
    },
    Changes: {
      contentType: 'string header:Content-Type',
      cacheControl: 'string header:Cache-Control',
      events: 'blob! payload',
    },
    NamedResource: RESOURCE,
    TagResourceRequest: { resource: 'string!', tags: '{string}!' },
    UntagResourceRequest: { resource: 'string!', tagKeys: '[string]!' },
    ResourceTags: { resource: 'string!', tags: '{string}!' },
    PutResourcePolicyRequest: { resource: 'string!', policy: 'string!' },
    ResourcePolicy: { resource: 'string!', policy: 'string!' },
    ActivityEvent: {
      time: 'string!',
      principal: 'string!',
      action: 'string!',
      resource: 'string!',
      answer: 'string!',
      count: 'number!',
    },
    ReportActivityRequest: {
      batchId: 'string! token',
      app: 'string',
      dropped: 'number!',
      events: '[ActivityEvent]!',
    },
    Accepted: { accepted: 'number!' },
    IssueTokenRequest: { audience: 'string!', durationSeconds: 'number' },
    Token: { token: 'string! secret', expires: 'date-time!' },
    Keys: { cacheControl: 'string header:Cache-Control', keys: 'string! payload' },
    OpenApi: { document: 'string! payload' },
  },
  errors: {
    ConflictException: 'ConflictException 409',
    ResourceNotFoundException: 'ResourceNotFoundException 404',
    UntranslatableException: 'UntranslatableException 400',
    ValidationException: 'ValidationException 400',
  },
}

function optional(shape: ShapeModel): ShapeModel {
  return Object.fromEntries(
    Object.entries(shape).map(([name, type]) => [name, type.replace('!', '')]),
  )
}
