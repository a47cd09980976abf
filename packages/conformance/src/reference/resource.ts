/**
 * Resource and NotResource.
 *
 * Shape   `*`, or an ARN pattern. A wildcard before the fifth colon stands for no colon, but for a
 *         `*` that ends the whole pattern. Variables live behind the fifth colon only.
 * Errors  None.
 * Source  Specification 1.3, 1.6 and 3.3.
 *
 * @module
 */
import type { StatementDocument } from '@iamkit/core'
import { listOf } from './document.js'
import type { Slot } from './document-set.js'
import {
  type Part,
  type Piece,
  partsOf,
  type Setting,
  splitAtColons,
  substitute,
} from './variable.js'
import { literalTokens, patternTokens, type Token, tokensMatch } from './wildcard.js'

/** What is asked of the two elements: which resource, in which setting, in which kind of policy. */
export interface ResourceQuestion extends Setting {
  readonly resource: string
  readonly slot: Slot
}

export function resourceApplies(statement: StatementDocument, question: ResourceQuestion): boolean {
  const { Resource, NotResource } = statement
  if (Resource === undefined && NotResource === undefined) {
    return question.slot === 'resource' || statement.Effect === 'Deny'
  }
  if (Resource !== undefined) {
    const covered = listOf(Resource).some((entry) => covers(entry, question) === true)
    if (!covered) return false
  }
  return NotResource === undefined || isOutside(statement, question)
}

/**
 * NotResource. An entry without value exempts nothing from a Deny, and keeps an Allow from applying
 * at all: neither may become wider because a tag is missing.
 */
function isOutside(statement: StatementDocument, question: ResourceQuestion): boolean {
  const answers = listOf(statement.NotResource).map((entry) => covers(entry, question))
  if (statement.Effect === 'Allow' && answers.includes('no value')) return false
  return !answers.includes(true)
}

/** Whether one entry covers the resource; `no value` where it can cover none, whatever the request. */
function covers(entry: string, question: ResourceQuestion): boolean | 'no value' {
  if (entry === '*') return true
  const tokens = resourceTokens(entry, question)
  if (tokens === undefined) return 'no value'
  return question.resource !== '*' && tokensMatch(tokens, question.resource)
}

function resourceTokens(entry: string, setting: Setting): readonly Token[] | undefined {
  const parts = partsOf(entry, setting.version)
  if (parts === undefined) return undefined

  const segments = splitAtColons(parts)
  const head = segments.slice(0, 5)
  if (head.flat().some((part) => part.kind !== 'written')) return undefined

  const resource = segments[5]
  if (resource === undefined) return entry.endsWith('*') ? shortTokens(textOf(head)) : undefined
  const pieces = substitute(resource, setting.context)
  return pieces && [...patternTokens(`${textOf(head)}:`, false), ...pieces.flatMap(pieceTokens)]
}

/** A pattern with fewer than five colons is none, unless it ends in the `*` that reaches on. */
function shortTokens(text: string): readonly Token[] {
  return [...patternTokens(text.slice(0, -1), false), { kind: 'run', mayBeColon: true }]
}

function textOf(segments: readonly (readonly Part[])[]): string {
  return segments
    .map((parts) => parts.map((part) => (part.kind === 'written' ? part.text : '')).join(''))
    .join(':')
}

/** Wildcards live in what the author wrote, never in what was substituted. */
export function pieceTokens(piece: Piece): readonly Token[] {
  return piece.kind === 'written' ? patternTokens(piece.text) : literalTokens(piece.text)
}
