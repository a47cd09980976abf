import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openApi } from './openapi.js'

const file = new URL('../../../../docs/generated/openapi.json', import.meta.url)

describe('openApi', () => {
  it('is what `npm run generate` has written for people', () => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(openApi())
  })

  it('says where each member stands, and what it is', () => {
    const { paths, components } = openApi() as {
      paths: Record<string, Record<string, object>>
      components: { schemas: Record<string, object> }
    }
    expect(paths['/v1/actions']?.['get']).toMatchObject({
      operationId: 'ListActions',
      parameters: [
        { name: 'service', in: 'query', required: false, schema: { type: 'string' } },
        { name: 'nextToken', in: 'query', required: false, schema: { type: 'string' } },
        { name: 'maxResults', in: 'query', required: false, schema: { type: 'number' } },
      ],
    })
    expect(paths['/v1/services/{prefix}']?.['put']).toMatchObject({
      parameters: [{ name: 'prefix', in: 'path', required: true }],
      requestBody: {
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/RegisterServiceRequest' } },
        },
      },
    })
    expect(components.schemas['BatchDecisions']).toEqual({
      type: 'object',
      required: ['results'],
      properties: {
        results: { type: 'array', items: { $ref: '#/components/schemas/BatchDecision' } },
      },
    })
    expect(paths['/.well-known/jwks.json']?.['get']).toHaveProperty('security', [])
  })

  it('refers to nothing that is not there', () => {
    const { components } = openApi() as { components: { schemas: Record<string, object> } }
    const named = [...JSON.stringify(openApi()).matchAll(/#\/components\/schemas\/(\w+)/g)]
    const known = new Set(Object.keys(components.schemas))
    expect(named.map(([, name = '']) => name).filter((name) => !known.has(name))).toEqual([])
  })
})
