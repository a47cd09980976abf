import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ArnTemplate,
  fillTemplate,
  matchTemplate,
  parseTemplate,
  templateParams,
  templateProblem,
  templatesOverlap,
} from './arn-template.js'

const templates = [
  'document/{id}',
  'folder/{folderId}/document/{documentId}',
  'v1.2/{version}',
  'log-group:{group}:stream:{stream}',
  '{bucket}',
  '{bucket}/{key}',
  'settings',
  'a//{b}/',
]

describe('templateProblem', () => {
  it.each(templates)('finds nothing wrong with `%s`', (template) => {
    expect(templateProblem(template)).toBeUndefined()
  })

  it.each([
    ['', 'its arn must be what follows the account, such as `document/{id}`'],
    ['{a}{b}', '`{a}{b}` must be a word or a {placeholder}'],
    ['x/v-{a}', '`v-{a}` must be a word or a {placeholder}'],
    ['document/*', '`*` must be a word or a {placeholder}'],
    ['document/{}', '`{}` must be a word or a {placeholder}'],
    ['document/{__proto__}', '`{__proto__}` must be a word or a {placeholder}'],
    ['my document', '`my document` must be a word or a {placeholder}'],
    ['a/{id}/b/{id}', '{id} is taken; give each part of the ARN a name of its own'],
    ['a/{account}', '{account} is taken; give each part of the ARN a name of its own'],
  ])('refuses `%s`: %s', (template, problem) => {
    expect(templateProblem(template)).toBe(problem)
  })
})

describe('templateParams', () => {
  it('lists the placeholders in order', () => {
    const template = parseTemplate('folder/{folderId}/document/{documentId}')
    expect(templateParams(template)).toEqual(['folderId', 'documentId'])
  })
})

describe('matchTemplate', () => {
  it('reads the parameters of a filled template', () => {
    const template = parseTemplate('log-group:{group}:stream:{stream}')
    expect(matchTemplate(template, 'log-group:app:stream:2024')).toEqual({
      group: 'app',
      stream: '2024',
    })
  })

  it.each([
    ['document/{id}', 'document/a/b'],
    ['document/{id}', 'document/'],
    ['document/{id}', 'document'],
    ['document/{id}', 'Document/a'],
    ['document/{id}', 'document/*'],
    ['document/{id}', 'document/..'],
    ['document/{id}', 'document:a'],
    ['document/{id}', 'document/{id}'],
    ['document/{id}', ''],
    ['{id}', ''],
    ['settings', 'settings/a'],
  ])('of `%s` does not know `%s`', (template, text) => {
    expect(matchTemplate(parseTemplate(template), text)).toBeUndefined()
  })
})

describe('templatesOverlap', () => {
  it.each([
    ['document/{id}', 'document/{name}'],
    ['document/{id}', 'document/new'],
    ['document/new', 'document/{id}'],
    ['{kind}/{id}', 'document/{id}'],
    ['a/{x}', '{y}/b'],
    ['settings', 'settings'],
  ])('sees that `%s` and `%s` share a text', (a, b) => {
    expect(templatesOverlap(parseTemplate(a), parseTemplate(b))).toBe(true)
  })

  it.each([
    ['document/{id}', 'folder/{id}'],
    ['document/{id}', 'document/{id}/page/{n}'],
    ['document/{id}', 'document:{id}'],
    ['a/{x}', 'b/{x}'],
    ['{x}/a', '{x}/b'],
    ['document/{id}', 'document/..'],
    ['a/{x}', 'a/'],
  ])('sees that `%s` and `%s` share none', (a, b) => {
    expect(templatesOverlap(parseTemplate(a), parseTemplate(b))).toBe(false)
  })

  it('finds every text that two templates share, for every pair of templates', () => {
    const property = fc.property(anyTemplate, anyTemplate, fc.func(word), (a, b, value) => {
      const values = new Map(templateParams(a).map((name) => [name, value(name)]))
      const isShared =
        matchTemplate(
          b,
          fillTemplate(a, (name) => values.get(name) ?? ''),
        ) !== undefined
      if (isShared) expect(templatesOverlap(a, b)).toBe(true)
    })
    fc.assert(property, { numRuns: 2000 })
  })
})

const word = fc.constantFrom('a', 'b', 'ab')
const anyTemplate = fc
  .array(fc.constantFrom('a', 'ab', '{x}'), { minLength: 1, maxLength: 3 })
  .map((parts): ArnTemplate => {
    const named = parts.map((text, i) => text.replace('{x}', `{x${i}}`))
    return parseTemplate(named.join('/'))
  })
