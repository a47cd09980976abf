import { describe, expect, it } from 'vitest'
import { actionWildcards } from './action-wildcard.js'

describe('actionWildcards', () => {
  it.each([
    ['Ping', ['Ping*']],
    ['GetDocument', ['Get*', 'GetDocument*', '*Document']],
    [
      'GetDocumentVersion',
      ['Get*', 'GetDocument*', '*DocumentVersion', 'GetDocumentVersion*', '*Version'],
    ],
    ['getDocument', ['get*', 'getDocument*', '*Document']],
    ['GetSQLQuery', ['Get*', 'GetSQLQuery*', '*SQLQuery']],
    ['ListV2Jobs', ['List*', 'ListV2*', '*V2Jobs', 'ListV2Jobs*', '*Jobs']],
  ])('gives for %s every leading and trailing run of words', (name, wildcards) => {
    expect(actionWildcards(name)).toEqual(wildcards)
  })
})
