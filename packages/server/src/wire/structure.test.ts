import { describe, expect, it } from 'vitest'
import type { ServiceModel } from '../model.js'
import { structureOf } from './structure.js'

const model: ServiceModel = {
  name: 'docs',
  protocol: 'restJson',
  version: '2026-01-01',
  signingName: 'docs',
  operations: {},
  shapes: {
    Page: {
      tags: '[{string}]!',
      size: 'number query:page-size',
      at: 'http-date',
      key: 'string! path secret',
    },
    Wrong: { member: 'string?' },
  },
  unions: ['Page'],
  errors: {},
}

describe('structureOf', () => {
  it('reads types, places and marks', () => {
    const { members, isUnion } = structureOf(model, 'Page')
    expect(isUnion).toBe(true)
    expect([...members.values()]).toEqual([
      {
        name: 'tags',
        type: { kind: 'list', of: { kind: 'map', of: { kind: 'string' } } },
        isRequired: true,
        isSecret: false,
        place: 'body',
        placeName: 'tags',
      },
      {
        name: 'size',
        type: { kind: 'number' },
        isRequired: false,
        isSecret: false,
        place: 'query',
        placeName: 'page-size',
      },
      {
        name: 'at',
        type: { kind: 'time', format: 'http-date' },
        isRequired: false,
        isSecret: false,
        place: 'body',
        placeName: 'at',
      },
      {
        name: 'key',
        type: { kind: 'string' },
        isRequired: true,
        isSecret: true,
        place: 'path',
        placeName: 'key',
      },
    ])
  })

  it('has no members where there is no structure', () => {
    expect(structureOf(model, '').members.size).toBe(0)
  })

  it.each([
    ['Missing', '`docs` has no structure `Missing`'],
    ['constructor', '`docs` has no structure `constructor`'],
    ['Wrong', '`string?` is no type of a member'],
  ])('refuses the table at `%s`: %s', (name, message) => {
    expect(() => structureOf(model, name)).toThrow(message)
  })
})
