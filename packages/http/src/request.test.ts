import { describe, expect, it } from 'vitest'
import { httpRequest } from '../test/docs.js'
import { bodyTags, routeRequest } from './request.js'

describe('routeRequest', () => {
  it('keeps parameters that are text, without a prototype', () => {
    const { params } = routeRequest(
      httpRequest({ params: { id: 'd1', path: ['a', 'b'], gone: undefined } }),
    )
    expect(Object.entries(params)).toEqual([['id', 'd1']])
    expect('constructor' in params).toBe(false)
  })
})

describe('bodyTags', () => {
  const read = (body: unknown, field?: string) =>
    bodyTags(field)(routeRequest(httpRequest({ body })))

  it('reads a field of the body as it is', () => {
    expect(read({ tags: { team: 'eng' } })).toEqual({ team: 'eng' })
    expect(read({ labels: ['x'] }, 'labels')).toEqual(['x'])
  })

  it.each([undefined, null, 'tags', 7, [], {}])('finds none in %j', (body) => {
    expect(read(body)).toBeUndefined()
  })

  it('finds none in a prototype', () => {
    expect(read(Object.create({ tags: { team: 'eng' } }))).toBeUndefined()
  })
})
