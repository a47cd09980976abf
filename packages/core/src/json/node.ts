/**
 * JSON values that remember where they stood, so that a problem can name its place.
 *
 * Shape   a tree of nodes; an object keeps its members in order, a repeated key included.
 * Units   offsets count UTF-16 code units from 0; lines and columns count from 1.
 * Errors  None.
 * Source  RFC 8259; RFC 6901 for pointers.
 *
 * @module
 */

/** A place in a text. */
export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  /** From 0, in UTF-16 code units. */
  readonly offset: number
}

/** From the first character to the one behind the last. */
export interface Span {
  readonly start: Position
  readonly end: Position
}

interface Place {
  /** Offset of the first character. */
  readonly start: number
  /** Offset behind the last character. */
  readonly end: number
}

export interface JsonMember {
  readonly key: string
  /** Offset of the key's opening quote. */
  readonly start: number
  readonly node: JsonNode
}

export type JsonNode = Place &
  (
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    /** What a string says; anything else as written, so that no digit is lost. */
    | { readonly kind: 'string' | 'number' | 'boolean' | 'null'; readonly text: string }
  )

/** Something that stops a text or an object from being read as JSON. */
export interface JsonProblem {
  readonly code: 'json-syntax-error' | 'document-too-long' | 'document-too-deep'
  readonly message: string
  /** RFC 6901 pointer to the value in which reading stopped; empty for the document itself. */
  readonly pointer: string
  /** Offset in the text; of no meaning where a value was read. */
  readonly offset: number
}

/** What reading gives: a tree, or the one problem that stopped it. */
export type JsonResult =
  | {
      readonly node: JsonNode
      /** Characters of the text, blanks between values not counted. */
      readonly length: number
      readonly problem?: undefined
    }
  | { readonly node?: undefined; readonly problem: JsonProblem }

/** Bounds on what is read at all. */
export interface JsonLimits {
  /** Longest text, in UTF-16 code units; for an object, the most values. */
  readonly length: number
  /** Deepest nesting of objects and arrays; some hundreds at most, since reading recurs. */
  readonly depth: number
}
