/**
 * A checked policy as compact text, and back without checking it again.
 *
 * Shape   the JSON of `toDocument`: every list a list, every condition value a string.
 * Errors  None: only text that {@link compactPolicy} made is read.
 *
 * @module
 */
import type { PolicyVersion, PrincipalKind } from './document.js'
import { toDocument } from './format.js'
import { type ConditionOperator, parseOperator } from './operator.js'
import type { Condition, Policy, PrincipalElement, Statement } from './policy.js'

export function compactPolicy(policy: Policy): string {
  return JSON.stringify(toDocument(policy))
}

/** The policy again, without the places in the text that its author wrote. */
export function expandPolicy(text: string, { name, type }: Pick<Policy, 'name' | 'type'>): Policy {
  const { Version, Id, Statement } = JSON.parse(text) as CompactDocument
  return {
    version: Version ?? '2008-10-17',
    statements: Statement.map(expandStatement),
    ...(Version && { writtenVersion: Version }),
    ...(Id !== undefined && { id: Id }),
    ...(name !== undefined && { name }),
    ...(type && { type }),
  }
}

type CompactPrincipal = '*' | Readonly<Record<string, readonly string[]>>

interface CompactDocument {
  readonly Version?: PolicyVersion
  readonly Id?: string
  readonly Statement: readonly CompactStatement[]
}

interface CompactStatement {
  readonly Sid?: string
  readonly Effect: Statement['effect']
  readonly Principal?: CompactPrincipal
  readonly NotPrincipal?: CompactPrincipal
  readonly Action?: readonly string[]
  readonly NotAction?: readonly string[]
  readonly Resource?: readonly string[]
  readonly NotResource?: readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

function expandStatement(compact: CompactStatement, index: number): Statement {
  const { Sid, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = compact
  return {
    index,
    effect: compact.Effect,
    conditions: compact.Condition ? expandConditions(compact.Condition) : [],
    ...(Sid !== undefined && { sid: Sid }),
    ...(Principal && { principal: expandPrincipal(Principal) }),
    ...(NotPrincipal && { notPrincipal: expandPrincipal(NotPrincipal) }),
    ...(Action && { actions: Action }),
    ...(NotAction && { notActions: NotAction }),
    ...(Resource && { resources: Resource }),
    ...(NotResource && { notResources: NotResource }),
  }
}

function expandPrincipal(compact: CompactPrincipal): PrincipalElement {
  if (compact === '*') return { isStar: true, entries: [] }
  const entries = Object.entries(compact).flatMap(([kind, values]) =>
    values.map((value) => ({ kind: kind as PrincipalKind, value })),
  )
  return { isStar: false, entries }
}

function expandConditions(block: NonNullable<CompactStatement['Condition']>): readonly Condition[] {
  return Object.entries(block).flatMap(([name, keys]) => {
    const operator = parseOperator(name) as ConditionOperator
    return Object.entries(keys).map(([key, values]) => ({ operator, key, values }))
  })
}
