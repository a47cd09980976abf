import { describe, expect, it } from 'vitest'
import { docsIam } from '../../test/docs.js'
import { fromOpenApi } from './openapi.js'

const load = () => undefined

function documentOf(path: string, operation: unknown): object {
  return { openapi: '3.1.0', paths: { [path]: { get: operation } } }
}

describe('fromOpenApi', () => {
  it('gives a table of what the operations say', () => {
    const table = fromOpenApi(
      {
        openapi: '3.1.0',
        paths: {
          'x-internal': 7,
          '/health': { get: { 'x-iam': { public: 'load balancer' } } },
          '/folders/{folderId}/documents/{documentId}': {
            parameters: [],
            summary: 'A document',
            get: {
              operationId: 'getDocument',
              'x-iam': { action: 'docs:GetDocument', resource: 'document', mask: 'notFound' },
            },
            put: {
              operationId: 'putDocument',
              'x-iam': { action: 'docs:CreateDocument', tags: 'body' },
            },
          },
        },
      },
      { loaders: { document: load }, operations: { putDocument: { context: () => ({}) } } },
    )
    expect(table).toEqual({
      'GET /health': { public: 'load balancer' },
      'GET /folders/:folderId/documents/:documentId': {
        action: 'docs:GetDocument',
        resource: load,
        mask: 'notFound',
      },
      'PUT /folders/:folderId/documents/:documentId': {
        action: 'docs:CreateDocument',
        requestTags: expect.any(Function),
        context: expect.any(Function),
      },
    })
    expect(docsIam().iam.table(table as never)).toHaveLength(3)
  })

  it.each<[string, object, string]>([
    ['an operation without `x-iam`', documentOf('/x', {}), 'has no `x-iam`'],
    ['an unknown member', documentOf('/x', { 'x-iam': { actions: 'x' } }), 'has no `actions`'],
    ['an unknown loader', documentOf('/x', { 'x-iam': { resource: 'x' } }), 'there is nothing'],
    [
      'a loader of the prototype',
      documentOf('/x', { 'x-iam': { resource: 'constructor' } }),
      'not there',
    ],
    [
      'unknown tags',
      documentOf('/x', { 'x-iam': { tags: 'cookie' } }),
      'there is `body`, `header`',
    ],
    ['a reference', { paths: { '/x': { $ref: '#/x' } } }, 'resolve the references'],
    ['a path that begins elsewhere', documentOf('x', { 'x-iam': {} }), 'begins with `/`'],
    ['a name with a hyphen', documentOf('/{a-b}', { 'x-iam': {} }), 'no framework'],
    ['a name within a part', documentOf('/{a}.json', { 'x-iam': {} }), 'no framework'],
    ['a pattern', documentOf('/a*', { 'x-iam': {} }), 'no framework'],
    ['a colon', documentOf('/a:b', { 'x-iam': {} }), 'no framework'],
    ['no paths', {}, 'must be an object'],
    ['a list of paths', { paths: [] as never, x: 1 }, 'must be an object'],
    ['no document', null as never, 'must be an object'],
  ])('refuses %s', (_title, document, message) => {
    expect(() => fromOpenApi(document)).toThrow(
      expect.objectContaining({
        code: 'ERR_ROUTE_INVALID',
        message: expect.stringContaining(message),
      }),
    )
  })
})
