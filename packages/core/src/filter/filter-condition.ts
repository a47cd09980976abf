/**
 * What a resource must be: all, none, or a condition on what the app keeps of it.
 *
 * Shape   plain JSON. A {@link FilterTest} looks at the value of one field and is false where the field is
 *         absent, the negated tests too; `absent` is a test of its own. So nothing needs a third truth
 *         value, and there is no `not`: negation has been worked in.
 * Errors  None: types only.
 *
 * @module
 */
import type { GlobToken } from '../glob/glob.js'

/** Something that is known only of each resource. */
export type FilterField =
  /** A placeholder of the ARN. Never absent. */
  | { readonly param: string }
  /** A tag of the resource, its key in lower case. */
  | { readonly tag: string }
  /** A context key of the resource, spelled as the query declares it; `required`: never absent. */
  | { readonly key: string; readonly required?: true }

/**
 * A text with wildcards. Strings are literal, 1 stands for any run of characters and 2 for exactly one
 * UTF-16 code unit.
 */
export type LikePattern = readonly GlobToken[]

export type FilterTest =
  | { readonly field: FilterField; readonly is: 'absent' | 'present' }
  | {
      readonly field: FilterField
      readonly is: 'in' | 'not-in'
      /** Never empty; compared with regard to case. */
      readonly values: readonly string[]
    }
  | {
      readonly field: FilterField
      readonly is: 'like' | 'not-like'
      readonly pattern: LikePattern
    }
  | {
      readonly field: FilterField
      readonly is: 'same' | 'not-same'
      /** False where this one is absent as well. */
      readonly other: FilterField
    }
  | FilterComparison
  | { readonly field: FilterField; readonly is: 'true' | 'false' }

/** The field's value is the left operand. */
export interface FilterComparison {
  readonly field: FilterField
  readonly is: '<' | '<=' | '=' | '!=' | '>=' | '>'
  readonly type: 'number' | 'date'
  /** A decimal without an exponent, or an instant such as `2024-01-01T00:00:00.5Z`. */
  readonly value: string
}

export type FilterCondition =
  | { readonly and: readonly FilterCondition[] }
  | { readonly or: readonly FilterCondition[] }
  | FilterTest

/** Which resources a caller may use. */
export type ResourceFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'where'; readonly condition: FilterCondition }
