/**
 * A loader that fails in every way that a loader can: the document's id says how.
 *
 * Errors  Whatever is asked for.
 *
 * @module
 */
import type { Found, RouteRequest } from '@iamkit/http'

type Way = (request: RouteRequest) => unknown

const value = { id: 'd1' }
const tags = { team: 'eng' }

const WAYS: Readonly<Record<string, Way>> = {
  throws: () => {
    throw new Error('password is hunter2')
  },
  rejects: () => Promise.reject(new Error('password is hunter2')),
  'throws-text': () => Promise.reject('password is hunter2'),
  never: () => new Promise(() => {}),
  late: () => new Promise((resolve) => setTimeout(resolve, 2, { value, tags })),
  soon: () => Promise.resolve({ value, tags }),
  null: () => null,
  nothing: () => undefined,
  number: () => 7,
  text: () => 'd1',
  true: () => true,
  list: () => [value],
  'no-value': () => ({ tags }),
  'other-arn': () => ({ value, tags, arn: 'arn:aws:docs::acme:folder/f2/document/d2' }),
  'own-arn': () => ({ value, tags, arn: 'arn:aws:docs::acme:folder/f1/document/own-arn' }),
  'odd-tags': () => ({ value, tags: { team: 7 } }),
  'list-tags': () => ({ value, tags: ['team'] }),
  'prototype-tags': () => ({ value, tags: { constructor: 'eng' } }),
  'double-tags': () => ({ value, tags: { team: 'eng', Team: 'ops' } }),
  'other-keys': () => ({ value, tags, context: { 'aws:username': 'adm' } }),
  'no-tags': () => ({ value }),
  'other-account': () => ({ value, tags, account: 'globex' }),
}

export function loadBadly(request: RouteRequest): Found<unknown> | Promise<Found<unknown>> {
  const { documentId = '' } = request.params
  return WAYS[documentId]?.(request) as Found<unknown>
}
