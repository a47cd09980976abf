/**
 * The routes that every framework serves: the same names, paths, guards and answers.
 *
 * Shape   paths are text that all four routers read alike. What stands on `/t` and `/o` is guarded by a
 *         table. The order counts: some routers take the first that matches.
 * Errors  None.
 *
 * @module
 */
import type { RequestContext } from '@iamkit/core'
import {
  type Access,
  bodyTags,
  fromOpenApi,
  headerTags,
  queryTagKeys,
  queryTags,
  type RouteOptions,
  type RouteRequest,
  type RouteTable,
} from '@iamkit/http'
import { type Docs, loadDocument } from './docs.js'
import { loadBadly } from './load-badly.js'
import type { Answer } from './replies.js'

export interface AppRoute {
  /** What its handler calls itself when it runs. */
  readonly name: string
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'ALL'
  readonly path: string
  /** Absent on a route that is public, or that a table guards. */
  readonly action?: Docs['actions'][number]
  readonly options?: RouteOptions<unknown, string, object>
  /** Why everybody may call. */
  readonly reason?: string
  /** Context keys that the handler tells. */
  readonly tells?: readonly string[]
}

const DOCUMENT = '/:folderId/documents/:documentId'
const latest = () => 'arn:aws:docs::acme:folder/f1/document/latest'
const classified = ({ body }: RouteRequest) => ({
  'docs:Classification': (body as { classification?: string } | undefined)?.classification,
})
const broken = () => {
  throw new Error('password is hunter2')
}

export const ROUTES: readonly AppRoute[] = [
  { name: 'health', method: 'GET', path: '/health', reason: 'load balancer' },
  { name: 'open', method: 'ALL', path: '/open', reason: 'everybody' },
  { name: 'status', method: 'GET', path: '/status', action: 'docs:ReadStatus' },
  {
    name: 'keys',
    method: 'GET',
    path: '/keys',
    action: 'docs:ReadStatus',
    tells: ['aws:sourceip', 'aws:securetransport', 'aws:useragent', 'aws:referer'],
  },
  {
    name: 'list',
    method: 'GET',
    path: '/folders/:folderId/documents',
    action: 'docs:ListDocuments',
  },
  { name: 'any', method: 'ALL', path: '/folders/:folderId/any', action: 'docs:ListDocuments' },
  {
    name: 'get',
    method: 'GET',
    path: `/folders${DOCUMENT}`,
    action: 'docs:GetDocument',
    options: { resource: loadDocument },
  },
  {
    name: 'create',
    method: 'PUT',
    path: `/folders${DOCUMENT}`,
    action: 'docs:CreateDocument',
    options: { requestTags: bodyTags(), context: classified },
  },
  {
    name: 'delete',
    method: 'DELETE',
    path: `/folders${DOCUMENT}`,
    action: 'docs:DeleteDocument',
    options: { resource: loadDocument },
  },
  {
    name: 'purge',
    method: 'POST',
    path: '/folders/:folderId/purge',
    action: 'docs:PurgeFolder',
  },
  {
    name: 'header tags',
    method: 'POST',
    path: '/folders/:folderId/header-tags',
    action: 'docs:TagFolder',
    options: { requestTags: headerTags() },
  },
  {
    name: 'query tags',
    method: 'POST',
    path: '/folders/:folderId/query-tags',
    action: 'docs:TagFolder',
    options: { requestTags: queryTags() },
  },
  {
    name: 'untag',
    method: 'DELETE',
    path: '/folders/:folderId/tags',
    action: 'docs:UntagFolder',
    options: { tagKeys: queryTagKeys() },
    tells: ['aws:tagkeys', 'aws:requesttag/stage'],
  },
  // Two that meet one path, in both orders.
  { name: 'latest', method: 'GET', path: '/first/latest', action: 'docs:ReadStatus' },
  {
    name: 'id',
    method: 'GET',
    path: '/first/:id',
    action: 'docs:GetDocument',
    options: { arn: latest, resource: loadDocument },
  },
  {
    name: 'id',
    method: 'GET',
    path: '/second/:id',
    action: 'docs:GetDocument',
    options: { arn: latest, resource: loadDocument },
  },
  { name: 'latest', method: 'GET', path: '/second/latest', action: 'docs:ReadStatus' },
  {
    name: 'masked',
    method: 'GET',
    path: `/masked${DOCUMENT}`,
    action: 'docs:GetDocument',
    options: { resource: loadDocument, mask: 'notFound' },
  },
  {
    name: 'masked delete',
    method: 'DELETE',
    path: `/masked${DOCUMENT}`,
    action: 'docs:DeleteDocument',
    options: { resource: loadDocument, mask: 'notFound', discover: 'docs:GetDocument' },
  },
  {
    name: 'masked put',
    method: 'PUT',
    path: `/masked${DOCUMENT}`,
    action: 'docs:CreateDocument',
    options: {
      resource: loadDocument,
      requestTags: bodyTags(),
      mask: 'notFound',
      discover: 'docs:GetDocument',
    },
  },
  {
    name: 'anonymous',
    method: 'GET',
    path: `/anonymous${DOCUMENT}`,
    action: 'docs:GetDocument',
    options: { resource: loadDocument, anonymous: true },
  },
  {
    name: 'shadow',
    method: 'GET',
    path: `/shadow${DOCUMENT}`,
    action: 'docs:GetDocument',
    options: { resource: loadDocument, mode: 'shadow' },
  },
  {
    name: 'shadow masked',
    method: 'GET',
    path: `/shadow-masked${DOCUMENT}`,
    action: 'docs:GetDocument',
    options: { resource: loadDocument, mode: 'shadow', mask: 'notFound' },
  },
  {
    name: 'badly',
    method: 'GET',
    path: `/badly${DOCUMENT}`,
    action: 'docs:GetDocument',
    options: { resource: loadBadly },
  },
  {
    name: 'badly masked',
    method: 'GET',
    path: `/badly-masked${DOCUMENT}`,
    action: 'docs:GetDocument',
    options: { resource: loadBadly, mask: 'notFound' },
  },
  {
    name: 'badly shadow',
    method: 'GET',
    path: `/badly-shadow${DOCUMENT}`,
    action: 'docs:GetDocument',
    options: { resource: loadBadly, mode: 'shadow' },
  },
  {
    name: 'loaded',
    method: 'GET',
    path: '/loaded/:documentId',
    action: 'docs:GetDocument',
    options: {
      arn: 'loaded',
      resource: (request) => {
        const found = loadDocument(request)
        return (
          found && {
            ...found,
            arn: `arn:aws:docs::acme:folder/f1/document/${request.params.documentId}`,
          }
        )
      },
    },
  },
  {
    name: 'named',
    method: 'GET',
    path: '/named',
    action: 'docs:GetDocument',
    options: { arn: ({ query }) => query.arn as string },
  },
  {
    name: 'broken arn',
    method: 'GET',
    path: '/broken/arn',
    action: 'docs:GetDocument',
    options: { arn: broken },
  },
  {
    name: 'broken tags',
    method: 'POST',
    path: '/broken/tags/:folderId',
    action: 'docs:TagFolder',
    options: { requestTags: broken },
  },
  {
    name: 'broken keys',
    method: 'PUT',
    path: '/broken/keys/:folderId/:documentId',
    action: 'docs:CreateDocument',
    options: { requestTags: () => ({}), context: broken },
  },
  { name: 't get', method: 'GET', path: `/t/folders${DOCUMENT}` },
  { name: 't put', method: 'PUT', path: `/t/folders${DOCUMENT}` },
  { name: 't any', method: 'ALL', path: '/t/folders/:folderId' },
  { name: 't health', method: 'GET', path: '/t/health' },
  { name: 't masked', method: 'GET', path: `/t/masked${DOCUMENT}` },
  { name: 't shadow', method: 'ALL', path: '/t/shadow/:folderId' },
  { name: 'o get', method: 'GET', path: `/o/folders${DOCUMENT}` },
  { name: 'o tag', method: 'POST', path: '/o/folders/:folderId' },
  { name: 'o health', method: 'GET', path: '/o/health' },
]

export const TABLE: RouteTable<Docs> = {
  [`GET /t/folders${DOCUMENT}`]: { action: 'docs:GetDocument', resource: loadDocument },
  [`PUT /t/folders${DOCUMENT}`]: {
    action: 'docs:CreateDocument',
    requestTags: bodyTags(),
    context: classified,
  },
  'ALL /t/folders/:folderId': { GET: 'docs:ListDocuments', POST: 'docs:PurgeFolder' },
  'GET /t/health': { public: 'load balancer' },
  [`GET /t/masked${DOCUMENT}`]: {
    action: 'docs:GetDocument',
    resource: loadDocument,
    mask: 'notFound',
  },
  'ALL /t/shadow/:folderId': { GET: { action: 'docs:PurgeFolder', mode: 'shadow' } },
}

export const OPEN_API: RouteTable<never> = fromOpenApi(
  {
    openapi: '3.1.0',
    paths: {
      '/o/folders/{folderId}/documents/{documentId}': {
        get: { 'x-iam': { action: 'docs:GetDocument', resource: 'document' } },
      },
      '/o/folders/{folderId}': { post: { 'x-iam': { action: 'docs:TagFolder', tags: 'query' } } },
      '/o/health': { get: { 'x-iam': { public: 'load balancer' } } },
    },
  },
  { loaders: { document: loadDocument } },
)

/** What a handler answers. */
export function answerOf({ name, tells }: AppRoute, access: Access | undefined): Answer {
  if (access === undefined) return { handler: name }
  const { decision, resource, requestTags, refusal, principal } = access
  const { request } = decision
  const context = request.context as RequestContext
  return {
    handler: name,
    action: request.action,
    resource: request.resource,
    ...(resource !== undefined && { value: resource }),
    ...(Object.keys(requestTags).length > 0 && { tags: requestTags }),
    caller: principal.type,
    ...(refusal && { refusal: refusal.kind }),
    ...(tells && { keys: Object.fromEntries(tells.map((key) => [key, context.get(key) ?? null])) }),
  }
}
