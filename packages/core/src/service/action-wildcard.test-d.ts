import { describe, expectTypeOf, it } from 'vitest'
import type { ActionWildcard } from './action-wildcard.js'

describe('ActionWildcard', () => {
  it('gives what actionWildcards gives', () => {
    expectTypeOf<ActionWildcard<'Ping'>>().toEqualTypeOf<'Ping*'>()
    expectTypeOf<ActionWildcard<'GetDocument'>>().toEqualTypeOf<
      'Get*' | 'GetDocument*' | '*Document'
    >()
    expectTypeOf<ActionWildcard<'GetDocumentVersion'>>().toEqualTypeOf<
      'Get*' | 'GetDocument*' | '*DocumentVersion' | 'GetDocumentVersion*' | '*Version'
    >()
    expectTypeOf<ActionWildcard<'getDocument'>>().toEqualTypeOf<
      'get*' | 'getDocument*' | '*Document'
    >()
    expectTypeOf<ActionWildcard<'GetSQLQuery'>>().toEqualTypeOf<
      'Get*' | 'GetSQLQuery*' | '*SQLQuery'
    >()
    expectTypeOf<ActionWildcard<'ListV2Jobs'>>().toEqualTypeOf<
      'List*' | 'ListV2*' | '*V2Jobs' | 'ListV2Jobs*' | '*Jobs'
    >()
  })

  it('gives the wildcards of each name in a union', () => {
    expectTypeOf<ActionWildcard<'Get' | 'Put'>>().toEqualTypeOf<'Get*' | 'Put*'>()
  })
})
