/**
 * Random questions: callers of every kind, and what is known of them.
 *
 * @module
 */
import fc from 'fast-check'
import { type FilterQuery, principalEntries, type RequestPrincipal } from '../../src/index.js'
import { mostly, one } from './choices.js'
import { RESOURCE_KEYS, TEMPLATE, TEXTS } from './documents.js'

const CALLERS: readonly RequestPrincipal[] = [
  { type: 'user', account: 'acme', arn: 'arn:aws:iam::acme:user/ada' },
  {
    type: 'role-session',
    account: 'acme',
    arn: 'arn:aws:sts::acme:assumed-role/editor/s1',
    roleArn: 'arn:aws:iam::acme:role/editor',
  },
  {
    type: 'federated-user',
    account: 'acme',
    arn: 'arn:aws:sts::acme:federated-user/guest',
    userArn: 'arn:aws:iam::acme:user/ada',
  },
  { type: 'root', account: 'acme', arn: 'arn:aws:iam::acme:root' },
  { type: 'user', account: 'partner', arn: 'arn:aws:iam::partner:user/eve' },
  {
    type: 'role-session',
    account: 'acme',
    arn: 'arn:aws:sts::acme:assumed-role/editor/s2',
    roleArn: 'arn:aws:iam::acme:role/editor',
    managementAccount: true,
  },
  { type: 'service', service: 'backup.amazonaws.com' },
  { type: 'anonymous' },
]

const caller = mostly(
  8,
  one<RequestPrincipal>(...CALLERS.slice(0, 2)),
  one<RequestPrincipal>(...CALLERS),
)

export const anyQuery: fc.Arbitrary<FilterQuery> = fc
  .record({
    principal: caller,
    resource: mostly(
      8,
      one(TEMPLATE),
      one(
        'arn:aws:docs::acme:folder/f1/document/{documentId}',
        'arn:aws:docs::acme:folder/{folderId}',
      ),
    ),
    trust: mostly(9, one('implicit' as const), one('explicit' as const)),
    tags: fc.record(
      { team: one(...TEXTS), star: one('*', 'f1', 'a%b') },
      { requiredKeys: ['star'] },
    ),
    time: one('2024-01-01T00:00:00.000Z', '2024-06-30T00:00:00.000Z'),
  })
  .map(({ principal, resource, trust, tags, time }) => ({
    principal,
    action: 'docs:GetDocument',
    resource,
    resourceAccount: 'acme',
    resourceTrust: trust,
    resourceKeys: RESOURCE_KEYS,
    context: {
      ...principalEntries(principal, { tags }),
      'aws:CurrentTime': new Date(time),
      'aws:SourceIp': '203.0.113.9',
      'aws:TagKeys': ['eng', 'ops'],
      'docs:Sent': 'eng',
    },
  }))
