import { parseArn } from '@iamkit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docs } from '../../test/docs.js'
import { checkResource, fillResource } from './resource-template.js'
import { createRoute } from './route.js'

const route = createRoute([docs], 'docs:GetDocument')
const fill = (documentId: unknown) => fillResource(route, { folderId: 'f1', documentId }, 'acme')

const hostile = [
  '/',
  '\\',
  ':',
  '*',
  '?',
  '$',
  '{',
  '}',
  '%2f',
  '%2F',
  '%5c',
  '..',
  '.',
  '\0',
  '\n',
  '',
]
const anyParameter = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(fc.constantFrom(...hostile, 'a', 'team', '-', '_', '~', '\ud800', 'é', '𝄞'))
    .map((s) => s.join('')),
)

describe('fillResource', () => {
  it.each([
    'd1',
    'Quarterly report (final)',
    'ünïcode',
    'a-b_c.d~e',
    'x@example.com',
    '2026',
    '...',
    '100%',
    '𝄞',
  ])('takes `%s` as it is', (value) => {
    expect(fill(value)).toBe(`arn:aws:docs::acme:folder/f1/document/${value}`)
  })

  it.each([
    ['a separator', 'a/b'],
    ['a colon', 'a:b'],
    ['a decoded traversal', '../../admin'],
    ['a dot segment', '..'],
    ['one dot', '.'],
    ['a star', '*'],
    ['a star inside', 'd*'],
    ['a question mark', 'd?'],
    ['a variable', '${aws:username}'],
    ['a brace', 'a}b'],
    ['NUL', 'a\0b'],
    ['a line break', 'a\nb'],
    ['half a surrogate pair', 'a\ud800'],
    ['a backslash', 'a\\b'],
    ['an escape left over', 'a%2fb'],
    ['a doubly encoded dot', '%2e%2e'],
    ['nothing', ''],
    ['1 KB', 'd'.repeat(1024)],
    ['a list', ['a', 'b']],
    ['a list of one', ['a']],
    ['an object', { toString: (): string => 'd1' }],
    ['undefined', undefined],
  ])('refuses %s', (_title, value) => {
    expect(() => fill(value)).toThrow(
      expect.objectContaining({ code: 'ERR_REQUEST_INVALID', key: 'documentId' }),
    )
  })

  it('takes no parameter from a prototype', () => {
    const params = Object.create(
      { documentId: 'd1' },
      { folderId: { value: 'f1', enumerable: true } },
    )
    expect(() => fillResource(route, params, 'acme')).toThrow(
      'invalid route `docs:GetDocument`: the path binds no `:documentId`',
    )
  })

  it('gives an ARN of the template’s own parts or refuses, for every parameter', () => {
    let taken = 0
    const property = fc.property(anyParameter, anyParameter, (folderId, documentId) => {
      let arn: string
      try {
        arn = fillResource(route, { folderId, documentId }, 'acme')
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID' })
        return
      }
      taken += 1
      expect(docs.match(arn)).toEqual({
        resourceType: 'document',
        account: 'acme',
        params: { folderId, documentId },
      })
      expect(parseArn(arn).resource.split('/')).toEqual([
        'folder',
        folderId,
        'document',
        documentId,
      ])
    })
    fc.assert(property, { numRuns: 1000 })
    expect(taken).toBeGreaterThan(10)
  })
})

describe('checkResource', () => {
  it('takes an ARN of the action’s resource type', () => {
    const arn = 'arn:aws:docs::globex:folder/f1/document/d1'
    expect(checkResource(route, arn)).toBe(arn)
  })

  it.each([
    ['another type', 'arn:aws:docs::acme:folder/f1'],
    ['another service', 'arn:aws:s3::acme:folder/f1/document/d1'],
    ['a pattern', 'arn:aws:docs::acme:folder/f1/document/*'],
    ['an extra part', 'arn:aws:docs::acme:folder/f1/document/d1/document/d2'],
    ['a star', '*'],
    ['nothing', undefined],
  ])('refuses %s', (_title, arn) => {
    expect(() => checkResource(route, arn)).toThrow('its ARN must be that of a `document`')
  })
})
