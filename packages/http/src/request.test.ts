import { describe, expect, it } from 'vitest'
import { httpRequest } from '../test/docs.js'
import { RouteView } from './request.js'

describe('RouteView', () => {
  it('keeps parameters that are text, without a prototype', () => {
    const { params } = new RouteView(
      httpRequest({ params: { id: 'd1', path: ['a', 'b'], gone: undefined } }),
    )
    expect(Object.entries(params)).toEqual([['id', 'd1']])
    expect('constructor' in params).toBe(false)
  })
})
